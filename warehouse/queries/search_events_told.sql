-- Events with the first mention that reports them. Grain and columns as `search_events.sql`; {..}: ids, of the events
-- (`search_event_ids.sql`), of their mentions and of the articles of those. found_count: as given.
WITH happened AS MATERIALIZED (SELECT * FROM events WHERE event_number IN ({event_numbers})),
linked AS MATERIALIZED (SELECT * FROM event_mentions WHERE event_number IN ({event_numbers})),
told AS MATERIALIZED (SELECT * FROM mentions WHERE mention_number IN ({mention_numbers})),
read AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({article_ids}))
SELECT e.*, f.evidence_text, f.article_title, f.article_url, f.outlet_name, f.language,
    $found_count::BIGINT AS found_count
FROM happened AS e
JOIN (
    SELECT l.event_id, m.evidence_text, a.title AS article_title, a.url AS article_url, a.outlet_name, a.language
    FROM linked AS l JOIN told AS m USING (mention_id) JOIN read AS a USING (article_id)
    WHERE m.superseded_at_utc IS NULL
    QUALIFY row_number() OVER (PARTITION BY l.event_id ORDER BY a.published_at_utc, m.mention_id) = 1
) AS f USING (event_id)
ORDER BY e.last_reported_at_utc DESC, e.event_id
