-- Stories with what is said in them, the last told first. Grain: one story; {..}: ids, of the stories and their articles.
-- sides: codes of the sides most mentioned in it, five at most; types: event types in it, the most mentioned first;
-- mention_count: current mentions in its articles.
WITH read AS MATERIALIZED (SELECT article_id, story_id FROM articles WHERE article_id IN ({article_ids})),
spoken AS MATERIALIZED (SELECT * FROM mentions WHERE arrival_number IN ({arrival_numbers})),
told AS (
    SELECT a.story_id, m.type, m.actor_code, m.target_code
    FROM read AS a JOIN spoken AS m USING (article_id)
    WHERE m.superseded_at_utc IS NULL
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
FROM (SELECT * FROM stories WHERE story_id IN ({story_ids})) AS picked
LEFT JOIN sides_of USING (story_id) LEFT JOIN types_of USING (story_id)
ORDER BY picked.last_published_at_utc DESC, picked.story_id
