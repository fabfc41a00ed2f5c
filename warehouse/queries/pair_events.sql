-- The events that move one dyad. Grain: one event. impact: weight points it adds to its day; why: how it belongs here.
SELECT e.*, d.on_date, d.weight, d.impact, d.reason AS dyad_reason
FROM event_dyads AS d JOIN events AS e USING (event_id)
WHERE d.side_a_code = $a AND d.side_b_code = $b AND d.on_date >= $since AND d.on_date <= $until
    AND e.withdrawn_at_utc IS NULL
ORDER BY d.on_date, d.impact DESC, e.event_id
