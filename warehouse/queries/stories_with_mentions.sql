-- Stories with a fitting article and a fitting current mention in any article, as `story_ids.sql` reads them. Grain: one
-- story. Filters that are null ask nothing.
WITH mentioned AS (
    SELECT DISTINCT article_id FROM mentions
    WHERE superseded_at_utc IS NULL AND ($type IS NULL OR type = $type)
        AND ($side IS NULL OR $side IN (actor_code, target_code))
)
SELECT a.story_id
FROM articles AS a LEFT JOIN mentioned AS m USING (article_id)
GROUP BY a.story_id
HAVING bool_or(m.article_id IS NOT NULL)
    AND bool_or(($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family))
