-- The days of some dyads, given as texts 'A B' with A before B. Grain: one dyad and day with an event. Values in weight
-- points. Of several versions of the formula the newest speaks (see pair_series.sql).
WITH asked AS (
    SELECT split_part(dyad, ' ', 1) AS side_a_code, split_part(dyad, ' ', 2) AS side_b_code
    FROM (SELECT unnest($dyads) AS dyad)
)
SELECT d.* FROM daily_dyads AS d SEMI JOIN asked USING (side_a_code, side_b_code)
WHERE d.on_date >= $since AND d.on_date <= $until
QUALIFY row_number() OVER (
    PARTITION BY d.side_a_code, d.side_b_code, d.on_date
    ORDER BY formula_order(d.formula_version) DESC
) = 1
ORDER BY d.side_a_code, d.side_b_code, d.on_date
