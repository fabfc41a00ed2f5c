-- What moved one dyad. One row an event and day; key (event_id, on_date); newest day first, then the largest impact.
-- weight: 0..; impact: weight x |score|, weight points; dyad_direction: what it does to this dyad; dyad_reason: why this dyad.
SELECT d.on_date, d.weight, d.impact, d.direction AS dyad_direction, d.reason AS dyad_reason, e.*
FROM event_dyads d JOIN events e USING (event_id)
WHERE d.side_a_code = $a AND d.side_b_code = $b AND d.on_date BETWEEN $since AND $until AND e.withdrawn_at_utc IS NULL
ORDER BY d.on_date DESC, d.impact DESC, event_id
