-- Sentences of which a mention was labelled, with every mention read in them. Grain: one mention and its latest label a
-- field (verdict null: a mention nobody has labelled, of a sentence in which another was). Ordered by sentence. What a
-- mention belongs with says nothing of how it was read: such labels, and those that take them back, are left out.
-- {..}: ids, of the labelled mentions and of their articles.
WITH labelled AS MATERIALIZED (SELECT * FROM mentions WHERE mention_number IN ({mention_numbers})),
told AS MATERIALIZED (SELECT * FROM mentions WHERE arrival_number IN ({arrival_numbers})),
read AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({article_ids})),
latest AS (
    FROM labels
    WHERE mention_id IS NOT NULL AND verdict IN ('right', 'wrong', 'corrected')
        AND NOT (verdict = 'right' AND (value IS NOT NULL OR coalesce(field, '') IN ('separate', 'same_event')))
    QUALIFY row_number() OVER (
        PARTITION BY mention_id, coalesce(field, '') ORDER BY labelled_at_utc DESC, label_id
    ) = 1
),
sentences AS (
    SELECT DISTINCT m.article_id, m.article_revision, m.evidence_start, m.evidence_end
    FROM latest JOIN labelled AS m USING (mention_id)
)
SELECT m.article_id || '-' || m.article_revision || '-' || m.evidence_start AS sentence_id, m.mention_id, a.language,
    a.published_at_utc, m.evidence_text, m.type, m.direction, m.actor_code, m.target_code, m.is_symmetric, m.status,
    m.superseded_at_utc, b.verdict, b.field, b.value, b.labelled_by, b.labelled_at_utc
FROM sentences AS s
JOIN told AS m USING (article_id, article_revision, evidence_start, evidence_end)
JOIN read AS a USING (article_id)
LEFT JOIN latest AS b USING (mention_id)
WHERE m.superseded_at_utc IS NULL OR b.verdict IS NOT NULL
ORDER BY sentence_id, m.mention_id, b.field NULLS FIRST
