-- Sums the events up by day, and fills what stands beside them: feeds, polls, batches, labels, alerts.
CREATE OR REPLACE TEMP TABLE day AS
SELECT side_a_code, side_b_code, on_date, coalesce(sum(impact) FILTER (direction = 'escalation'), 0) AS conflict,
    coalesce(sum(impact) FILTER (direction = 'de-escalation'), 0) AS cooperation, count(*) AS event_count
FROM event_dyads GROUP BY ALL;
INSERT INTO daily_dyads (side_a_code, side_b_code, on_date, conflict, cooperation, tension, deescalation, net, lower,
    upper, event_count, outlet_count, family_count, is_thin, formula_version)
WITH level AS (
    SELECT *, sum(conflict * pow(2.0, (on_date - DATE '2020-01-01') / 7.0)) OVER w
            * pow(0.5, (on_date - DATE '2020-01-01') / 7.0) AS tension,
        sum(cooperation * pow(2.0, (on_date - DATE '2020-01-01') / 7.0)) OVER w
            * pow(0.5, (on_date - DATE '2020-01-01') / 7.0) AS deescalation
    FROM day WINDOW w AS (PARTITION BY side_a_code, side_b_code ORDER BY on_date)
)
SELECT side_a_code, side_b_code, on_date, conflict, cooperation, tension, deescalation, deescalation - tension,
    deescalation - tension - 3, deescalation - tension + 3, event_count, event_count, event_count, event_count < 2, '2'
FROM level ORDER BY on_date, side_a_code, side_b_code;
INSERT INTO daily_states (state_code, on_date, conflict, cooperation, tension, deescalation, net, lower, upper,
    event_count, outlet_count, family_count, is_thin, formula_version)
WITH own AS (
    SELECT code AS state_code, on_date, sum(conflict) AS conflict, sum(cooperation) AS cooperation,
        sum(event_count)::BIGINT AS event_count
    FROM (SELECT side_a_code AS code, * FROM day UNION ALL SELECT side_b_code, * FROM day) GROUP BY ALL
), level AS (
    SELECT *, sum(conflict * pow(2.0, (on_date - DATE '2020-01-01') / 7.0)) OVER w
            * pow(0.5, (on_date - DATE '2020-01-01') / 7.0) AS tension,
        sum(cooperation * pow(2.0, (on_date - DATE '2020-01-01') / 7.0)) OVER w
            * pow(0.5, (on_date - DATE '2020-01-01') / 7.0) AS deescalation
    FROM own WINDOW w AS (PARTITION BY state_code ORDER BY on_date)
)
SELECT state_code, on_date, conflict, cooperation, tension, deescalation, deescalation - tension,
    deescalation - tension - 3, deescalation - tension + 3, event_count, event_count, event_count, event_count < 2, '2'
FROM level ORDER BY on_date, state_code;
-- A phase a month, only that the table has its size; what phases are is not of interest here.
INSERT INTO dyad_phases (side_a_code, side_b_code, starts_on, ends_on, name, tension_at_start, tension_at_end,
    driver_event_ids, formula_version)
SELECT side_a_code, side_b_code, date_trunc('month', on_date)::DATE AS starts_on,
    least(date_trunc('month', on_date)::DATE + INTERVAL 1 MONTH, getvariable('last_on')::DATE + INTERVAL 1 DAY)::DATE,
    CASE WHEN max(tension) < 5 THEN 'calm' ELSE 'tense' END, arg_min(tension, on_date), arg_max(tension, on_date), [], '2'
FROM daily_dyads GROUP BY ALL ORDER BY starts_on, side_a_code, side_b_code;
INSERT INTO feeds (feed_id, url, title, outlet_id, outlet_name, family_id, language, origin, status, poll_interval_s,
    next_poll_at_utc, last_polled_at_utc, last_success_at_utc, failure_count, added_at_utc, tags)
SELECT 'feed-' || outlet_id, 'https://' || outlet_id || '.example/rss', outlet_name, outlet_id, outlet_name, family_id,
    language, 'catalogue', 'active', 900, now(), now(), now(), 0, now(), ['world'] FROM outlet;
INSERT INTO polls (poll_id, feed_id, polled_at_utc, outcome, http_status, byte_count, entry_count, new_count,
    revised_count, duration_s)
SELECT name_of('poll', concat_ws(' ', n, k)), 'feed-' || outlet_id,
    getvariable('last_on')::TIMESTAMPTZ + to_minutes(15 * k::INTEGER), 'unchanged', 304, 0, 0, 0, 0, 0.2
FROM outlet, range(96) AS t(k) ORDER BY 3;
INSERT INTO batches (batch_key, table_names, row_count, committed_at_utc)
SELECT 'generated ' || k, 'events', 1, now() FROM range(getvariable('article_count') // 100) AS t(k);
INSERT INTO labels (label_id, mention_id, verdict, labelled_by, labelled_at_utc)
SELECT name_of('label', mention_id), mention_id, 'right', 'reader', now() FROM event_mentions LIMIT 200;
INSERT INTO meta VALUES ('half_life_days', '7.0');
INSERT INTO alerts (alert_id, raised_at_utc, rule, kind, side_a_code, side_b_code, on_date, value, limit_value, detail,
    event_ids, formula_version)
SELECT name_of('alert', event_id), on_date::TIMESTAMPTZ, 'sudden-rise', 'change', side_a_code, side_b_code, on_date, impact, 9,
    'tension rose', [event_id], '2'
FROM event_dyads WHERE impact > 8.9 ORDER BY on_date DESC, event_id LIMIT 40;
