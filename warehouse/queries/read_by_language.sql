-- How much is read in each language of the articles first seen since $since. Grain: one language (null: not known), the most articles first.
-- coded_share: articles the coder has read; relevant_share: of those, about diplomacy or security; yielding_share: of the
-- relevant ones, those an event was read in, null where none is relevant. Shares from 0 to 1.
SELECT a.language, count(*) AS article_count,
    count(*) FILTER (a.coder_version IS NOT NULL) / count(*) AS coded_share,
    count(*) FILTER (a.is_relevant) / nullif(count(*) FILTER (a.coder_version IS NOT NULL), 0) AS relevant_share,
    count(*) FILTER (a.is_relevant AND t.article_id IS NOT NULL) / nullif(count(*) FILTER (a.is_relevant), 0)
        AS yielding_share,
    coalesce(sum(t.mention_count), 0)::BIGINT AS mention_count
FROM articles AS a
LEFT JOIN (
    -- No mention is older than its article.
    SELECT article_id, count(*) AS mention_count FROM mentions
    WHERE superseded_at_utc IS NULL AND coded_at_utc >= $since GROUP BY article_id
) AS t USING (article_id)
WHERE a.first_seen_at_utc >= $since
GROUP BY a.language ORDER BY article_count DESC, a.language
