-- Who owns the outlets that have an article. Grain: one outlet family; outlets: names of its outlets, the busiest first.
SELECT family_id, sum(n)::BIGINT AS article_count, list(outlet_name ORDER BY n DESC, outlet_name) AS outlets
FROM (SELECT family_id, outlet_name, count(*) AS n FROM articles GROUP BY ALL)
GROUP BY family_id ORDER BY article_count DESC, family_id
