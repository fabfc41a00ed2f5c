-- Of the events that move one dyad, side_a_code < side_b_code, on days from $since to $until (both included), those with
-- the greatest impact. Grain: one event and day. Columns of `event_dyads`; at most $limit.
-- {standing}: see `pair_events.standing`.
SELECT event_id, event_number, on_date, weight, impact, reason AS dyad_reason
FROM event_dyads
WHERE side_a_code = $a AND side_b_code = $b AND on_date >= $since AND on_date <= $until AND {standing}
ORDER BY impact DESC, on_date DESC, event_id
LIMIT $limit
