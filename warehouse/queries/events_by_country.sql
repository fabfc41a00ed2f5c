-- Events by the country they happened in, of days from $since to $until, both included. Grain: one country (ISO 3166-1
-- alpha-3). Only what occurred or is alleged. Counts of events, of them those that escalate and de-escalate.
SELECT place_country_code AS country_code, count(*) AS event_count,
    count(*) FILTER (direction = 'escalation') AS escalation_count,
    count(*) FILTER (direction = 'de-escalation') AS deescalation_count
FROM events
WHERE withdrawn_at_utc IS NULL AND place_country_code IS NOT NULL AND status IN ('occurred', 'alleged')
    AND starts_on >= $since AND starts_on <= $until
GROUP BY place_country_code ORDER BY event_count DESC, country_code
