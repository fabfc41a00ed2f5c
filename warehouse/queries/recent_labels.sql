-- People's words on mentions, the latest first. Grain: one label whose mention is kept. Columns of `labels`, but event_id
-- of the event its mention reports now (null: none); language, type, evidence_text, actor_code and target_code of the
-- mention; outlet_name. {..}: ids, of mentions with one of the latest labels and of their articles.
WITH told AS MATERIALIZED (SELECT * FROM mentions WHERE mention_number IN ({mention_numbers})),
read AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({article_ids})),
linked AS MATERIALIZED (SELECT * FROM event_mentions WHERE mention_number IN ({mention_numbers}))
SELECT b.label_id, l.event_id, b.mention_id, b.verdict, b.field, b.value, b.note, b.labelled_by, b.labelled_at_utc,
    a.language, m.type, m.evidence_text, a.outlet_name, m.actor_code, m.target_code
FROM labels AS b
JOIN told AS m USING (mention_id) JOIN read AS a USING (article_id) LEFT JOIN linked AS l USING (mention_id)
ORDER BY b.labelled_at_utc DESC, b.label_id LIMIT $limit
