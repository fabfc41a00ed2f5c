-- The search finds articles by their number of arrival: ids of texts, joined by the hundred thousand, took most of its time.
ALTER TABLE search_articles ADD COLUMN arrival_number BIGINT;
COMMENT ON COLUMN search_articles.arrival_number IS 'number of the article in the order of arrival';
