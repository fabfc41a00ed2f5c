-- Of the events that move one dyad, side_a_code < side_b_code, on days from $since to $until (both included), those with
-- the greatest impact; of the same impact and day, those that came first. Grain: one event and day, by number: of what
-- `event_dyads` has, only what is asked about, since of a busy pair each column of all its rows costs. At most $limit.
-- {standing}: see `pair_events.standing`.
SELECT event_number, on_date, impact
FROM event_dyads
WHERE side_a_code = $a AND side_b_code = $b AND on_date >= $since AND on_date <= $until AND {standing}
ORDER BY impact DESC, on_date DESC, event_number
LIMIT $limit
