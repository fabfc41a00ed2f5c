-- Events that were withdrawn after the indices were last made, whose days may still count them. Grain: one event.
SELECT event_id FROM events
WHERE withdrawn_at_utc IS NOT NULL AND updated_at_utc >= coalesce(
    (SELECT value::TIMESTAMPTZ FROM meta WHERE name = 'indexed_until_utc'), '1900-01-01'::TIMESTAMPTZ)
