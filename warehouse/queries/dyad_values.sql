-- What each dyad stands at on two days: its last row until then, decayed by the half-life (days). Of several versions
-- of the formula the newest speaks (see pair_series.sql).
-- Grain: one dyad with a row until $until. Values in weight points; change = value on $until minus value on $since.
-- event_count: its events after $since. $a and $b: this dyad alone, side_a_code < side_b_code; null: all.
-- What was last heard of more than twenty half-lives ago is taken to be gone (0, thin): a millionth is left of it. So only
-- the newest rows are looked at closely; of older ones nothing but the last day.
WITH ages AS (
    SELECT formula_version, row_number() OVER (
        ORDER BY formula_order(formula_version)
    ) AS age
    FROM (SELECT DISTINCT formula_version FROM dyad_spans)
),
spans AS MATERIALIZED (
    SELECT side_a_code, side_b_code, max(last_on) AS last_on FROM dyad_spans
    WHERE $a IS NULL OR (side_a_code = $a AND side_b_code = $b)
    GROUP BY side_a_code, side_b_code
),
last_days AS (
    SELECT side_a_code, side_b_code, last_on AS last_event_on FROM spans WHERE last_on <= $until
    UNION ALL
    -- Of a day that is long gone: those that were heard of since.
    SELECT side_a_code, side_b_code, max(on_date) FROM daily_dyads
    SEMI JOIN (FROM spans WHERE last_on > $until) AS later USING (side_a_code, side_b_code)
    WHERE on_date <= $until GROUP BY side_a_code, side_b_code
),
asked AS (
    SELECT side_a_code, side_b_code, on_date, tension, deescalation, is_thin,
        (on_date - DATE '0001-01-01') * 1000 + age AS place
    FROM daily_dyads JOIN ages USING (formula_version)
    WHERE on_date <= $until AND ($a IS NULL OR (side_a_code = $a AND side_b_code = $b))
        AND on_date > $since::DATE - ceil(20 * $half_life)::INTEGER
),
picked AS (
    SELECT side_a_code, side_b_code, max(on_date) AS later_on, arg_max(is_thin, place) AS is_thin,
        arg_max(tension, place) AS tension, arg_max(deescalation, place) AS deescalation,
        max(on_date) FILTER (on_date <= $since) AS before_on,
        arg_max(tension, place) FILTER (on_date <= $since) AS tension_before,
        arg_max(deescalation, place) FILTER (on_date <= $since) AS deescalation_before
    FROM asked GROUP BY side_a_code, side_b_code
),
new AS (
    SELECT side_a_code, side_b_code, sum(event_count) AS event_count FROM (
        SELECT side_a_code, side_b_code, arg_max(event_count, age) AS event_count
        FROM daily_dyads JOIN ages USING (formula_version)
        WHERE on_date > $since AND on_date <= $until AND ($a IS NULL OR (side_a_code = $a AND side_b_code = $b))
        GROUP BY side_a_code, side_b_code, on_date
    ) GROUP BY side_a_code, side_b_code
),
stands AS (
    SELECT side_a_code, side_b_code, last_event_on, coalesce(is_thin, true) AS is_thin,
        coalesce(tension * pow(0.5, date_diff('day', later_on, $until::DATE) / $half_life), 0) AS tension,
        coalesce(deescalation * pow(0.5, date_diff('day', later_on, $until::DATE) / $half_life), 0) AS deescalation,
        coalesce(tension_before * pow(0.5, date_diff('day', before_on, $since::DATE) / $half_life), 0)
            AS tension_before,
        coalesce(deescalation_before * pow(0.5, date_diff('day', before_on, $since::DATE) / $half_life), 0)
            AS deescalation_before
    FROM last_days LEFT JOIN picked USING (side_a_code, side_b_code)
)
SELECT side_a_code, side_b_code, last_event_on, tension, deescalation, deescalation - tension AS net, is_thin,
    tension - tension_before AS tension_change,
    deescalation - deescalation_before AS deescalation_change,
    (deescalation - tension) - (deescalation_before - tension_before) AS net_change,
    coalesce(event_count, 0)::BIGINT AS event_count
FROM stands LEFT JOIN new USING (side_a_code, side_b_code)
ORDER BY side_a_code, side_b_code
