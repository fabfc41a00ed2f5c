-- One dyad's days, oldest first. One row a day; key on_date. Values in weight points; days without a row are absent, not zero.
SELECT * FROM daily_dyads
WHERE side_a_code = $a AND side_b_code = $b AND on_date BETWEEN $since AND $until
QUALIFY row_number() OVER (PARTITION BY on_date ORDER BY formula_version DESC) = 1
ORDER BY on_date
