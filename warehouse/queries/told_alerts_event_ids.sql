-- Events that the alerts of `told_alerts` name. Grain: one event.
SELECT DISTINCT unnest(event_ids) AS event_id FROM (
    SELECT event_ids FROM alerts WHERE NOT $only_open OR acknowledged_at_utc IS NULL
    ORDER BY acknowledged_at_utc IS NOT NULL, raised_at_utc DESC, alert_id LIMIT $limit
)
