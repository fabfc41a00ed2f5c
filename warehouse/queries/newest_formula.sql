-- The newest version of the formula that days of dyads are computed by; null where there are none. One row.
SELECT max_by(formula_version, formula_order(formula_version)) AS formula_version
FROM (SELECT DISTINCT formula_version FROM daily_dyads)
