-- Events that may be one happening with $event_id: of one of its dyads, at most $days days apart, not withdrawn. Grain: one
-- event, those of the same type first, then the nearest. mention_id: the surest of its current mentions, which a label
-- same_event names; days_apart: between their first days.
WITH own AS (SELECT event_id, type, starts_on FROM events WHERE event_id = $event_id),
near AS (
    SELECT DISTINCT other.event_id
    FROM event_dyads AS mine JOIN event_dyads AS other USING (side_a_code, side_b_code), own
    WHERE mine.event_id = $event_id AND other.event_id <> $event_id
        AND other.on_date BETWEEN own.starts_on - $days::INTEGER AND own.starts_on + $days::INTEGER
),
told AS (
    SELECT l.event_id, m.mention_id
    FROM near JOIN event_mentions AS l USING (event_id) JOIN mentions AS m USING (mention_id)
    WHERE m.superseded_at_utc IS NULL
    QUALIFY row_number() OVER (PARTITION BY l.event_id ORDER BY m.confidence DESC, m.mention_id) = 1
)
SELECT e.event_id, e.type, e.mode, e.direction, e.status, e.actor_code, e.actor_name, e.target_code, e.target_name,
    e.is_symmetric, e.starts_on, e.ends_on, e.place_name, e.headline, told.mention_id,
    abs(date_diff('day', own.starts_on, e.starts_on)) AS days_apart
FROM told JOIN events AS e USING (event_id), own
WHERE e.withdrawn_at_utc IS NULL
ORDER BY e.type <> own.type, days_apart, e.event_id
LIMIT $limit
