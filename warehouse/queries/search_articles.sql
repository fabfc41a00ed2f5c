-- Articles in which all asked words stand, the newest first. Grain: one article: article_id and at_utc, when it was
-- published or first seen. In braces: those with all asked words, one article_id a row.
-- $phrases: texts that must stand there as they are, case and accents aside. Filters that are null ask nothing; those of
-- events are met by one mention of the article. found_count: articles that fit, at most 1000.
WITH matching AS ({matching}),
found AS (
    SELECT a.article_id, coalesce(a.published_at_utc, a.first_seen_at_utc) AS at_utc
    FROM articles AS a SEMI JOIN matching USING (article_id)
    WHERE ($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family)
        AND coalesce(a.published_at_utc, a.first_seen_at_utc) >= $since
        AND coalesce(a.published_at_utc, a.first_seen_at_utc) < $until
        AND (NOT $asks_events OR a.article_id IN (
            SELECT m.article_id FROM mentions AS m WHERE m.superseded_at_utc IS NULL
                AND ($side IS NULL OR $side IN (m.actor_code, m.target_code)) AND ($type IS NULL OR m.type = $type)
                AND ($status IS NULL OR m.status = $status)
                AND ($country IS NULL OR m.place_country_code = $country)
        ))
        AND (len($phrases) = 0 OR list_bool_and(list_transform(
            $phrases, phrase -> contains(strip_accents(lower(a.title || chr(10) || a.text)), strip_accents(lower(phrase))))))
    ORDER BY at_utc DESC, a.article_id LIMIT 1000
)
SELECT article_id, (SELECT count(*) FROM found) AS found_count FROM found ORDER BY at_utc DESC, article_id LIMIT $limit
