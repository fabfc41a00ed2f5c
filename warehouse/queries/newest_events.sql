-- Events with their sentence and first article, the last reported first. Grain: one event that is not withdrawn.
-- article_url, article_title, outlet_name are of its first report; null only where its mentions were all superseded.
-- $first and $last: days within which they began and ended; {..}: ids, of these events (`newest_event_ids`), of their
-- mentions and of the articles of those.
WITH happened AS MATERIALIZED (SELECT * FROM events WHERE event_number IN ({event_numbers})),
linked AS MATERIALIZED (SELECT * FROM event_mentions WHERE event_number IN ({event_numbers})),
told AS MATERIALIZED (SELECT * FROM mentions WHERE mention_number IN ({mention_numbers})),
read AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({article_ids}))
SELECT e.*, first.url AS article_url, first.title AS article_title, first.outlet_name, first.language,
    first.evidence_text,
    d.side_a_code, d.side_b_code
FROM happened AS e
LEFT JOIN (
    SELECT l.event_id, a.url, a.title, a.outlet_name, a.language, m.evidence_text
    FROM linked AS l JOIN told AS m USING (mention_id) JOIN read AS a USING (article_id)
    QUALIFY row_number() OVER (PARTITION BY l.event_id ORDER BY a.published_at_utc, a.article_id) = 1
) AS first USING (event_id)
LEFT JOIN (
    SELECT event_id, side_a_code, side_b_code FROM event_dyads
    WHERE on_date >= $first AND on_date <= $last AND event_number IN ({event_numbers})
    QUALIFY row_number() OVER (
        PARTITION BY event_id ORDER BY length(side_a_code) + length(side_b_code), side_a_code
    ) = 1
) AS d USING (event_id)
ORDER BY e.last_reported_at_utc DESC, e.starts_on DESC, e.event_id
