-- Events with a mention whose article has all asked words and whose sentence or title has one of them, the last reported
-- first. Grain: one event that is not withdrawn. event_id, event_number, last_reported_at_utc, and of the first fitting mention: evidence_text, article_title,
-- article_url, outlet_name, language. Parameters as in `search_articles.sql`; $needles: the asked words, of which the
-- sentence must have one, empty where no words are asked. found_count: events that fit, at most $most.
-- In braces: articles with all asked words, one arrival_number a row; that the phrases stand there, or true; one of the `search_told_by_*.sql`; the tables of events
-- and articles, or what is left of them where ids are known; and that an article is to match, unless `told` says so.
WITH matching AS ({matching}),
asked AS (
    SELECT event_id, event_number, last_reported_at_utc FROM {events} AS e
    WHERE e.withdrawn_at_utc IS NULL
        AND e.last_reported_at_utc >= $since AND e.first_reported_at_utc < $until
        AND ($side IS NULL OR $side IN (e.actor_code, e.target_code)) AND ($type IS NULL OR e.type = $type)
        AND ($status IS NULL OR e.status = $status) AND ($country IS NULL OR e.place_country_code = $country)
),
{told}fitting AS (
    SELECT m.event_id, m.event_number, m.last_reported_at_utc, m.evidence_text, a.title AS article_title, a.url AS article_url,
        a.outlet_name, a.language
    FROM told AS m JOIN {articles} AS a USING (article_id) {among}
    WHERE ($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family)
        AND (len($needles) = 0 OR list_bool_or(list_transform(
            $needles, needle -> contains(strip_accents(lower(m.evidence_text || chr(10) || a.title)), strip_accents(needle)))))
        AND {phrased}
    QUALIFY row_number() OVER (PARTITION BY m.event_id ORDER BY a.published_at_utc, m.mention_id) = 1
),
found AS (SELECT * FROM fitting ORDER BY last_reported_at_utc DESC, event_id LIMIT $most)
SELECT *, (SELECT count(*) FROM found) AS found_count FROM found
ORDER BY last_reported_at_utc DESC, event_id LIMIT $limit
