-- Places of events, of days from $since to $until, both included, the busiest first. Grain: one named place with
-- coordinates (degrees, the mean of its events'). Only what occurred or is alleged.
SELECT place_name AS name, country_code,
    sum(latitude * happened_count) / sum(happened_count) AS latitude,
    sum(longitude * happened_count) / sum(happened_count) AS longitude,
    sum(happened_count)::BIGINT AS event_count
FROM place_days
WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND place_name IS NOT NULL AND happened_count > 0
    AND on_date >= $since AND on_date <= $until
GROUP BY place_name, country_code ORDER BY event_count DESC, name, country_code LIMIT $limit
