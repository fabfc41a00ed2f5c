-- Each feed and how its polls of the last week went. Grain: one feed that is not retired.
-- new_count, poll_count, failed_count: of the last 7 days; article_count: of all time.
SELECT f.*, coalesce(p.poll_count, 0) AS poll_count, coalesce(p.failed_count, 0) AS failed_count,
    coalesce(p.new_count, 0) AS new_count, coalesce(e.entry_count, 0) AS entry_count
FROM feeds AS f
LEFT JOIN (
    SELECT feed_id, count(*) AS poll_count, count(*) FILTER (outcome = 'failed') AS failed_count,
        sum(new_count)::BIGINT AS new_count
    FROM polls WHERE polled_at_utc > now() - INTERVAL 7 DAY GROUP BY feed_id
) AS p USING (feed_id)
LEFT JOIN (SELECT feed_id, count(*) AS entry_count FROM entries GROUP BY feed_id) AS e USING (feed_id)
WHERE f.status <> 'retired'
ORDER BY f.failing_since_utc NULLS LAST, f.outlet_name, f.feed_id
