-- Dyads of which something is known, those known on most days first. Grain: one dyad. day_count: days with a row.
SELECT side_a_code, side_b_code, count(DISTINCT on_date) AS day_count, max(on_date) AS last_event_on
FROM daily_dyads GROUP BY side_a_code, side_b_code
ORDER BY day_count DESC, last_event_on DESC, side_a_code, side_b_code LIMIT $limit
