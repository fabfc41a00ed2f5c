-- Stories told between two instants, the last told first. Grain: one story; at most $limit. In braces: that it is among
-- those with an article that is still kept and fits the filters (`stories_with_articles.sql`), or nothing.
SELECT s.story_id FROM stories AS s {among}
WHERE s.last_published_at_utc >= $since AND s.first_published_at_utc < $until
    AND s.article_count >= $least_articles AND s.language_count >= $least_languages
ORDER BY s.last_published_at_utc DESC, s.story_id LIMIT $limit
