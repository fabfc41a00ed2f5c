-- Events that move one dyad, side_a_code < side_b_code, on days from $since to $until (both included): the newest or, where
-- $is_by_weight, those with the greatest impact. Grain: one event and day. Columns of `event_dyads`; at most $limit.
SELECT d.event_id, d.on_date, d.weight, d.impact, d.reason AS dyad_reason
FROM event_dyads AS d
ANTI JOIN (SELECT event_id FROM events WHERE withdrawn_at_utc IS NOT NULL) AS gone USING (event_id)
WHERE d.side_a_code = $a AND d.side_b_code = $b AND d.on_date >= $since AND d.on_date <= $until
ORDER BY CASE WHEN $is_by_weight THEN d.impact END DESC NULLS LAST, d.on_date DESC, d.impact DESC, d.event_id
LIMIT $limit
