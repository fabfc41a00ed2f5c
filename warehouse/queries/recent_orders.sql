-- The newest orders on feeds, those that wait first. Grain: one order. Columns as feed_orders, without the file of a
-- list; feed_title: the feed's title, null where there is none (yet).
SELECT o.* EXCLUDE (list_base64), f.title AS feed_title, f.outlet_name AS feed_outlet_name
FROM feed_orders AS o LEFT JOIN feeds AS f USING (feed_id)
ORDER BY carried_out_at_utc IS NOT NULL, ordered_at_utc DESC, order_id LIMIT $limit
