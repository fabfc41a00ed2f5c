-- Events that fit the filters, whatever words tell of them, the last reported first. Grain: one event that is not
-- withdrawn. Parameters as in `search_events.sql`. found_count: events that fit, at most $most.
WITH found AS (
    SELECT event_id, event_number, last_reported_at_utc FROM events AS e
    WHERE e.withdrawn_at_utc IS NULL
        AND e.last_reported_at_utc >= $since AND e.first_reported_at_utc < $until
        AND ($side IS NULL OR $side IN (e.actor_code, e.target_code)) AND ($type IS NULL OR e.type = $type)
        AND ($status IS NULL OR e.status = $status) AND ($country IS NULL OR e.place_country_code = $country)
    ORDER BY e.last_reported_at_utc DESC, e.event_id LIMIT $most
)
SELECT event_number, (SELECT count(*) FROM found) AS found_count FROM found
ORDER BY last_reported_at_utc DESC, event_id LIMIT $limit
