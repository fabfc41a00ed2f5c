-- How much of what is kept can be searched. One row: the share of articles whose words are kept, 0 to 1.
SELECT coalesce((SELECT count(*) FROM search_articles) / nullif((SELECT count(*) FROM articles), 0), 1)::DOUBLE
    AS indexed_share
