-- Events with a mention whose article has all asked words and whose sentence or title has one of them, the last reported
-- first. Grain: one event that is not withdrawn. Columns as `events`, and of the first fitting mention: evidence_text,
-- article_title, article_url, outlet_name, language. Parameters as in `search_articles.sql`; $needles: the asked words, of
-- which the sentence must have one, empty where no words are asked. found_count: events that fit, at most 1000.
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
),
matching AS (
    SELECT article_id FROM numbers JOIN search_articles USING (article_number) WHERE $word_count > 0
    UNION ALL
    SELECT article_id FROM articles WHERE $word_count = 0
),
fitting AS (
    SELECT l.event_id, m.evidence_text, a.title AS article_title, a.url AS article_url, a.outlet_name, a.language,
        row_number() OVER (PARTITION BY l.event_id ORDER BY a.published_at_utc, m.mention_id) AS place
    FROM mentions AS m JOIN event_mentions AS l USING (mention_id) JOIN articles AS a USING (article_id)
    SEMI JOIN matching USING (article_id)
    WHERE m.superseded_at_utc IS NULL
        AND ($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family)
        AND (len($needles) = 0 OR list_bool_or(list_transform(
            $needles, needle -> contains(strip_accents(lower(m.evidence_text || chr(10) || a.title)), strip_accents(needle)))))
        AND ($phrase_1 IS NULL OR contains(strip_accents(lower(m.evidence_text || chr(10) || a.title || chr(10) || a.text)), strip_accents(lower($phrase_1))))
        AND ($phrase_2 IS NULL OR contains(strip_accents(lower(m.evidence_text || chr(10) || a.title || chr(10) || a.text)), strip_accents(lower($phrase_2))))
        AND ($phrase_3 IS NULL OR contains(strip_accents(lower(m.evidence_text || chr(10) || a.title || chr(10) || a.text)), strip_accents(lower($phrase_3))))
),
found AS (
    SELECT e.*, f.evidence_text, f.article_title, f.article_url, f.outlet_name, f.language
    FROM events AS e JOIN fitting AS f USING (event_id)
    WHERE f.place = 1 AND e.withdrawn_at_utc IS NULL
        AND e.last_reported_at_utc >= $since AND e.first_reported_at_utc < $until
        AND ($side IS NULL OR $side IN (e.actor_code, e.target_code)) AND ($type IS NULL OR e.type = $type)
        AND ($status IS NULL OR e.status = $status) AND ($country IS NULL OR e.place_country_code = $country)
    ORDER BY e.last_reported_at_utc DESC, e.event_id LIMIT 1000
)
SELECT found.*, (SELECT count(*) FROM found) AS found_count FROM found
ORDER BY last_reported_at_utc DESC, event_id LIMIT $limit
