-- Writes what 2_told.sql made into the warehouse's own tables, in order of time, as the flows do.
INSERT INTO entries (entry_id, feed_id, outlet_id, guid, url, title, language, published_at_utc, published_source,
    first_seen_at_utc, last_seen_at_utc, content_hash, revision, article_id)
SELECT name_of('entry', n), 'feed-' || outlet_id, outlet_id, 'guid ' || n, 'https://' || outlet_id || '.example/' || n, title,
    language, published, 'feed', published, published, md5(title), 1, article_id
FROM page ORDER BY n;

INSERT INTO articles (article_id, url, outlet_id, outlet_name, family_id, title, text, text_source, language,
    published_at_utc, published_source, first_seen_at_utc, fetched_at_utc, content_hash, revision, coder_version,
    coded_at_utc, is_relevant, relevance, story_id, is_demo, arrival_number)
SELECT article_id, 'https://' || outlet_id || '.example/' || n, outlet_id, outlet_name, family_id, title, text, 'page',
    language, published, 'feed', published, published, md5(text), 1, 'generated', published, true, 0.9, story_id, false, n + 1
FROM page ORDER BY n;

INSERT INTO article_revisions (article_id, revision, title, text, content_hash, seen_at_utc)
SELECT article_id, 1, title, text, md5(text), published FROM page ORDER BY n;

INSERT INTO stories (story_id, title, first_published_at_utc, last_published_at_utc, article_count, outlet_count,
    family_count, language_count, signature, updated_at_utc)
SELECT story_id, arg_min(title, n), min(published), max(published), count(*), count(DISTINCT outlet_id),
    count(DISTINCT family_id), count(DISTINCT language), '{}', max(published)
FROM page GROUP BY story_id ORDER BY min(n);

INSERT INTO mentions (mention_id, article_id, article_revision, type, mode, direction, score, actor_code, actor_name,
    actor_country_code, actor_sector, target_code, target_name, target_country_code, target_sector, is_symmetric, status,
    starts_on, ends_on, date_precision, place_name, place_country_code, latitude, longitude, place_precision, killed_min,
    killed_max, confidence, evidence_start, evidence_end, evidence_text, trace, coder_version, coded_at_utc,
    arrival_number, mention_number)
SELECT mention_id, p.article_id, 1, type, mode, direction, score, actor, actor_name, actor, 'GOV', target, target_name,
    target, 'GOV', is_symmetric, status, starts_on, starts_on + 1, 'day', place_name, place_country, t.latitude, t.longitude,
    CASE WHEN place_name IS NOT NULL THEN 'city' END, killed, killed, confidence, place, place + length(sentence), sentence,
    '{}', 'generated', p.published, p.n + 1, 2 * i + k + 1
FROM (
    SELECT *, length(q.title) + 1 + strpos(q.text, chr(10)) + coalesce(sum(length(sentence) + 1) OVER (
        PARTITION BY article ORDER BY i, k ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::BIGINT AS place
    FROM telling JOIN (SELECT n, title, text FROM page) AS q ON q.n = telling.article
) AS t JOIN page AS p ON p.n = t.article ORDER BY i, k;

INSERT INTO events (event_id, type, mode, direction, score, actor_code, actor_name, actor_country_code, target_code,
    target_name, target_country_code, is_symmetric, status, starts_on, ends_on, date_precision, place_name,
    place_country_code, latitude, longitude, killed_min, killed_max, confidence, mention_count, article_count,
    outlet_count, family_count, first_reported_at_utc, last_reported_at_utc, headline, revision, updated_at_utc,
    event_number)
SELECT event_id, type, mode, direction, score, actor, actor_name, actor, target, target_name, target, is_symmetric,
    status, starts_on, starts_on + 1, 'day', place_name, place_country, latitude, longitude, killed, killed, confidence,
    tellers, tellers, tellers, tellers, told_at, told_at + to_hours((40 * u(i, 'later'))::INTEGER), sentence, 1, told_at,
    i + 1
FROM happening ORDER BY i;

INSERT INTO event_mentions (event_id, mention_id, reason, family_id, stance, said_by, event_number, mention_number)
SELECT event_id, mention_id, 'the first to report it', p.family_id, 'reports', p.outlet_name, i + 1, 2 * i + k + 1
FROM telling JOIN page AS p ON p.n = telling.article ORDER BY i, k;

INSERT INTO event_revisions (event_id, revision, change, detail, revised_at_utc, event_number)
SELECT event_id, 1, 'created', '1 mentions of 1 families', told_at, i + 1 FROM happening ORDER BY i;

INSERT INTO event_dyads (event_id, side_a_code, side_b_code, on_date, direction, weight, impact, reason, undone_share,
    event_number)
SELECT event_id, side_a_code, side_b_code, starts_on, direction, confidence, confidence * abs(score), 'sides', 0, i + 1
FROM happening WHERE status <> 'planned' ORDER BY i;

-- The words of the search, a segment a piece of articles, as warehouse.search_index leaves them.
INSERT INTO search_articles (article_id, article_number, revision, arrival_number)
SELECT article_id, n + 1, 1, n + 1 FROM page ORDER BY n;
INSERT INTO search_words (word, article_number, segment_number)
SELECT DISTINCT unnest(coalesce(f.forms, [lower(t.word)])) AS word, n + 1, getvariable('segment')
FROM (SELECT n, unnest(regexp_extract_all(title || ' ' || text, '[^\s.]+')) AS word FROM page) AS t
LEFT JOIN folded AS f ON f.word = t.word ORDER BY ALL;
INSERT INTO search_segments (segment_number, level, article_count)
SELECT getvariable('segment'), 2, count(*) FROM page HAVING count(*) > 0;
