-- People's words on the mentions of one event, the latest first. Grain: one label of a current mention. Columns as `labels`.
SELECT b.* FROM labels AS b JOIN event_mentions AS l USING (mention_id)
WHERE l.event_id = $event_id
ORDER BY b.labelled_at_utc DESC, b.label_id
