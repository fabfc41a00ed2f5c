-- Countries that events happened in. Grain: one country (ISO 3166-1 alpha-3), the busiest first.
SELECT country_code, sum(event_count)::BIGINT AS event_count FROM place_days
WHERE country_code IS NOT NULL
GROUP BY country_code ORDER BY event_count DESC, country_code
