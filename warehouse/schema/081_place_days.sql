-- Events by day and place, counted as they are written (`warehouse/place_days.py`), so that maps and lists of countries need
-- not go through all events. Grain: one day, country, named place and its coordinates; any but the day may be null. No key,
-- since the writer alone adds rows, takes away those of what changes, and looks at none but those of its days.
CREATE TABLE place_days (
    on_date DATE NOT NULL,
    country_code VARCHAR,
    place_name VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    event_count BIGINT NOT NULL,
    happened_count BIGINT NOT NULL,
    escalation_count BIGINT NOT NULL,
    deescalation_count BIGINT NOT NULL
);

COMMENT ON TABLE place_days IS 'Events by day and place, counted as they are written. One row a day, country, named place and its coordinates; events whose place is not known, and withdrawn ones, are left out.';
COMMENT ON COLUMN place_days.on_date IS 'day on which the events began';
COMMENT ON COLUMN place_days.country_code IS 'country of the place (ISO 3166-1 alpha-3); null: not known';
COMMENT ON COLUMN place_days.place_name IS 'name of the place; null: the country alone is known';
COMMENT ON COLUMN place_days.latitude IS 'degrees; null: not known';
COMMENT ON COLUMN place_days.longitude IS 'degrees; null: not known';
COMMENT ON COLUMN place_days.event_count IS 'events of the day at the place';
COMMENT ON COLUMN place_days.happened_count IS 'of them those that occurred or are alleged';
COMMENT ON COLUMN place_days.escalation_count IS 'of these those that escalate';
COMMENT ON COLUMN place_days.deescalation_count IS 'of these those that de-escalate';

INSERT INTO place_days
SELECT starts_on AS on_date, place_country_code AS country_code, place_name, latitude, longitude,
    count(*) AS event_count,
    count(*) FILTER (status IN ('occurred', 'alleged')) AS happened_count,
    count(*) FILTER (status IN ('occurred', 'alleged') AND direction = 'escalation') AS escalation_count,
    count(*) FILTER (status IN ('occurred', 'alleged') AND direction = 'de-escalation') AS deescalation_count
FROM events
WHERE withdrawn_at_utc IS NULL AND starts_on IS NOT NULL AND (place_country_code IS NOT NULL OR place_name IS NOT NULL)
GROUP BY ALL ORDER BY on_date;
