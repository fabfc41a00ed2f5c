-- What holds one dyad where it stands on a day, side_a_code < side_b_code. Grain: one event not older than $days days.
-- weight_left: weight points of its impact that are left on the day, below 0 for escalation; heaviest first. What was
-- settled or broken since is not taken off here: this says what pulled, not what is left of the sum.
SELECT e.*, d.on_date, d.weight, d.impact, d.undone_share, d.reason AS dyad_reason,
    d.impact * pow(0.5, date_diff('day', d.on_date, $on::DATE) / $half_life)
        * CASE d.direction WHEN 'escalation' THEN -1 WHEN 'de-escalation' THEN 1 ELSE 0 END AS weight_left
FROM event_dyads AS d JOIN events AS e USING (event_id)
WHERE d.side_a_code = $a AND d.side_b_code = $b AND d.on_date <= $on AND d.on_date > $on::DATE - $days::INTEGER
    AND e.withdrawn_at_utc IS NULL AND d.direction <> 'neutral'
ORDER BY abs(weight_left) DESC, d.on_date DESC, e.event_id
LIMIT $limit
