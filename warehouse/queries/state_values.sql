-- What each state stands at on two days: its last row until then, decayed by the half-life (days). Of several versions
-- of the formula the newest speaks (see pair_series.sql).
-- Grain: one state with a row until $until. Values in weight points; change = value on $until minus value on $since.
-- last_event_on: its last day with an event; event_count: days' events after $since.
WITH lasts AS (
    SELECT state_code, day, max(on_date) AS on_date
    FROM daily_states, (VALUES ($until::DATE), ($since::DATE)) AS days (day)
    WHERE on_date <= day
    GROUP BY state_code, day
),
stands AS (
    SELECT state_code, day, on_date, is_thin,
        tension * pow(0.5, date_diff('day', on_date, day) / $half_life) AS tension,
        deescalation * pow(0.5, date_diff('day', on_date, day) / $half_life) AS deescalation
    FROM lasts JOIN daily_states USING (state_code, on_date)
    QUALIFY row_number() OVER (
        PARTITION BY state_code, day
        ORDER BY formula_order(formula_version) DESC
    ) = 1
),
moved AS (
    SELECT state_code, sum(event_count)::BIGINT AS event_count
    FROM (
        SELECT * FROM daily_states WHERE on_date > $since AND on_date <= $until
        QUALIFY row_number() OVER (
            PARTITION BY state_code, on_date
            ORDER BY formula_order(formula_version) DESC
        ) = 1
    )
    GROUP BY state_code
)
SELECT later.state_code, later.on_date AS last_event_on, later.tension, later.deescalation,
    later.deescalation - later.tension AS net, later.is_thin,
    later.tension - coalesce(earlier.tension, 0) AS tension_change,
    later.deescalation - coalesce(earlier.deescalation, 0) AS deescalation_change,
    (later.deescalation - later.tension) - coalesce(earlier.deescalation - earlier.tension, 0) AS net_change,
    coalesce(moved.event_count, 0) AS event_count
FROM stands AS later
LEFT JOIN stands AS earlier ON earlier.state_code = later.state_code AND earlier.day = $since AND later.day <> $since
LEFT JOIN moved ON moved.state_code = later.state_code
WHERE later.day = $until
ORDER BY later.tension DESC, later.state_code
