-- Places of events, of days from $since to $until, both included, the busiest first. Grain: one named place with
-- coordinates (degrees). Only what occurred or is alleged.
SELECT place_name AS name, place_country_code AS country_code, avg(latitude) AS latitude, avg(longitude) AS longitude,
    count(*) AS event_count
FROM events
WHERE withdrawn_at_utc IS NULL AND latitude IS NOT NULL AND longitude IS NOT NULL AND place_name IS NOT NULL
    AND status IN ('occurred', 'alleged') AND starts_on >= $since AND starts_on <= $until
GROUP BY place_name, place_country_code ORDER BY event_count DESC, name LIMIT $limit
