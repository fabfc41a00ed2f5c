-- Countries that events happened in. Grain: one country (ISO 3166-1 alpha-3), the busiest first.
SELECT place_country_code AS country_code, count(*) AS event_count FROM events
WHERE place_country_code IS NOT NULL AND withdrawn_at_utc IS NULL
GROUP BY place_country_code ORDER BY event_count DESC, country_code
