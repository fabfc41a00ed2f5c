-- What each dyad stands at on two days: its last row until then, decayed by the half-life (days). Of several versions
-- of the formula the newest speaks (see pair_series.sql).
-- Grain: one dyad with a row until $until. Values in weight points; change = value on $until minus value on $since.
-- $a and $b: this dyad alone, side_a_code < side_b_code; null: all.
WITH asked AS (
    SELECT * FROM daily_dyads WHERE $a IS NULL OR (side_a_code = $a AND side_b_code = $b)
),
ranked AS (
    SELECT side_a_code, side_b_code, on_date, tension, deescalation, is_thin, formula_version, $until::DATE AS day
    FROM asked WHERE on_date <= $until
    UNION ALL
    SELECT side_a_code, side_b_code, on_date, tension, deescalation, is_thin, formula_version, $since::DATE AS day
    FROM asked WHERE on_date <= $since
),
last_rows AS (
    SELECT * FROM ranked
    QUALIFY row_number() OVER (
        PARTITION BY side_a_code, side_b_code, day
        ORDER BY on_date DESC,
            list_transform(string_split(formula_version, '.'), part -> coalesce(TRY_CAST(part AS BIGINT), -1)) DESC,
            formula_version DESC
    ) = 1
),
stands AS (
    SELECT side_a_code, side_b_code, day, on_date, is_thin,
        tension * pow(0.5, date_diff('day', on_date, day) / $half_life) AS tension,
        deescalation * pow(0.5, date_diff('day', on_date, day) / $half_life) AS deescalation
    FROM last_rows
)
SELECT later.side_a_code, later.side_b_code, later.on_date AS last_event_on,
    later.tension, later.deescalation, later.deescalation - later.tension AS net, later.is_thin,
    later.tension - coalesce(earlier.tension, 0) AS tension_change,
    later.deescalation - coalesce(earlier.deescalation, 0) AS deescalation_change,
    (later.deescalation - later.tension) - coalesce(earlier.deescalation - earlier.tension, 0) AS net_change,
    coalesce((SELECT count(*) FROM event_dyads AS e
     WHERE e.side_a_code = later.side_a_code AND e.side_b_code = later.side_b_code
        AND e.on_date > $since AND e.on_date <= $until), 0) AS event_count
FROM stands AS later
LEFT JOIN stands AS earlier
    ON earlier.side_a_code = later.side_a_code AND earlier.side_b_code = later.side_b_code AND earlier.day = $since
WHERE later.day = $until
ORDER BY later.side_a_code, later.side_b_code
