-- As `search_articles.sql`, for few days and words that stand in many articles: the articles of those days are numbered first,
-- and of the words only what stands in articles of these numbers is read. In braces: that an article of `numbered` has the
-- asked words, and `search_articles_mentioned.sql` or nothing.
WITH recent AS MATERIALIZED (
    SELECT a.article_id, coalesce(a.published_at_utc, a.first_seen_at_utc) AS at_utc
    FROM articles AS a
    WHERE ($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family)
        AND coalesce(a.published_at_utc, a.first_seen_at_utc) >= $since
        AND coalesce(a.published_at_utc, a.first_seen_at_utc) < $until
),
numbered AS MATERIALIZED (
    SELECT s.article_number, recent.* FROM search_articles AS s JOIN recent USING (article_id)
),
found AS (
    SELECT a.article_id, a.at_utc FROM numbered AS a {among}
    WHERE {mentioned}
    ORDER BY a.at_utc DESC, a.article_id LIMIT $most
)
SELECT article_id, (SELECT count(*) FROM found) AS found_count FROM found ORDER BY at_utc DESC, article_id LIMIT $limit
