-- The articles of one story, the first published first. Grain: one article; {..}: their ids.
-- revision: 1 where its text never changed; first_title: its title when first seen; mention_count: current mentions.
-- owner_name, owner_kind, owner_country_code: as outlet_families has them; null: not known.
SELECT a.article_id, a.url, a.outlet_id, a.outlet_name, a.family_id, a.title, a.language, a.text_source,
    a.published_at_utc, a.first_seen_at_utc, a.revision, a.is_demo, r.first_title,
    coalesce(m.mention_count, 0) AS mention_count,
    w.family_name AS owner_name, w.owner_kind, w.country_code AS owner_country_code
FROM (SELECT * FROM articles WHERE article_id IN ({article_ids})) AS a
LEFT JOIN (
    SELECT article_id, arg_min_null(title, revision) AS first_title FROM article_revisions
    WHERE article_id IN ({article_ids}) GROUP BY article_id
) AS r USING (article_id)
LEFT JOIN (
    SELECT article_id, count(*) FILTER (superseded_at_utc IS NULL) AS mention_count FROM mentions
    WHERE arrival_number IN ({arrival_numbers}) GROUP BY article_id
) AS m USING (article_id)
LEFT JOIN outlet_families AS w USING (family_id)
ORDER BY a.published_at_utc NULLS LAST, a.first_seen_at_utc, a.article_id
