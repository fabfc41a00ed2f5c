-- How chance is drawn, and what everything is drawn from: sides, dyads, outlets, places, kinds of acts.
-- Given as variables: event_count, article_count, seed, last_on (day), day_count, words (language and words).
-- u: 0 up to 1, the same for the same number, purpose and seed.
CREATE OR REPLACE TEMP MACRO u(number, purpose) AS
    (hash(number, purpose, getvariable('seed')) % 1000003)::DOUBLE / 1000003;
CREATE OR REPLACE TEMP MACRO name_of(kind, number) AS md5(concat_ws(' ', kind, number, getvariable('seed')))[:20];
-- Of n things the first ones are drawn most often; strength 1: all alike.
CREATE OR REPLACE TEMP MACRO pick(number, purpose, n, strength) AS
    least(n - 1, floor(n * pow(u(number, purpose), strength)))::BIGINT;
CREATE OR REPLACE TEMP MACRO day_after(share) AS
    (getvariable('last_on')::DATE - (getvariable('day_count') - 1)::INTEGER
        + least(getvariable('day_count') - 1, floor(share * getvariable('day_count')))::INTEGER);

-- Sides: states in the order given, which is that of how often they are drawn.
CREATE OR REPLACE TEMP TABLE side AS
    SELECT row_number() OVER () - 1 AS n, code, name FROM (
        SELECT unnest(getvariable('side_codes')) AS code, unnest(getvariable('side_names')) AS name);
CREATE OR REPLACE TEMP TABLE dyad AS
    WITH drawn AS (
        SELECT k, pick(k, 'first', (SELECT count(*) FROM side), 2.0) AS x,
            pick(k, 'second', (SELECT count(*) FROM side), 2.0) AS y
        FROM range(20000) AS t(k)
    ), named AS (
        SELECT min((x + 1) * (y + 1)) AS k, least(p.code, q.code) AS a, greatest(p.code, q.code) AS b
        FROM drawn JOIN side AS p ON p.n = x JOIN side AS q ON q.n = y WHERE x <> y GROUP BY ALL
    )
    SELECT row_number() OVER (ORDER BY k, a, b) - 1 AS number, a, b, p.name AS a_name, q.name AS b_name
    FROM named JOIN side AS p ON p.code = a JOIN side AS q ON q.code = b
    QUALIFY number < 4000;
CREATE OR REPLACE TEMP TABLE act AS
    SELECT * FROM (VALUES
        (0, 'ACCUSE', 'disapprove', 'escalation', -3.0, 'accused'), (1, 'CONSULT', 'visit', 'de-escalation', 2.5, 'received'),
        (2, 'ASSAULT', 'aerial', 'escalation', -9.0, 'bombed'), (3, 'REQUEST', NULL, 'neutral', 0.0, 'asked'),
        (4, 'AGREE', NULL, 'de-escalation', 2.5, 'agreed with'), (5, 'SANCTION', 'withdraw', 'escalation', -6.0, 'sanctioned'),
        (6, 'THREATEN', 'violence', 'escalation', -3.5, 'threatened'), (7, 'SUPPORT', NULL, 'de-escalation', 5.0, 'backed'),
        (8, 'AID', NULL, 'de-escalation', 10.0, 'aided'), (9, 'PROTEST', NULL, 'escalation', -5.0, 'protested against')
    ) AS t(n, type, mode, direction, score, verb);
CREATE OR REPLACE TEMP TABLE outlet AS
    SELECT n, 'outlet-' || n AS outlet_id, 'Outlet ' || n AS outlet_name, 'family-' || n % 180 AS family_id,
        getvariable('languages')[1 + pick(n, 'tongue', 12, 1.5)::INTEGER] AS language
    FROM range(270) AS t(n);
CREATE OR REPLACE TEMP TABLE place AS
    SELECT t.n, 'Town ' || t.n AS name, side.code AS country,
        round(-40 + 100 * u(t.n, 'lat'), 2) AS latitude, round(-100 + 240 * u(t.n, 'lon'), 2) AS longitude
    FROM range(3000) AS t(n) JOIN side ON side.n = pick(t.n, 'land', (SELECT count(*) FROM side), 2.0);
