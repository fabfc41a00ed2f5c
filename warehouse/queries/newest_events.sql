-- Events with their sentence and first article, the last reported first. Grain: one event that is not withdrawn.
-- article_url, article_title, outlet_name are of its first report; null only where its mentions were all superseded.
SELECT e.*, first.url AS article_url, first.title AS article_title, first.outlet_name, first.language,
    first.evidence_text,
    d.side_a_code, d.side_b_code
FROM (
    SELECT * FROM events WHERE withdrawn_at_utc IS NULL
    ORDER BY last_reported_at_utc DESC, starts_on DESC, event_id LIMIT $limit
) AS e
LEFT JOIN LATERAL (
    SELECT a.url, a.title, a.outlet_name, a.language, m.evidence_text
    FROM event_mentions AS l JOIN mentions AS m USING (mention_id) JOIN articles AS a USING (article_id)
    WHERE l.event_id = e.event_id
    ORDER BY a.published_at_utc, a.article_id LIMIT 1
) AS first ON true
LEFT JOIN LATERAL (
    SELECT side_a_code, side_b_code FROM event_dyads AS x WHERE x.event_id = e.event_id
    ORDER BY length(side_a_code) + length(side_b_code), side_a_code LIMIT 1
) AS d ON true
ORDER BY e.last_reported_at_utc DESC, e.starts_on DESC, e.event_id
