-- What `search_events.sql` reads as `told` where few events are asked about: looked up from them.
-- Grain: one current mention of an asked event in a matching article. Sentences are long, and read by their place
-- (rowid) once it is known which are wanted.
links AS MATERIALIZED (
    SELECT l.event_id, l.mention_id, asked.event_number, asked.last_reported_at_utc FROM event_mentions AS l JOIN asked USING (event_id)
),
placed AS MATERIALIZED (
    SELECT links.*, m.article_id, m.rowid AS place
    FROM mentions AS m JOIN links USING (mention_id) SEMI JOIN matching USING (arrival_number)
    WHERE m.superseded_at_utc IS NULL
),
told AS MATERIALIZED (
    SELECT placed.*, m.evidence_text FROM mentions AS m JOIN placed ON m.rowid = placed.place
),
