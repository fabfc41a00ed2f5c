-- Stories told between two instants, the last told first. Grain: one story with an article that is still kept.
-- sides: codes of the sides most mentioned in it, five at most; types: event types in it, the most mentioned first;
-- mention_count: current mentions in its articles. Filters that are null ask nothing.
WITH picked AS (
    SELECT s.* FROM stories AS s
    WHERE s.last_published_at_utc >= $since AND s.first_published_at_utc < $until
        AND s.article_count >= $least_articles AND s.language_count >= $least_languages
        AND EXISTS (
            SELECT 1 FROM articles AS a WHERE a.story_id = s.story_id
                AND ($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family)
        )
        AND ($side IS NULL AND $type IS NULL OR EXISTS (
            SELECT 1 FROM articles AS a JOIN mentions AS m USING (article_id)
            WHERE a.story_id = s.story_id AND m.superseded_at_utc IS NULL
                AND ($type IS NULL OR m.type = $type)
                AND ($side IS NULL OR $side IN (m.actor_code, m.target_code))
        ))
    ORDER BY s.last_published_at_utc DESC, s.story_id LIMIT $limit
),
told AS (
    SELECT a.story_id, m.type, m.actor_code, m.target_code
    FROM articles AS a JOIN mentions AS m USING (article_id)
    WHERE a.story_id IN (SELECT story_id FROM picked) AND m.superseded_at_utc IS NULL
),
acting AS (
    SELECT story_id, code, count(*) AS n
    FROM (SELECT story_id, actor_code AS code FROM told UNION ALL SELECT story_id, target_code FROM told)
    WHERE code IS NOT NULL GROUP BY ALL
),
sides_of AS (SELECT story_id, list(code ORDER BY n DESC, code)[:5] AS sides FROM acting GROUP BY story_id),
types_of AS (
    SELECT story_id, list(type ORDER BY n DESC, type) AS types, sum(n)::BIGINT AS mention_count
    FROM (SELECT story_id, type, count(*) AS n FROM told GROUP BY ALL) GROUP BY story_id
)
SELECT picked.*, coalesce(sides, []) AS sides, coalesce(types, []) AS types, coalesce(mention_count, 0) AS mention_count
FROM picked LEFT JOIN sides_of USING (story_id) LEFT JOIN types_of USING (story_id)
ORDER BY picked.last_published_at_utc DESC, picked.story_id
