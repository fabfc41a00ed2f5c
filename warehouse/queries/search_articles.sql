-- Articles in which all asked words stand, the newest first. Grain: one article.
-- $first_n to $last_n: range of the n-th word, null where fewer are asked; $word_count of them, 0: any article will do.
-- $phrase_n: text that must stand there as it is, case and accents aside; null: none. Filters that are null ask nothing;
-- those of events are met by one mention of the article. found_count: articles that fit, at most 1000.
-- text: title, line break, text.
WITH hits AS (
    SELECT 1 AS place, article_number FROM search_words WHERE word >= $first_1 AND word <= $last_1
    UNION ALL
    SELECT 2 AS place, article_number FROM search_words WHERE word >= $first_2 AND word <= $last_2
    UNION ALL
    SELECT 3 AS place, article_number FROM search_words WHERE word >= $first_3 AND word <= $last_3
    UNION ALL
    SELECT 4 AS place, article_number FROM search_words WHERE word >= $first_4 AND word <= $last_4
    UNION ALL
    SELECT 5 AS place, article_number FROM search_words WHERE word >= $first_5 AND word <= $last_5
    UNION ALL
    SELECT 6 AS place, article_number FROM search_words WHERE word >= $first_6 AND word <= $last_6
    UNION ALL
    SELECT 7 AS place, article_number FROM search_words WHERE word >= $first_7 AND word <= $last_7
    UNION ALL
    SELECT 8 AS place, article_number FROM search_words WHERE word >= $first_8 AND word <= $last_8
    UNION ALL
    SELECT 9 AS place, article_number FROM search_words WHERE word >= $first_9 AND word <= $last_9
    UNION ALL
    SELECT 10 AS place, article_number FROM search_words WHERE word >= $first_10 AND word <= $last_10
    UNION ALL
    SELECT 11 AS place, article_number FROM search_words WHERE word >= $first_11 AND word <= $last_11
    UNION ALL
    SELECT 12 AS place, article_number FROM search_words WHERE word >= $first_12 AND word <= $last_12
),
numbers AS (
    SELECT article_number FROM (SELECT DISTINCT place, article_number FROM hits)
    GROUP BY article_number HAVING count(*) = $word_count
),
matching AS (
    SELECT article_id FROM numbers JOIN search_articles USING (article_number) WHERE $word_count > 0
    UNION ALL
    SELECT article_id FROM articles WHERE $word_count = 0
),
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
        AND ($phrase_1 IS NULL OR contains(strip_accents(lower(a.title || chr(10) || a.text)), strip_accents(lower($phrase_1))))
        AND ($phrase_2 IS NULL OR contains(strip_accents(lower(a.title || chr(10) || a.text)), strip_accents(lower($phrase_2))))
        AND ($phrase_3 IS NULL OR contains(strip_accents(lower(a.title || chr(10) || a.text)), strip_accents(lower($phrase_3))))
    ORDER BY at_utc DESC, a.article_id LIMIT 1000
),
shown AS (SELECT article_id, at_utc, (SELECT count(*) FROM found) AS found_count FROM found ORDER BY at_utc DESC, article_id LIMIT $limit)
SELECT a.article_id, a.url, a.outlet_name, a.family_id, a.title, a.title || chr(10) || a.text AS text, a.language,
    a.published_at_utc, a.first_seen_at_utc, a.story_id, a.is_relevant, shown.found_count,
    (SELECT count(*) FROM mentions AS m WHERE m.article_id = a.article_id AND m.superseded_at_utc IS NULL)
        AS mention_count
FROM articles AS a JOIN shown USING (article_id)
ORDER BY shown.at_utc DESC, a.article_id
