-- People's words on mentions, the latest first. Grain: one label whose mention is kept. Columns of `labels`, but event_id
-- of the event its mention reports now (null: none); language, type, evidence_text, actor_code and target_code of the
-- mention; outlet_name.
SELECT b.label_id, l.event_id, b.mention_id, b.verdict, b.field, b.value, b.note, b.labelled_by, b.labelled_at_utc,
    a.language, m.type, m.evidence_text, a.outlet_name, m.actor_code, m.target_code
FROM labels AS b JOIN mentions AS m USING (mention_id) JOIN articles AS a USING (article_id)
LEFT JOIN event_mentions AS l USING (mention_id)
ORDER BY b.labelled_at_utc DESC, b.label_id LIMIT $limit
