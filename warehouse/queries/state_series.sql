-- The days of one state towards everyone. Grain: one day with an event. Values in weight points.
-- Of several versions of the formula the newest speaks (see pair_series.sql).
SELECT * FROM daily_states
WHERE state_code = $state AND on_date >= $since AND on_date <= $until
QUALIFY row_number() OVER (
    PARTITION BY on_date
    ORDER BY list_transform(string_split(formula_version, '.'), part -> coalesce(TRY_CAST(part AS BIGINT), -1)) DESC,
        formula_version DESC
) = 1
ORDER BY on_date
