-- Dyads of which something is known. Grain: one dyad, side_a_code < side_b_code. row_count: its rows of daily_dyads (a day
-- counts once for each version of the formula that speaks of it); last_event_on: the last of their days; event_count: its
-- events by the newest formula, 0 where that has not spoken of it.
WITH newest AS (SELECT formula_version FROM dyad_spans ORDER BY formula_order(formula_version) DESC LIMIT 1)
SELECT side_a_code, side_b_code, sum(row_count)::BIGINT AS row_count, max(last_on) AS last_event_on,
    coalesce(sum(event_count) FILTER (formula_version = (FROM newest)), 0)::BIGINT AS event_count
FROM dyad_spans GROUP BY side_a_code, side_b_code
ORDER BY row_count DESC, last_event_on DESC, side_a_code, side_b_code
