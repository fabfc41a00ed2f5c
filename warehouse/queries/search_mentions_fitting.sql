-- Current mentions in some articles whose sentence or title has one of the asked words. Grain: one mention: its number and
-- its article. $needles: as in `search_events.sql`; {..}: the articles, by id and by number.
WITH read AS MATERIALIZED (SELECT article_id, title FROM articles WHERE article_id IN ({article_ids})),
told AS MATERIALIZED (
    SELECT mention_number, article_id, evidence_text FROM mentions
    WHERE arrival_number IN ({arrival_numbers}) AND superseded_at_utc IS NULL
)
SELECT m.article_id, m.mention_number FROM told AS m JOIN read AS a USING (article_id)
WHERE list_bool_or(list_transform(
    $needles, needle -> contains(strip_accents(lower(m.evidence_text || chr(10) || a.title)), strip_accents(needle))))
