-- What `search_events.sql` reads as `told` where few events are asked about: looked up from them.
-- Grain: one current mention of an asked event.
links AS MATERIALIZED (
    SELECT l.event_id, l.mention_id, asked.last_reported_at_utc FROM event_mentions AS l JOIN asked USING (event_id)
),
told AS MATERIALIZED (
    SELECT links.*, m.article_id, m.evidence_text FROM mentions AS m JOIN links USING (mention_id)
    WHERE m.superseded_at_utc IS NULL
),
