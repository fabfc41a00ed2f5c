-- What came after the instant $since, in numbers. One row. article_count: first seen after it; new_event_count,
-- changed_event_count, withdrawn_event_count: events read first, read otherwise, or taken back after it, each counted once,
-- as it stands now; alert_count: alerts raised after it.
WITH changed AS (
    SELECT event_id, bool_or(change = 'created') AS is_new FROM event_revisions
    WHERE revised_at_utc > $since GROUP BY event_id
)
SELECT (SELECT count(*) FROM articles WHERE first_seen_at_utc > $since) AS article_count,
    count(*) FILTER (is_new AND withdrawn_at_utc IS NULL) AS new_event_count,
    count(*) FILTER (NOT is_new AND withdrawn_at_utc IS NULL) AS changed_event_count,
    count(*) FILTER (NOT is_new AND withdrawn_at_utc IS NOT NULL) AS withdrawn_event_count,
    (SELECT count(*) FROM alerts WHERE raised_at_utc > $since) AS alert_count
-- An event is updated with its last revision: so only those of that time are read.
FROM changed JOIN (SELECT event_id, withdrawn_at_utc FROM events WHERE updated_at_utc > $since) USING (event_id)
