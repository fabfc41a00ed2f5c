-- What `search_events.sql` reads as `told` where few articles match: looked up from their ids.
-- Grain: one current mention of an asked event in a matching article; {..}: ids, of those articles, of their mentions and of
-- the events of those.
spoken AS MATERIALIZED (SELECT * FROM mentions WHERE mention_number IN ({mention_numbers}) AND superseded_at_utc IS NULL),
linked AS MATERIALIZED (SELECT * FROM event_mentions WHERE mention_number IN ({mention_numbers})),
told AS (
    SELECT l.event_id, m.mention_id, m.article_id, m.evidence_text, asked.event_number, asked.last_reported_at_utc
    FROM spoken AS m JOIN linked AS l USING (mention_id)
    JOIN asked USING (event_id)
),
