-- One row a poll; key poll_id; newest first. duration_s: seconds; byte_count: bytes of the body.
SELECT p.*, f.title AS feed_title, f.outlet_name
FROM polls p LEFT JOIN feeds f USING (feed_id)
ORDER BY p.polled_at_utc DESC, p.poll_id LIMIT $limit
