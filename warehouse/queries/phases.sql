-- The phases of one dyad, side_a_code < side_b_code, by day. Grain: one phase that has a day within $since and $until
-- (both included). Columns as dyad_phases; drivers: the sentences of its driving events, in the order of their ids, null
-- where it has none; {..}: the ids of all driving events.
SELECT p.*, (
    SELECT list(e.headline ORDER BY list_position(p.driver_event_ids, e.event_id))
    FROM (SELECT event_id, headline FROM events WHERE event_number IN ({event_numbers})) AS e
    WHERE list_contains(p.driver_event_ids, e.event_id)
) AS drivers
FROM dyad_phases AS p
WHERE side_a_code = $a AND side_b_code = $b AND ends_on > $since AND starts_on <= $until
ORDER BY starts_on
