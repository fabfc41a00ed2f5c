-- People's words on the mentions of one event, the latest first. Grain: one label of a current mention. Columns as `labels`; {..}: the number of the event.
SELECT * FROM labels
WHERE mention_number IN (SELECT mention_number FROM event_mentions WHERE event_number IN ({event_numbers}))
ORDER BY labelled_at_utc DESC, label_id
