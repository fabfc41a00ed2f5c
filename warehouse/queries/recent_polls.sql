-- The last polls, newest first. Grain: one poll.
SELECT p.*, f.outlet_name, f.title AS feed_title FROM polls AS p LEFT JOIN feeds AS f USING (feed_id)
ORDER BY p.polled_at_utc DESC, p.feed_id LIMIT $limit
