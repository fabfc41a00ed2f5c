-- One row a feed; key feed_id; failing feeds first, then by title. entry_count: entries ever seen of it.
SELECT f.feed_id, f.title, f.url, f.outlet_name, f.family_id, f.country_code, f.language, f.status, f.origin,
    f.poll_interval_s, f.next_poll_at_utc, f.last_polled_at_utc, f.last_success_at_utc, f.last_new_at_utc,
    f.failing_since_utc, f.failure_class, f.failure_reason, f.failure_count, coalesce(n.entry_count, 0) AS entry_count
FROM feeds f LEFT JOIN (SELECT feed_id, count(*) AS entry_count FROM entries GROUP BY feed_id) n USING (feed_id)
ORDER BY f.failing_since_utc NULLS LAST, f.title, f.feed_id
