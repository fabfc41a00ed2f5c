-- Sides of standing events. One row a side; key code. name: the most frequent; event_count: events it takes part in.
WITH named AS (
    SELECT actor_code AS code, actor_name AS name, event_id FROM events WHERE withdrawn_at_utc IS NULL
    UNION ALL
    SELECT target_code, target_name, event_id FROM events WHERE withdrawn_at_utc IS NULL
)
SELECT code, coalesce(mode(name ORDER BY name), code) AS name, count(DISTINCT event_id) AS event_count
FROM named WHERE code IS NOT NULL GROUP BY code ORDER BY event_count DESC, code
