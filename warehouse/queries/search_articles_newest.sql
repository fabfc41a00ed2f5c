-- As `search_articles.sql`, for few days and words that stand in many articles: the articles of those days are numbered first,
-- of the words only what stands in articles of these numbers is read, and of the texts only those that have all words.
-- In braces, beside what is there: that an article of `numbered` has the asked words, and the tables that say so.
WITH recent AS MATERIALIZED (
    SELECT a.arrival_number, coalesce(a.published_at_utc, a.first_seen_at_utc) AS at_utc
    FROM articles AS a
    WHERE ($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family)
        -- The first condition says nothing new: by it DuckDB knows what it need not read.
        AND (a.published_at_utc IS NULL OR a.published_at_utc >= $since)
        AND coalesce(a.published_at_utc, a.first_seen_at_utc) >= $since
        AND coalesce(a.published_at_utc, a.first_seen_at_utc) < $until
),
numbered AS MATERIALIZED (
    SELECT s.article_number, recent.* FROM search_articles AS s JOIN recent USING (arrival_number)
),
{worded}fitting AS MATERIALIZED (
    SELECT a.arrival_number, a.at_utc FROM numbered AS a {among} WHERE {mentioned}
),
found AS MATERIALIZED (
    SELECT a.article_id, a.arrival_number, f.at_utc FROM articles AS a JOIN fitting AS f USING (arrival_number)
    -- Named so that no text is looked through before it is known to have the words.
    WHERE CASE WHEN f.at_utc IS NULL THEN false ELSE {phrased} END
    ORDER BY f.at_utc DESC, a.article_id LIMIT $most
)
SELECT article_id, arrival_number, (SELECT count(*) FROM found) AS found_count FROM found
ORDER BY at_utc DESC, article_id LIMIT $limit
