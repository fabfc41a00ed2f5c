-- How far each dyad moved. One row a dyad with a value in the 60 days up to $on; key (side_a_code, side_b_code).
-- A day without a row takes the newest earlier one within 30 days, else 0. net, tension, deescalation: weight points on
-- $on; *_change: the value then less the value $days before; event_count: events in between. Largest change first.
WITH latest AS (
    SELECT side_a_code, side_b_code,
        arg_max(net, on_date) AS net, arg_max(tension, on_date) AS tension,
        arg_max(deescalation, on_date) AS deescalation, arg_max(is_thin, on_date) AS is_thin
    FROM daily_dyads WHERE on_date <= $on AND on_date > $on - 30 GROUP BY ALL
), before AS (
    SELECT side_a_code, side_b_code,
        arg_max(net, on_date) AS net, arg_max(tension, on_date) AS tension,
        arg_max(deescalation, on_date) AS deescalation
    FROM daily_dyads WHERE on_date <= $on - $days AND on_date > $on - $days - 30 GROUP BY ALL
), counted AS (
    SELECT side_a_code, side_b_code, CAST(sum(event_count) AS BIGINT) AS event_count
    FROM daily_dyads WHERE on_date <= $on AND on_date > $on - $days GROUP BY ALL
)
SELECT side_a_code, side_b_code,
    coalesce(l.net, 0) AS net, coalesce(l.net, 0) - coalesce(b.net, 0) AS net_change,
    coalesce(l.tension, 0) AS tension, coalesce(l.tension, 0) - coalesce(b.tension, 0) AS tension_change,
    coalesce(l.deescalation, 0) AS deescalation,
    coalesce(l.deescalation, 0) - coalesce(b.deescalation, 0) AS deescalation_change,
    coalesce(c.event_count, 0) AS event_count, coalesce(l.is_thin, TRUE) AS is_thin
FROM latest l FULL JOIN before b USING (side_a_code, side_b_code) LEFT JOIN counted c USING (side_a_code, side_b_code)
ORDER BY abs(net_change) DESC, side_a_code, side_b_code
