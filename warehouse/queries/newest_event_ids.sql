-- Events that are not withdrawn, the last reported first. Grain: one event, with the days it lies within.
SELECT event_number, starts_on, ends_on FROM events WHERE withdrawn_at_utc IS NULL
ORDER BY last_reported_at_utc DESC, starts_on DESC, event_id LIMIT $limit
