-- Standing events, the last reported first. One row an event; key event_id. score: -10..10; confidence: 0..1.
-- article_url and article_title: the first published article that reports it; null where it has no current mention.
WITH chosen AS (
    SELECT * FROM events
    WHERE withdrawn_at_utc IS NULL
        AND ($side_code IS NULL OR actor_code = $side_code OR target_code = $side_code)
        AND ($direction IS NULL OR direction = $direction)
        AND ($event_type IS NULL OR type = $event_type)
        AND confidence >= $min_confidence AND family_count >= $min_family_count
    ORDER BY last_reported_at_utc DESC, event_id LIMIT $limit
), first_articles AS (
    SELECT em.event_id,
        arg_min(a.url, coalesce(a.published_at_utc, m.coded_at_utc)) AS article_url,
        arg_min(a.title, coalesce(a.published_at_utc, m.coded_at_utc)) AS article_title,
        arg_min(a.outlet_name, coalesce(a.published_at_utc, m.coded_at_utc)) AS outlet_name,
        arg_min(a.language, coalesce(a.published_at_utc, m.coded_at_utc)) AS language
    FROM event_mentions em JOIN mentions m USING (mention_id) JOIN articles a USING (article_id)
    WHERE m.superseded_at_utc IS NULL AND em.event_id IN (SELECT event_id FROM chosen)
    GROUP BY em.event_id
)
SELECT chosen.*, article_url, article_title, outlet_name, language
FROM chosen LEFT JOIN first_articles USING (event_id)
ORDER BY last_reported_at_utc DESC, event_id
