-- How our reading of one event changed, the first reading first. Grain: one revision.
SELECT revision, change, detail, revised_at_utc FROM event_revisions
WHERE event_number IN ({event_numbers})
ORDER BY revision
