-- Stories with a fitting article, as `story_ids.sql` reads them. Grain: one article. Filters that are null ask nothing.
SELECT a.story_id FROM articles AS a
WHERE ($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family)
