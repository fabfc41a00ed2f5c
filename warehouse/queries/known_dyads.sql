-- Dyads of which something is known, those with most rows of daily_dyads first. Grain: one dyad. row_count: a day counts
-- once for each version of the formula that speaks of it: telling them apart took six times as long.
SELECT side_a_code, side_b_code, count(*) AS row_count, max(on_date) AS last_event_on
FROM daily_dyads GROUP BY side_a_code, side_b_code
ORDER BY row_count DESC, last_event_on DESC, side_a_code, side_b_code LIMIT $limit
