-- One day of news again, some days earlier: every row that grouping and merging made of it, under other ids. The day's
-- own rows lie in temporary tables named day_..; what they become goes to tables without keys.
-- Wording, sentences, names, places and tolls are others than on other days, so that no day copies another.
-- Variables: shift, days; name, after ids, which begin as if by chance; tail, after names; day, after, day_then, after_then: the day's date and
-- the next one's, now and then, as texts. -- As many dead as on another day, 1 to 60.
CREATE OR REPLACE TEMPORARY MACRO other_toll(killed) AS 1 + (killed + 7 * getvariable('shift')) % 60;

INSERT INTO articles
SELECT * REPLACE (
    article_id || getvariable('name') AS article_id, url || getvariable('name') AS url, story_id || getvariable('name') AS story_id, content_hash || getvariable('name') AS content_hash,
    published_at_utc - to_days(getvariable('shift')) AS published_at_utc, first_seen_at_utc - to_days(getvariable('shift')) AS first_seen_at_utc,
    coded_at_utc - to_days(getvariable('shift')) AS coded_at_utc)
FROM day_articles;

INSERT INTO article_signatures
SELECT * REPLACE (
    article_id || getvariable('name') AS article_id, story_id || getvariable('name') AS story_id,
    published_at_utc - to_days(getvariable('shift')) AS published_at_utc,
    list_transform(band_keys, key -> xor(key, getvariable('shift') * 7919)) AS band_keys)
FROM day_article_signatures;

INSERT INTO article_copies
SELECT * REPLACE (article_id || getvariable('name') AS article_id, copy_of_id || getvariable('name') AS copy_of_id)
FROM day_article_copies;

INSERT INTO stories
SELECT * REPLACE (
    story_id || getvariable('name') AS story_id, merged_into_id || getvariable('name') AS merged_into_id, split_from_id || getvariable('name') AS split_from_id,
    first_published_at_utc - to_days(getvariable('shift')) AS first_published_at_utc,
    last_published_at_utc - to_days(getvariable('shift')) AS last_published_at_utc,
    -- As the profile writes them: days, articles, names, tolls.
    regexp_replace(
        regexp_replace(
            regexp_replace(
                replace(
                    replace(signature, getvariable('day'), getvariable('day_then')),
                    getvariable('after'), getvariable('after_then')),
                '"([0-9a-f]{20})"', '"\1' || getvariable('name') || '"', 'g'),
            '"place([a-z])', '"place' || getvariable('tail') || '\1', 'g'),
        '"killed ([0-9]+)', '"killed \1' || getvariable('shift'), 'g') AS signature)
FROM day_stories;

INSERT INTO story_keys
SELECT
    CASE WHEN story_key[1] = '@' THEN regexp_replace(story_key, '@(-?)', '@\1' || getvariable('shift')) ELSE story_key END,
    story_id || getvariable('name'), last_published_at_utc - to_days(getvariable('shift'))
FROM day_story_keys;

INSERT INTO mentions
SELECT * REPLACE (
    mention_id || getvariable('name') AS mention_id, article_id || getvariable('name') AS article_id, starts_on - getvariable('shift') AS starts_on,
    ends_on - getvariable('shift') AS ends_on, other_toll(killed_min) AS killed_min, other_toll(killed_max) AS killed_max,
    evidence_text || getvariable('name') AS evidence_text, coded_at_utc - to_days(getvariable('shift')) AS coded_at_utc)
FROM day_mentions;

INSERT INTO merge_keys
SELECT * REPLACE (
    mention_id || getvariable('name') AS mention_id, article_id || getvariable('name') AS article_id, event_id || getvariable('name') AS event_id,
    starts_on - getvariable('shift') AS starts_on, ends_on - getvariable('shift') AS ends_on, told_on - getvariable('shift') AS told_on,
    published_at_utc - to_days(getvariable('shift')) AS published_at_utc,
    md5(sentence_key || getvariable('name'))[:16] AS sentence_key,
    regexp_replace(place_key, '^(-?)', '\1' || getvariable('shift')) AS place_key,
    other_toll(toll_key::BIGINT)::VARCHAR AS toll_key)
FROM day_merge_keys;

INSERT INTO events
SELECT * REPLACE (
    event_id || getvariable('name') AS event_id, starts_on - getvariable('shift') AS starts_on, ends_on - getvariable('shift') AS ends_on,
    other_toll(killed_min) AS killed_min, other_toll(killed_max) AS killed_max,
    first_reported_at_utc - to_days(getvariable('shift')) AS first_reported_at_utc,
    last_reported_at_utc - to_days(getvariable('shift')) AS last_reported_at_utc, updated_at_utc - to_days(getvariable('shift')) AS updated_at_utc)
FROM day_events;

INSERT INTO event_mentions
SELECT * REPLACE (event_id || getvariable('name') AS event_id, mention_id || getvariable('name') AS mention_id)
FROM day_event_mentions;

INSERT INTO event_revisions
SELECT * REPLACE (event_id || getvariable('name') AS event_id, revised_at_utc - to_days(getvariable('shift')) AS revised_at_utc)
FROM day_event_revisions
