-- Languages of the articles that are kept. Grain: one language; articles whose language is unknown are left out.
SELECT language, count(*) AS article_count FROM articles WHERE language IS NOT NULL
GROUP BY language ORDER BY article_count DESC, language
