-- Articles whose words are not kept yet, or were of an earlier text; the first seen first. Grain: one article.
SELECT a.article_id, a.revision, a.arrival_number, a.title, a.text
FROM articles AS a
WHERE NOT EXISTS (SELECT 1 FROM search_articles AS s WHERE s.arrival_number = a.arrival_number AND s.revision = a.revision)
ORDER BY a.first_seen_at_utc, a.article_id LIMIT $limit
