-- Articles in which all asked words stand, the newest first. Grain: one article: article_id, arrival_number and at_utc, when
-- it was published or first seen. In braces: those with all asked words, one arrival_number a row; the
-- table of articles, or what is left of it where ids are known; and that an article is to match, where words are asked.
-- In braces too: that all texts that must be there as they are stand there, or true. Filters that are null ask nothing; those of
-- events (`search_articles_mentioned.sql`, in braces too) are met by one mention of the article. found_count: articles that fit, at most $most.
WITH matching AS ({matching}),
found AS (
    SELECT a.article_id, a.arrival_number, coalesce(a.published_at_utc, a.first_seen_at_utc) AS at_utc
    FROM {articles} AS a {among}
    WHERE ($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family)
        AND coalesce(a.published_at_utc, a.first_seen_at_utc) >= $since
        AND coalesce(a.published_at_utc, a.first_seen_at_utc) < $until
        AND {mentioned} AND {phrased}
    ORDER BY at_utc DESC, a.article_id LIMIT $most
)
SELECT article_id, arrival_number, (SELECT count(*) FROM found) AS found_count FROM found
ORDER BY at_utc DESC, article_id LIMIT $limit
