-- One event as it moves one dyad, side_a_code < side_b_code. Grain: one event and day; no row where it does not move this
-- dyad or was withdrawn. Columns of `event_dyads`.
SELECT d.event_id, d.on_date, d.weight, d.impact, d.reason AS dyad_reason
FROM event_dyads AS d
WHERE d.event_id = $event_id AND d.side_a_code = $a AND d.side_b_code = $b
    AND NOT EXISTS (SELECT 1 FROM events AS e WHERE e.event_id = $event_id AND e.withdrawn_at_utc IS NOT NULL)
ORDER BY d.on_date
