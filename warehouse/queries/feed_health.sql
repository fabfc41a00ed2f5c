-- Each feed and how it is at $now, troubled ones first. Grain: one feed that is polled or paused.
-- Columns and units as the view feed_health (schema/007).
SELECT * FROM feed_health_at($now)
ORDER BY list_position(['failing', 'silently dead', 'stale', 'paused', 'waiting', 'fine'], state),
    failing_since_utc, outlet_name, feed_id
