-- The sentences behind one event. Grain: one current mention. text: the revision of the article it was read from, title
-- first, then a line break, then the text, so that evidence_start and evidence_end (characters) fit.
SELECT m.*, a.title AS article_title, r.title || chr(10) || r.text AS text, a.url AS article_url, a.outlet_name,
    a.outlet_id, a.family_id, a.language, a.published_at_utc, a.text_source, a.text_source_reason,
    a.revision AS current_revision, l.reason AS merge_reason
FROM event_mentions AS l
JOIN mentions AS m USING (mention_id)
JOIN articles AS a USING (article_id)
JOIN article_revisions AS r ON r.article_id = m.article_id AND r.revision = m.article_revision
WHERE l.event_id = $event_id AND m.superseded_at_utc IS NULL
ORDER BY a.published_at_utc, a.outlet_name, m.evidence_start
