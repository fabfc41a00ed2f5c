-- What `search_events.sql` reads as `told` where the words are the narrower question: looked up from their articles.
-- Grain: one current mention of an asked event in a matching article. Sentences are read by their place (rowid), as in
-- `search_told_by_events.sql`.
spoken AS MATERIALIZED (
    SELECT m.mention_id, m.article_id, m.rowid AS place FROM mentions AS m SEMI JOIN matching USING (arrival_number)
    WHERE m.superseded_at_utc IS NULL
),
linked AS MATERIALIZED (
    SELECT spoken.*, l.event_id, asked.event_number, asked.last_reported_at_utc
    FROM event_mentions AS l JOIN spoken USING (mention_id) JOIN asked USING (event_id)
),
told AS MATERIALIZED (
    SELECT linked.*, m.evidence_text FROM mentions AS m JOIN linked ON m.rowid = linked.place
),
