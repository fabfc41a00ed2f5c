-- What is kept, in numbers. One row; counts, and instants (UTC) that are null while there is nothing.
SELECT
    (SELECT count(*) FROM feeds WHERE status = 'active') AS feed_count,
    (SELECT count(*) FROM feeds WHERE status = 'active' AND failing_since_utc IS NOT NULL) AS failing_feed_count,
    (SELECT count(*) FROM entries) AS entry_count,
    (SELECT count(*) FROM articles) AS article_count,
    (SELECT count(*) FROM articles WHERE is_relevant) AS relevant_article_count,
    (SELECT count(*) FROM articles WHERE coder_version IS NULL) AS uncoded_article_count,
    (SELECT count(DISTINCT language) FROM articles) AS language_count,
    (SELECT count(*) FROM stories) AS story_count,
    (SELECT count(*) FROM mentions WHERE superseded_at_utc IS NULL) AS mention_count,
    (SELECT count(*) FROM events WHERE withdrawn_at_utc IS NULL) AS event_count,
    (SELECT count(*) FROM (SELECT DISTINCT side_a_code, side_b_code FROM daily_dyads)) AS dyad_count,
    (SELECT count(*) FROM articles WHERE first_seen_at_utc > $now - INTERVAL 24 HOUR) AS article_count_24h,
    (SELECT max(polled_at_utc) FROM polls) AS last_polled_at_utc,
    (SELECT max(coded_at_utc) FROM articles) AS last_coded_at_utc,
    (SELECT max(on_date) FROM daily_dyads) AS last_event_on
