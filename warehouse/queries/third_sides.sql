-- Who acts with both sides of a dyad. Grain: one third side and one of the two ($a or $b): the third side has an event
-- with each of them from $since to $until (both included). Counts are of events that are not withdrawn; escalation and
-- deescalation: their impact, weight points; mediation_count: those in which a third side mediates or hosts.
-- {standing}: see `pair_events.standing`. Third sides with the most such events first.
WITH acts AS (
    SELECT event_id, direction, impact,
        CASE WHEN side_a_code IN ($a, $b) THEN side_a_code ELSE side_b_code END AS side_code,
        CASE WHEN side_a_code IN ($a, $b) THEN side_b_code ELSE side_a_code END AS third_code
    FROM event_dyads
    WHERE on_date >= $since AND on_date <= $until AND (side_a_code IN ($a, $b)) <> (side_b_code IN ($a, $b))
        AND {standing}
),
counted AS (
    SELECT acts.third_code, acts.side_code, count(*) AS event_count,
        coalesce(sum(acts.impact) FILTER (acts.direction = 'escalation'), 0) AS escalation,
        coalesce(sum(acts.impact) FILTER (acts.direction = 'de-escalation'), 0) AS deescalation,
        count(mediated.event_id) AS mediation_count
    FROM acts LEFT JOIN (
        SELECT event_id FROM events WHERE mode = 'third-party' AND ends_on >= $since AND starts_on <= $until
    ) AS mediated USING (event_id)
    GROUP BY acts.third_code, acts.side_code
    QUALIFY count(*) OVER (PARTITION BY acts.third_code) = 2
)
SELECT *, deescalation - escalation AS net FROM counted
ORDER BY sum(event_count) OVER (PARTITION BY third_code) DESC, third_code, side_code
