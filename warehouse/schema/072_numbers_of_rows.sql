-- Gives rows that came before their numbers, or from a backup without, their own and those of what they belong to. A sequence
-- can't be told where to go on: it is called so often.
UPDATE events SET event_number = rowid + 1 + (SELECT coalesce(max(event_number), 0) FROM events) WHERE event_number IS NULL;
SELECT count(nextval('event_numbers')) FROM range((SELECT coalesce(max(event_number), 0) FROM events)::BIGINT);
UPDATE mentions SET mention_number = rowid + 1 + (SELECT coalesce(max(mention_number), 0) FROM mentions) WHERE mention_number IS NULL;
SELECT count(nextval('mention_numbers')) FROM range((SELECT coalesce(max(mention_number), 0) FROM mentions)::BIGINT);
UPDATE articles SET arrival_number = rowid + 1 + (SELECT coalesce(max(arrival_number), 0) FROM articles) WHERE arrival_number IS NULL;
SELECT count(nextval('arrival_numbers')) FROM range((SELECT coalesce(max(arrival_number), 0) FROM articles)::BIGINT);
UPDATE mentions SET arrival_number = a.arrival_number FROM articles AS a
WHERE mentions.arrival_number IS NULL AND a.article_id = mentions.article_id;
UPDATE event_mentions SET event_number = e.event_number FROM events AS e
WHERE event_mentions.event_number IS NULL AND e.event_id = event_mentions.event_id;
UPDATE event_mentions SET mention_number = m.mention_number FROM mentions AS m
WHERE event_mentions.mention_number IS NULL AND m.mention_id = event_mentions.mention_id;
UPDATE event_revisions SET event_number = e.event_number FROM events AS e
WHERE event_revisions.event_number IS NULL AND e.event_id = event_revisions.event_id;
UPDATE event_dyads SET event_number = e.event_number FROM events AS e
WHERE event_dyads.event_number IS NULL AND e.event_id = event_dyads.event_id;
UPDATE labels SET mention_number = m.mention_number FROM mentions AS m
WHERE labels.mention_number IS NULL AND m.mention_id = labels.mention_id;
