-- What is kept, in one row.
-- Counts are of all time unless named _24h (the 24 hours before $now); newest_* are instants, null where nothing is kept.
SELECT
    (SELECT count(*) FROM feeds WHERE status = 'active') AS feed_count,
    (SELECT count(*) FROM feeds WHERE status = 'active' AND failing_since_utc IS NOT NULL) AS failing_feed_count,
    (SELECT count(*) FROM entries) AS entry_count,
    (SELECT count(*) FROM articles) AS article_count,
    (SELECT count(*) FROM articles WHERE first_seen_at_utc > $now - INTERVAL 24 HOUR) AS article_24h_count,
    (SELECT count(*) FROM stories) AS story_count,
    (SELECT count(*) FROM events WHERE withdrawn_at_utc IS NULL) AS event_count,
    (SELECT count(*) FROM events WHERE withdrawn_at_utc IS NULL AND first_reported_at_utc > $now - INTERVAL 24 HOUR)
        AS event_24h_count,
    (SELECT count(*) FROM (SELECT DISTINCT side_a_code, side_b_code FROM daily_dyads)) AS dyad_count,
    (SELECT count(DISTINCT outlet_id) FROM articles) AS outlet_count,
    (SELECT count(DISTINCT language) FROM articles) AS language_count,
    (SELECT count(*) FROM quarantine) AS quarantine_count,
    (SELECT max(polled_at_utc) FROM polls) AS newest_poll_at_utc,
    (SELECT max(first_seen_at_utc) FROM articles) AS newest_article_at_utc,
    (SELECT max(last_reported_at_utc) FROM events) AS newest_event_at_utc,
    (SELECT max(on_date) FROM daily_dyads) AS newest_day_on
