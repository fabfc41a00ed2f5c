-- Where an event stands written. One row a current mention; key mention_id; the first published first.
-- article_text is the revision the mention was read from; evidence_start and evidence_end are offsets into
-- article_title + newline + article_text of that revision, the end excluded. confidence: 0..1.
SELECT m.mention_id, m.article_id, coalesce(r.title, a.title) AS article_title, coalesce(r.text, a.text) AS article_text,
    a.url AS article_url, a.outlet_id, a.outlet_name, a.family_id, a.language, a.published_at_utc, a.text_source,
    a.story_id, m.article_revision, m.type, m.mode, m.direction, m.score, m.actor_code, m.actor_name,
    m.target_code, m.target_name, m.starts_on, m.ends_on, m.date_precision, m.place_name, m.killed_min, m.killed_max,
    m.injured_min, m.injured_max, m.evidence_start, m.evidence_end, m.evidence_text, m.status, m.confidence,
    m.attribution, m.trace, m.coder_version, em.reason AS merge_reason
FROM event_mentions em
JOIN mentions m USING (mention_id)
JOIN articles a USING (article_id)
LEFT JOIN article_revisions r ON r.article_id = m.article_id AND r.revision = m.article_revision
WHERE em.event_id = $event_id AND m.superseded_at_utc IS NULL
ORDER BY a.published_at_utc NULLS LAST, m.mention_id
