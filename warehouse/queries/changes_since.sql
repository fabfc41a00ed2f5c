-- What our reading of each dyad gained after the instant $since, that with the weightiest news first. Grain: one dyad that
-- an event counts in which was read first, or read otherwise, after it and still stands. new_count, changed_count: such
-- events, which are updated with their last revision and lie within $first and $last; net_change: what the new ones add to net, weight points of their days; event_id: the weightiest of them all.
WITH changed AS (
    SELECT event_id, bool_or(change = 'created') AS is_new FROM event_revisions
    WHERE revised_at_utc > $since GROUP BY event_id
),
moved AS (
    SELECT d.side_a_code, d.side_b_code, d.event_id, c.is_new, max(d.impact) AS impact,
        sum(d.impact * CASE d.direction WHEN 'escalation' THEN -1 WHEN 'de-escalation' THEN 1 ELSE 0 END) AS net_impact
    FROM changed AS c
    JOIN (SELECT event_id, withdrawn_at_utc FROM events WHERE updated_at_utc > $since) AS e USING (event_id)
    JOIN (SELECT * FROM event_dyads WHERE on_date >= $first AND on_date <= $last) AS d USING (event_id)
    WHERE e.withdrawn_at_utc IS NULL
    GROUP BY ALL
)
SELECT side_a_code, side_b_code, count(*) FILTER (is_new) AS new_count, count(*) FILTER (NOT is_new) AS changed_count,
    coalesce(sum(net_impact) FILTER (is_new), 0) AS net_change, arg_max(event_id, impact) AS event_id
FROM moved
GROUP BY side_a_code, side_b_code
ORDER BY sum(impact) FILTER (is_new) DESC NULLS LAST, changed_count DESC, side_a_code, side_b_code
LIMIT $limit
