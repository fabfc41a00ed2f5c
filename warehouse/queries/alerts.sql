-- Alerts, those not acknowledged first, then the newest. Grain: one alert.
SELECT * FROM alerts
WHERE NOT $only_open OR acknowledged_at_utc IS NULL
ORDER BY acknowledged_at_utc IS NOT NULL, raised_at_utc DESC, alert_id
LIMIT $limit
