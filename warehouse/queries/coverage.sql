-- What was looked at in the 24 hours before $now. One row.
-- asked_feed_count, answered_feed_count: feeds that were polled, and of them those that answered at least once.
-- article_count, read_count: articles first seen, and of them those the coder has read; family_count: their outlet families.
-- languages, language_counts: of these articles, the most frequent first, side by side; null in languages: not known.
-- usual_article_count, usual_family_count: the median of such a span over the 14 before it, those without an article left
-- out; null where fewer than three have one.
WITH seen AS (
    SELECT language, family_id, coder_version IS NOT NULL AS is_read,
        -- Of two instants DuckDB makes an interval by the calendar, which takes a thousand times as long.
        floor((epoch($now::TIMESTAMPTZ) - epoch(first_seen_at_utc)) / 86400)::INTEGER AS days_back
    FROM articles
    WHERE first_seen_at_utc > $now::TIMESTAMPTZ - INTERVAL 15 DAY AND first_seen_at_utc <= $now::TIMESTAMPTZ
),
spans AS (
    SELECT days_back, count(*) AS article_count, count(DISTINCT family_id) AS family_count FROM seen GROUP BY days_back
),
usual AS (
    SELECT CASE WHEN count(*) >= 3 THEN median(article_count) END AS usual_article_count,
        CASE WHEN count(*) >= 3 THEN median(family_count) END AS usual_family_count
    FROM spans WHERE days_back > 0
),
by_language AS (SELECT language, count(*) AS n FROM seen WHERE days_back = 0 GROUP BY language),
asked AS (
    SELECT feed_id, bool_or(outcome <> 'failed') AS has_answered FROM polls
    WHERE polled_at_utc > $now::TIMESTAMPTZ - INTERVAL 24 HOUR AND polled_at_utc <= $now::TIMESTAMPTZ GROUP BY feed_id
)
SELECT (SELECT count(*) FROM asked) AS asked_feed_count,
    (SELECT count(*) FROM asked WHERE has_answered) AS answered_feed_count,
    (SELECT count(*) FROM seen WHERE days_back = 0) AS article_count,
    (SELECT count(*) FROM seen WHERE days_back = 0 AND is_read) AS read_count,
    (SELECT count(DISTINCT family_id) FROM seen WHERE days_back = 0) AS family_count,
    coalesce((SELECT list(language ORDER BY n DESC, language) FROM by_language), []) AS languages,
    coalesce((SELECT list(n ORDER BY n DESC, language) FROM by_language), []) AS language_counts,
    usual.*
FROM usual
