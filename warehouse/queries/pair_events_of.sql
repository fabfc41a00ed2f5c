-- Some events as they move one dyad, side_a_code < side_b_code. Grain: one event and day; none of an event that does not
-- move this dyad. Columns of `event_dyads`. {..}: numbers of the events; $since, $until: days around them all.
SELECT event_id, on_date, weight, impact, reason AS dyad_reason
FROM event_dyads
WHERE on_date >= $since AND on_date <= $until AND event_number IN ({event_numbers}) AND side_a_code = $a AND side_b_code = $b
ORDER BY on_date, event_id
