-- Sides that have an event. Grain: one side code, the busiest first. event_count: events of its dyads, by $formula; an event
-- that counts in two of a side's dyads counts in both.
WITH dyads AS (
    SELECT side_a_code, side_b_code, sum(event_count) AS event_count FROM daily_dyads
    WHERE formula_version = $formula GROUP BY side_a_code, side_b_code
)
SELECT code, sum(event_count)::BIGINT AS event_count
FROM (
    SELECT side_a_code AS code, event_count FROM dyads
    UNION ALL
    SELECT side_b_code, event_count FROM dyads
) GROUP BY code ORDER BY event_count DESC, code
