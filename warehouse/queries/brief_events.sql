-- Events that move one dyad, side_a_code < side_b_code, with a sentence and a link each, newest day first.
-- Grain: one event that is not withdrawn and day; {..}: ids, of the events (`newest_pair_events.sql`), of their mentions and of
-- the articles of those. impact: weight points.
-- evidence_text, article_url, article_title, outlet_name, language: of a report that has a link if any does, of those of the
-- sentence that speaks for the event (its headline) if that is among them, of those the first; null only where its mentions
-- were all superseded.
WITH happened AS MATERIALIZED (
    SELECT * FROM events WHERE event_number IN ({event_numbers}) AND withdrawn_at_utc IS NULL
),
linked AS MATERIALIZED (SELECT * FROM event_mentions WHERE event_number IN ({event_numbers})),
told AS MATERIALIZED (SELECT * FROM mentions WHERE mention_number IN ({mention_numbers})),
read AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({article_ids}))
SELECT e.event_id, e.type, e.mode, e.direction, e.status, e.actor_code, e.actor_name, e.target_code, e.target_name,
    e.is_symmetric,
    e.place_name, e.killed_min, e.injured_min, e.confidence, e.family_count, e.first_reported_at_utc,
    e.last_reported_at_utc, e.headline, d.on_date, d.impact, first.evidence_text, first.url AS article_url,
    first.title AS article_title, first.outlet_name, first.language
FROM event_dyads AS d JOIN happened AS e USING (event_id)
LEFT JOIN (
    SELECT l.event_id, a.url, a.title, a.outlet_name, a.language, m.evidence_text
    FROM linked AS l JOIN told AS m USING (mention_id) JOIN read AS a USING (article_id)
    JOIN happened AS h USING (event_id)
    WHERE m.superseded_at_utc IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY l.event_id
        ORDER BY NOT regexp_matches(a.url, '^https?://'), m.evidence_text <> h.headline, a.published_at_utc, a.article_id,
            m.evidence_start
    ) = 1
) AS first USING (event_id)
WHERE d.side_a_code = $a AND d.side_b_code = $b AND d.on_date >= $since AND d.on_date <= $until
ORDER BY d.on_date DESC, d.impact DESC, e.event_id
LIMIT $limit
