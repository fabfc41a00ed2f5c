-- Events with a mention whose article has all asked words and whose sentence or title has one of them, the last reported
-- first. Grain: one event that is not withdrawn. Columns as `events`, and of the first fitting mention: evidence_text,
-- article_title, article_url, outlet_name, language. Parameters and `matching` as in `search_articles.sql`; $needles: the
-- asked words, of which the sentence must have one, empty where no words are asked. found_count: events that fit, at most
-- 1000.
WITH matching AS (
{search_matching}),
fitting AS (
    SELECT l.event_id, m.evidence_text, a.title AS article_title, a.url AS article_url, a.outlet_name, a.language,
        row_number() OVER (PARTITION BY l.event_id ORDER BY a.published_at_utc, m.mention_id) AS place
    FROM mentions AS m JOIN event_mentions AS l USING (mention_id) JOIN articles AS a USING (article_id)
    SEMI JOIN matching USING (article_id)
    WHERE m.superseded_at_utc IS NULL
        AND ($language IS NULL OR a.language = $language) AND ($family IS NULL OR a.family_id = $family)
        AND (len($needles) = 0 OR list_bool_or(list_transform(
            $needles, needle -> contains(strip_accents(lower(m.evidence_text || chr(10) || a.title)), strip_accents(needle)))))
        AND (len($phrases) = 0 OR list_bool_and(list_transform(
            $phrases, phrase -> contains(strip_accents(lower(m.evidence_text || chr(10) || a.title || chr(10) || a.text)), strip_accents(lower(phrase))))))
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
