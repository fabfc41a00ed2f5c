-- Events told in some articles with one of the asked words in its sentence or title, as `search_events.sql` says of all:
-- the same columns, $needles and filters. In braces: the articles, by number, and the first and last of them; and the tables
-- of mentions, links and events, or what is left of them (`search_told_by_numbers.sql`). Articles mostly lie near each other,
-- as do their mentions and events: a pass over those numbers costs less than to look up each.
WITH read AS MATERIALIZED (
    SELECT arrival_number, title, url, outlet_name, language, published_at_utc FROM articles
    WHERE arrival_number IN ({arrival_numbers}) AND arrival_number BETWEEN {first} AND {last}
),
{found_first}told AS MATERIALIZED (
    SELECT m.mention_number, m.mention_id, m.evidence_text, read.*
    FROM {mentions} AS m JOIN read USING (arrival_number)
    WHERE m.superseded_at_utc IS NULL AND list_bool_or(list_transform($needles, needle ->
        contains(strip_accents(lower(m.evidence_text || chr(10) || read.title)), strip_accents(needle))))
),
linked AS MATERIALIZED (
    SELECT l.event_number, told.* FROM {links} AS l JOIN told USING (mention_number)
),
fitting AS (
    SELECT e.event_id, e.event_number, e.last_reported_at_utc, l.evidence_text, l.title AS article_title,
        l.url AS article_url, l.outlet_name, l.language
    FROM {events} AS e JOIN linked AS l USING (event_number)
    WHERE e.withdrawn_at_utc IS NULL
        AND e.last_reported_at_utc >= $since AND e.first_reported_at_utc < $until
        AND ($side IS NULL OR $side IN (e.actor_code, e.target_code)) AND ($type IS NULL OR e.type = $type)
        AND ($status IS NULL OR e.status = $status) AND ($country IS NULL OR e.place_country_code = $country)
    QUALIFY row_number() OVER (PARTITION BY e.event_number ORDER BY l.published_at_utc, l.mention_id) = 1
),
found AS MATERIALIZED (SELECT * FROM fitting ORDER BY last_reported_at_utc DESC, event_id LIMIT $most)
SELECT *, (SELECT count(*) FROM found) AS found_count FROM found
ORDER BY last_reported_at_utc DESC, event_id LIMIT $limit
