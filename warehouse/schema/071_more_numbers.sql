-- A table with rows takes one new column a transaction: these are the second ones of their tables.
ALTER TABLE mentions ADD COLUMN arrival_number BIGINT;
ALTER TABLE event_mentions ADD COLUMN mention_number BIGINT;

COMMENT ON COLUMN mentions.arrival_number IS 'arrival_number of its article; null: the article is not kept';
COMMENT ON COLUMN event_mentions.mention_number IS 'mention_number of the mention; null: the mention is not kept';
