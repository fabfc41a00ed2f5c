-- The articles of one story, the first published first. Grain: one article.
-- revision: 1 where its text never changed; first_title: its title when first seen; mention_count: current mentions.
-- owner_name, owner_kind, owner_country_code: as outlet_families has them; null: not known.
SELECT a.article_id, a.url, a.outlet_id, a.outlet_name, a.family_id, a.title, a.language, a.text_source,
    a.published_at_utc, a.first_seen_at_utc, a.revision, a.is_demo,
    (SELECT r.title FROM article_revisions AS r WHERE r.article_id = a.article_id ORDER BY r.revision LIMIT 1)
        AS first_title,
    (SELECT count(*) FROM mentions AS m WHERE m.article_id = a.article_id AND m.superseded_at_utc IS NULL)
        AS mention_count,
    w.family_name AS owner_name, w.owner_kind, w.country_code AS owner_country_code
FROM articles AS a LEFT JOIN outlet_families AS w USING (family_id)
WHERE a.story_id = $story_id
ORDER BY a.published_at_utc NULLS LAST, a.first_seen_at_utc, a.article_id
