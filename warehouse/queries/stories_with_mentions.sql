-- Stories told between two instants with a fitting article and a fitting current mention in any article, the last told first.
-- Grain: one story; at most $limit. Filters that are null ask nothing.
WITH told AS MATERIALIZED (
    SELECT story_id, last_published_at_utc FROM stories
    WHERE last_published_at_utc >= $since AND first_published_at_utc < $until
        AND article_count >= $least_articles AND language_count >= $least_languages
),
read AS MATERIALIZED (
    SELECT a.story_id, a.arrival_number,
        ($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family) AS is_fitting
    FROM articles AS a SEMI JOIN told USING (story_id)
),
mentioned AS MATERIALIZED (
    SELECT arrival_number FROM mentions SEMI JOIN read USING (arrival_number)
    -- A range of types, of which DuckDB guesses that it is long: so it looks at mentions of these articles alone.
    WHERE superseded_at_utc IS NULL AND ($type IS NULL OR (type >= $type AND type <= $type))
        AND ($side IS NULL OR $side IN (actor_code, target_code))
),
fitting AS (
    SELECT r.story_id FROM read AS r LEFT JOIN (SELECT DISTINCT arrival_number FROM mentioned) AS m USING (arrival_number)
    GROUP BY r.story_id
    HAVING bool_or(m.arrival_number IS NOT NULL) AND bool_or(r.is_fitting)
)
SELECT told.story_id FROM told SEMI JOIN fitting USING (story_id)
ORDER BY told.last_published_at_utc DESC, told.story_id LIMIT $limit
