-- What every computed version of the formula says of one dyad, side by side; side_a_code < side_b_code.
-- Grain: one version and day. Values in weight points. net_difference: net less that of the newest version on the day,
-- null where the newest has no row for it (versions may place an event on other days).
WITH days AS (
    SELECT *, formula_order(formula_version) AS rank
    FROM daily_dyads WHERE side_a_code = $a AND side_b_code = $b AND on_date >= $since AND on_date <= $until
),
newest AS (
    SELECT on_date, net FROM days QUALIFY rank() OVER (ORDER BY rank DESC) = 1
)
SELECT d.* EXCLUDE (rank), d.net - n.net AS net_difference
FROM days AS d LEFT JOIN newest AS n USING (on_date)
ORDER BY d.on_date, d.rank DESC
