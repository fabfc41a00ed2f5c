-- Sides that have an event. Grain: one side code, the busiest first. event_count: events of its dyads, by the newest
-- formula that told of the day; an event that counts in two of a side's dyads counts in both.
WITH ages AS (
    SELECT formula_version, row_number() OVER (
        ORDER BY formula_order(formula_version)
    ) AS age
    FROM (SELECT DISTINCT formula_version FROM daily_dyads)
),
days AS (
    SELECT side_a_code, side_b_code, event_count FROM daily_dyads JOIN ages USING (formula_version)
    WHERE age = (SELECT max(age) FROM ages)
)
SELECT code, sum(event_count)::BIGINT AS event_count
FROM (
    SELECT side_a_code AS code, sum(event_count) AS event_count FROM days GROUP BY ALL
    UNION ALL
    SELECT side_b_code, sum(event_count) FROM days GROUP BY ALL
) GROUP BY code ORDER BY event_count DESC, code
