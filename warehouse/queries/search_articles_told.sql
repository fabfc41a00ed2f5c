-- Articles that were found (`search_articles.sql`), the newest first. Grain: one article; {..}: their ids.
-- text: title, line break, text; mention_count: current mentions; found_count: as given.
WITH read AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({article_ids})),
told AS MATERIALIZED (SELECT * FROM mentions WHERE arrival_number IN ({arrival_numbers}))
SELECT a.article_id, a.url, a.outlet_name, a.family_id, a.title, a.title || chr(10) || a.text AS text, a.language,
    a.published_at_utc, a.first_seen_at_utc, a.story_id, a.is_relevant, $found_count::BIGINT AS found_count,
    coalesce(m.mention_count, 0) AS mention_count
FROM read AS a
LEFT JOIN (
    SELECT article_id, count(*) FILTER (superseded_at_utc IS NULL) AS mention_count FROM told
    GROUP BY article_id
) AS m USING (article_id)
ORDER BY coalesce(a.published_at_utc, a.first_seen_at_utc) DESC, a.article_id
