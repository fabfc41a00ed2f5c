-- Stories told between two instants, the last told first. Grain: one story with an article that is still kept; at most
-- $limit. Filters that are null ask nothing. In braces: stories to choose from, one story_id a row.
SELECT s.story_id FROM stories AS s SEMI JOIN ({fitting}) AS fitting USING (story_id)
WHERE s.last_published_at_utc >= $since AND s.first_published_at_utc < $until
    AND s.article_count >= $least_articles AND s.language_count >= $least_languages
ORDER BY s.last_published_at_utc DESC, s.story_id LIMIT $limit
