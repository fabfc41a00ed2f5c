-- The sentences behind one event. Grain: one current mention. text: the revision of the article it was read from, title
-- first, then a line break, then the text, so that evidence_start and evidence_end (characters) fit. second_*: the
-- latest usable second reading, beside the rules' own; null where there is none. stance, said_by, voice_family_id: as
-- event_mentions has them; copy_of_outlet_name: the outlet whose words the article repeats; owner_name, owner_kind,
-- owner_country_code: as outlet_families has them; null: not known.
-- {..}: ids, of the event's mentions, of their articles and of what those are copies of.
WITH linked AS MATERIALIZED (SELECT * FROM event_mentions WHERE event_number IN ({event_numbers})),
told AS MATERIALIZED (SELECT * FROM mentions WHERE mention_number IN ({mention_numbers})),
read AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({article_ids})),
texts AS MATERIALIZED (SELECT * FROM article_revisions WHERE article_id IN ({article_ids})),
copies AS MATERIALIZED (SELECT * FROM article_copies WHERE article_id IN ({article_ids})),
originals AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({original_ids}))
SELECT m.*, a.title AS article_title, r.title || chr(10) || r.text AS text, a.url AS article_url, a.outlet_name,
    a.outlet_id, a.family_id, a.language, a.published_at_utc, a.text_source, a.text_source_reason,
    a.revision AS current_revision, l.reason AS merge_reason, l.stance, l.said_by,
    l.family_id AS voice_family_id, original.outlet_name AS copy_of_outlet_name, w.family_name AS owner_name, w.owner_kind,
    w.country_code AS owner_country_code, s.model AS second_model, s.outcome AS second_outcome,
    s.type AS second_type, s.mode AS second_mode, s.status AS second_status, s.is_symmetric AS second_is_symmetric,
    s.actor_code AS second_actor_code, s.actor_name AS second_actor_name, s.target_code AS second_target_code,
    s.target_name AS second_target_name, s.evidence_text AS second_evidence_text
FROM linked AS l JOIN told AS m USING (mention_id) JOIN read AS a USING (article_id)
JOIN texts AS r ON r.article_id = m.article_id AND r.revision = m.article_revision
LEFT JOIN (
    FROM second_readings WHERE outcome IN ('agrees', 'disagrees')
    QUALIFY row_number() OVER (PARTITION BY mention_id ORDER BY asked_at_utc DESC, reading_id) = 1
) AS s USING (mention_id)
LEFT JOIN copies AS c ON c.article_id = a.article_id
LEFT JOIN originals AS original ON original.article_id = c.copy_of_id
LEFT JOIN outlet_families AS w ON w.family_id = a.family_id
WHERE m.superseded_at_utc IS NULL
ORDER BY a.published_at_utc, a.outlet_name, m.evidence_start
