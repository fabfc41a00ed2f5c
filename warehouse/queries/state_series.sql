-- The days of one state towards everyone. Grain: one day with an event. Values in weight points.
-- Of several versions of the formula the newest speaks (see pair_series.sql).
SELECT * FROM daily_states
WHERE state_code = $state AND on_date >= $since AND on_date <= $until
QUALIFY row_number() OVER (
    PARTITION BY on_date
    ORDER BY formula_order(formula_version) DESC
) = 1
ORDER BY on_date
