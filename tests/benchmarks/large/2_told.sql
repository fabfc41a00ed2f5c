-- The happenings and tellings of articles number $first up to $until (not included), as temporary tables that
-- 3_rows.sql writes down. Articles come in order of time and each tells its share of the events; one event in five is
-- told by a second article too.
-- Grain of happening: one event. Of telling: one mention.
CREATE OR REPLACE TEMP TABLE happening AS
WITH numbered AS (
    SELECT i, (i * getvariable('article_count')) // getvariable('event_count') AS article,
        i / getvariable('event_count')::DOUBLE AS share
    FROM range(
        (getvariable('first') * getvariable('event_count') + getvariable('article_count') - 1) // getvariable('article_count'),
        (getvariable('until') * getvariable('event_count') + getvariable('article_count') - 1) // getvariable('article_count')
    ) AS t(i)
), drawn AS (
    SELECT *, day_after(greatest(0.0, share - 0.002 * pow(u(i, 'late'), 6))) AS starts_on,
        pick(i, 'dyad', (SELECT count(*) FROM dyad), 3.0) AS dyad_n, pick(i, 'act', 10, 1.6) AS act_n,
        u(i, 'turn') < 0.5 AS is_turned, pick(i, 'place', 3000, 2.0) AS place_n, u(i, 'placed') < 0.6 AS is_placed,
        1 + floor(8 * pow(u(i, 'tellers'), 5))::BIGINT AS tellers,
        day_after(share)::TIMESTAMPTZ + to_seconds(86400 * u(i, 'hour')) AS told_at
    FROM numbered
)
SELECT i, article, name_of('event', i) AS event_id, a.type, a.mode, a.direction, a.score,
    CASE WHEN is_turned THEN d.b ELSE d.a END AS actor, CASE WHEN is_turned THEN d.b_name ELSE d.a_name END AS actor_name,
    CASE WHEN is_turned THEN d.a ELSE d.b END AS target, CASE WHEN is_turned THEN d.a_name ELSE d.b_name END AS target_name,
    d.a AS side_a_code, d.b AS side_b_code, a.type IN ('CONSULT', 'AGREE') AS is_symmetric,
    CASE WHEN u(i, 'claim') < 0.85 THEN 'occurred' WHEN u(i, 'claim') < 0.95 THEN 'alleged' ELSE 'planned' END AS status,
    starts_on, CASE WHEN is_placed THEN p.name END AS place_name, CASE WHEN is_placed THEN p.country END AS place_country,
    CASE WHEN is_placed THEN p.latitude END AS latitude, CASE WHEN is_placed THEN p.longitude END AS longitude,
    CASE WHEN a.type = 'ASSAULT' AND u(i, 'dead') < 0.5 THEN floor(30 * pow(u(i, 'dead'), 2))::BIGINT END AS killed,
    round(0.5 + 0.49 * u(i, 'sure'), 2) AS confidence, tellers, told_at,
    concat(CASE WHEN is_turned THEN d.b_name ELSE d.a_name END, ' ', a.verb, ' ',
        CASE WHEN is_turned THEN d.a_name ELSE d.b_name END, ' near ', p.name, '.') AS sentence
FROM drawn JOIN dyad AS d ON d.number = dyad_n JOIN act AS a ON a.n = act_n JOIN place AS p ON p.n = place_n;

CREATE OR REPLACE TEMP TABLE telling AS
WITH told AS (
    SELECT h.*, unnest(range(CASE WHEN u(i, 'again') < 0.2 THEN 2 ELSE 1 END)) AS k FROM happening AS h
)
SELECT * EXCLUDE (article), name_of('mention', concat_ws(' ', i, k)) AS mention_id,
    getvariable('first') + (article - getvariable('first') + 7 * k) % (getvariable('until') - getvariable('first')) AS article
FROM told;

-- Grain: one article, with the sentences of its events after two lines of its own words.
CREATE OR REPLACE TEMP TABLE page AS
WITH own AS (
    SELECT t.n, o.* EXCLUDE (n), t.n / getvariable('article_count')::DOUBLE AS share, w.words
    FROM range(getvariable('first'), getvariable('until')) AS t(n)
    JOIN outlet AS o ON o.n = pick(t.n, 'outlet', 270, 2.0) JOIN tongue AS w ON w.language = o.language
), told AS (
    SELECT article, string_agg(sentence, chr(10) ORDER BY i, k) AS sentences FROM telling GROUP BY article
)
SELECT own.n, name_of('article', own.n) AS article_id, own.outlet_id, own.outlet_name, own.family_id, own.language,
    name_of('story', own.n // 5) AS story_id, share,
    day_after(share)::TIMESTAMPTZ + to_seconds(86399 * (share * getvariable('day_count') % 1)) AS published,
    concat_ws(' ', upper(words[1 + pick(own.n, 't1', len(words), 1.5)::INTEGER][:1])
            || words[1 + pick(own.n, 't1', len(words), 1.5)::INTEGER][2:],
        words[1 + pick(own.n, 't2', len(words), 1.5)::INTEGER], words[1 + pick(own.n, 't3', len(words), 1.5)::INTEGER]) AS title,
    concat_ws(chr(10),
        concat_ws(' ', words[1 + pick(own.n, 'w1', len(words), 1.5)::INTEGER], words[1 + pick(own.n, 'w2', len(words), 1.5)::INTEGER],
            words[1 + pick(own.n, 'w3', len(words), 1.5)::INTEGER], words[1 + pick(own.n, 'w4', len(words), 1.5)::INTEGER],
            words[1 + pick(own.n, 'w5', len(words), 1.5)::INTEGER], words[1 + pick(own.n, 'w6', len(words), 1.5)::INTEGER],
            'reporter' || pick(own.n, 'who', 20000, 1.0)),
        told.sentences) AS text
FROM own LEFT JOIN told ON told.article = own.n;
