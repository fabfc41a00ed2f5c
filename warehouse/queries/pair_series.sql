-- The days of one dyad, side_a_code < side_b_code. Grain: one day with an event. Values in weight points.
SELECT * FROM daily_dyads
WHERE side_a_code = $a AND side_b_code = $b AND on_date >= $since AND on_date <= $until
ORDER BY on_date
