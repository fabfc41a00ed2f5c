-- Events that may be one happening with $event_id: of one of its dyads, on days from $since to $until (both included), not
-- withdrawn. Grain: one event, those of the same type ($type) first, then those whose first day is nearest to $starts_on.
WITH own AS (
    SELECT DISTINCT side_a_code, side_b_code FROM event_dyads
    WHERE event_id = $event_id AND on_date >= $since AND on_date <= $until
),
near AS (
    SELECT event_id FROM event_dyads SEMI JOIN own USING (side_a_code, side_b_code)
    WHERE on_date >= $since AND on_date <= $until AND event_id <> $event_id
)
SELECT event_number
FROM (
    SELECT event_id, event_number, type, starts_on FROM events
    WHERE starts_on <= $until AND ends_on >= $since AND withdrawn_at_utc IS NULL
) SEMI JOIN near USING (event_id)
ORDER BY type <> $type, abs(date_diff('day', $starts_on, starts_on)), event_id
LIMIT $limit
