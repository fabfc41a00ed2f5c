-- Sides that have an event, with the name most often written. Grain: one side code. event_count: events it is party to.
WITH named AS (
    SELECT actor_code AS code, actor_name AS name, event_id FROM events
    WHERE actor_code IS NOT NULL AND withdrawn_at_utc IS NULL
    UNION ALL
    SELECT target_code, target_name, event_id FROM events WHERE target_code IS NOT NULL AND withdrawn_at_utc IS NULL
),
in_dyads AS (
    SELECT side_a_code AS code, event_id FROM event_dyads UNION SELECT side_b_code, event_id FROM event_dyads
),
counted AS (SELECT code, count(DISTINCT event_id) AS event_count FROM in_dyads GROUP BY code)
SELECT counted.code, coalesce(mode(named.name), counted.code) AS name, any_value(counted.event_count) AS event_count
FROM counted LEFT JOIN named USING (code)
GROUP BY counted.code ORDER BY event_count DESC, counted.code
