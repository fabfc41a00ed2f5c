-- Events by the country they happened in, of days from $since to $until, both included. Grain: one country (ISO 3166-1
-- alpha-3). Only what occurred or is alleged. Counts of events, of them those that escalate and de-escalate.
SELECT country_code, sum(happened_count)::BIGINT AS event_count, sum(escalation_count)::BIGINT AS escalation_count,
    sum(deescalation_count)::BIGINT AS deescalation_count
FROM place_days
WHERE country_code IS NOT NULL AND happened_count > 0 AND on_date >= $since AND on_date <= $until
GROUP BY country_code ORDER BY event_count DESC, country_code
