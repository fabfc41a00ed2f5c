-- Each feed that can be managed and how it is at $now, troubled ones first, retired ones last. Grain: one feed.
-- Columns and units as the view feed_health (schema/007); state: retired too, of which only the feed itself is told;
-- tags: the lists it belongs to.
WITH known AS (
    SELECT * FROM feed_health_at($now)
    UNION ALL BY NAME
    SELECT feed_id, outlet_name, title, url, language, status, 'retired' AS state, last_success_at_utc,
        0 AS poll_count, 0 AS failed_count, 0 AS new_count
    FROM feeds WHERE status = 'retired' AND origin <> 'backfill'
)
SELECT k.*, f.tags FROM known AS k JOIN feeds AS f USING (feed_id)
ORDER BY list_position(['failing', 'silently dead', 'stale', 'paused', 'waiting', 'fine', 'retired'], k.state),
    k.failing_since_utc, k.outlet_name, feed_id
