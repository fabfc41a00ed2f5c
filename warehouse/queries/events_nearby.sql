-- Events that may be one happening with another of $type that began on $starts_on. Grain: one event that has a current
-- mention, those of the same type first, then the nearest. mention_id: the surest of its current mentions, which a label
-- same_event names; days_apart: between the first days. {..}: ids, of the events (`nearby_event_ids`) and their mentions.
WITH happened AS MATERIALIZED (SELECT * FROM events WHERE event_number IN ({event_numbers})),
linked AS MATERIALIZED (SELECT * FROM event_mentions WHERE event_number IN ({event_numbers})),
current AS MATERIALIZED (SELECT * FROM mentions WHERE mention_number IN ({mention_numbers}) AND superseded_at_utc IS NULL),
told AS (
    SELECT l.event_id, m.mention_id FROM linked AS l JOIN current AS m USING (mention_id)
    QUALIFY row_number() OVER (PARTITION BY l.event_id ORDER BY m.confidence DESC, m.mention_id) = 1
)
SELECT e.event_id, e.type, e.mode, e.direction, e.status, e.actor_code, e.actor_name, e.target_code, e.target_name,
    e.is_symmetric, e.starts_on, e.ends_on, e.place_name, e.headline, told.mention_id,
    abs(date_diff('day', $starts_on, e.starts_on)) AS days_apart
FROM told JOIN happened AS e USING (event_id)
ORDER BY e.type <> $type, days_apart, e.event_id
