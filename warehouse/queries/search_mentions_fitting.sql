-- Current mentions in some articles whose sentence or title has one of the asked words. Grain: one mention, by number.
-- $needles: as in `search_events.sql`; {..}: the articles, by number.
WITH read AS MATERIALIZED (SELECT arrival_number, title FROM articles WHERE arrival_number IN ({arrival_numbers})),
told AS MATERIALIZED (
    SELECT mention_number, arrival_number, evidence_text FROM mentions
    WHERE arrival_number IN ({arrival_numbers}) AND superseded_at_utc IS NULL
)
SELECT m.mention_number FROM told AS m JOIN read AS a USING (arrival_number)
WHERE list_bool_or(list_transform(
    $needles, needle -> contains(strip_accents(lower(m.evidence_text || chr(10) || a.title)), strip_accents(needle))))
