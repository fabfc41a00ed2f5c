-- How many events move one dyad, side_a_code < side_b_code, on days from $since to $until (both included). One row:
-- event_count; first_on and last_on, the first and last of their days, null where there is none.
-- {standing}: see `pair_events.standing`.
SELECT count(*) AS event_count, min(on_date) AS first_on, max(on_date) AS last_on
FROM event_dyads
WHERE side_a_code = $a AND side_b_code = $b AND on_date >= $since AND on_date <= $until AND {standing}
