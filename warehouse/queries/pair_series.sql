-- The days of one dyad, side_a_code < side_b_code. Grain: one day with an event. Values in weight points.
-- A day that several versions of the formula have spoken of is told by the newest: versions are compared number by
-- number between their dots (10 is newer than 9), what is no number as text.
SELECT * FROM daily_dyads
WHERE side_a_code = $a AND side_b_code = $b AND on_date >= $since AND on_date <= $until
QUALIFY row_number() OVER (
    PARTITION BY on_date
    ORDER BY formula_order(formula_version) DESC
) = 1
ORDER BY on_date
