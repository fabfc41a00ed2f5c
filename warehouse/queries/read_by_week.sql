-- How much is read of the articles first seen since $since. Grain: one language (null: not known) and week, by week, the
-- most articles first. Weeks begin on Monday (UTC); the last may not be over.
-- coded_count: articles the coder has read; relevant_count: of those, about diplomacy or security; yielding_count: of the
-- relevant ones, those an event was read in; mention_count: events read in them; confidence_sum: of those, 0-1 each;
-- coder_versions: of the articles read, in the order of the alphabet.
SELECT date_trunc('week', a.first_seen_at_utc)::DATE AS week_on, a.language, count(*) AS article_count,
    count(a.coder_version) AS coded_count,
    count(*) FILTER (a.is_relevant) AS relevant_count,
    count(*) FILTER (a.is_relevant AND t.article_id IS NOT NULL) AS yielding_count,
    coalesce(sum(t.mention_count), 0)::BIGINT AS mention_count,
    coalesce(sum(t.confidence_sum), 0.0) AS confidence_sum,
    list_sort(list(DISTINCT a.coder_version) FILTER (a.coder_version IS NOT NULL)) AS coder_versions
FROM articles AS a
LEFT JOIN (
    -- No mention is older than its article.
    SELECT article_id, count(*) AS mention_count, sum(confidence) AS confidence_sum FROM mentions
    WHERE superseded_at_utc IS NULL AND coded_at_utc >= $since GROUP BY article_id
) AS t USING (article_id)
WHERE a.first_seen_at_utc >= $since
GROUP BY ALL ORDER BY week_on, article_count DESC, a.language
