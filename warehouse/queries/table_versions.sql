-- How often each table was changed. Grain: the tables that batches touched together, comma between their names (empty:
-- not told, so any), or one table that readers change, who come without a batch. A table stands in several rows.
-- change_count: a number that only grows.
SELECT table_names, count(*) AS change_count FROM batches GROUP BY table_names
UNION ALL SELECT 'labels', count(*) FROM labels
UNION ALL SELECT 'feed_orders', count(*) FROM feed_orders
UNION ALL SELECT 'alerts', count(*) FROM alerts WHERE acknowledged_at_utc IS NOT NULL
UNION ALL SELECT 'dyad_notes', count(*) + count(removed_at_utc) FROM dyad_notes
