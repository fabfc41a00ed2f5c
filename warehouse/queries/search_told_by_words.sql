-- What `search_events.sql` reads as `told` where the words are the narrower question: looked up from their articles.
-- Grain: one current mention of an asked event in a matching article.
spoken AS MATERIALIZED (
    SELECT m.mention_id, m.article_id, m.evidence_text FROM mentions AS m SEMI JOIN matching USING (article_id)
    WHERE m.superseded_at_utc IS NULL
),
linked AS MATERIALIZED (SELECT spoken.*, l.event_id FROM event_mentions AS l JOIN spoken USING (mention_id)),
told AS (SELECT linked.*, asked.last_reported_at_utc FROM linked JOIN asked USING (event_id)),
