-- Some events as they move one dyad, side_a_code < side_b_code. Grain: one event and day; none of an event that does not
-- move this dyad or was withdrawn. Columns of `event_dyads`; {..}: ids of the events.
SELECT d.event_id, d.on_date, d.weight, d.impact, d.reason AS dyad_reason
FROM event_dyads AS d
ANTI JOIN (
    SELECT event_id FROM events WHERE event_id IN ({event_ids}) AND withdrawn_at_utc IS NOT NULL
) AS gone USING (event_id)
WHERE d.event_id IN ({event_ids}) AND d.side_a_code = $a AND d.side_b_code = $b
ORDER BY d.on_date, d.event_id
