-- The name most often written for each of these sides. Grain: one of $codes that an event has.
SELECT code, mode(name) AS name FROM (
    SELECT actor_code AS code, actor_name AS name FROM events
    WHERE withdrawn_at_utc IS NULL AND actor_code IN (SELECT unnest($codes))
    UNION ALL
    SELECT target_code, target_name FROM events
    WHERE withdrawn_at_utc IS NULL AND target_code IN (SELECT unnest($codes))
) GROUP BY code
