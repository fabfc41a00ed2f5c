-- Articles in which all asked words stand: what `search_articles.sql` and `search_events.sql` read as `matching`.
-- Grain: one article_id. $first_n to $last_n: range of the n-th word, null where fewer are asked; $word_count of them, 0:
-- any article will do. A word is found by bounds that stand in the text of the question, so each has a line of its own.
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
)
SELECT article_id FROM numbers JOIN search_articles USING (article_number) WHERE $word_count > 0
UNION ALL
SELECT article_id FROM articles WHERE $word_count = 0
