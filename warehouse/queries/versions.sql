-- Which versions made what is kept. Grain: one version of one part. Ordered by part, most rows first.
-- part: coder (of articles), formula (of a pair's days), schema, duckdb; row_count: rows made with it, null where that
-- says nothing.
SELECT 'coder' AS part, coder_version AS version, count(*) AS row_count
FROM articles WHERE coder_version IS NOT NULL GROUP BY coder_version
UNION ALL
SELECT 'formula', formula_version, count(*) FROM daily_dyads GROUP BY formula_version
UNION ALL
SELECT 'schema', max(number)::VARCHAR, NULL FROM migrations
UNION ALL
SELECT 'duckdb', version(), NULL
ORDER BY part, row_count DESC NULLS LAST, version
