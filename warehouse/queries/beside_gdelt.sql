-- Our days of one dyad beside what GDELT counted between the same two sides, side_a_code < side_b_code.
-- Grain: one day on which either of us has an event. Keys: on_date.
-- Units: tension, deescalation and net in weight points, null where we have no row for the day; counts of events and of
-- mentions; gdelt_goldstein_score is the mean of GDELT's Goldstein scores (-10 to +10) weighted by mentions, null
-- without any. GDELT's sides are taken by our code or by their state, in either direction; statements that are no event
-- in our codebook count in gdelt_event_count only. A GDELT day is the day its coder gave the event.
WITH ours AS (
    SELECT * FROM daily_dyads
    WHERE side_a_code = $a AND side_b_code = $b AND on_date >= $since AND on_date <= $until
    QUALIFY row_number() OVER (
        PARTITION BY on_date
        ORDER BY formula_order(formula_version) DESC
    ) = 1
),
theirs AS (
    SELECT
        on_date,
        count(*) AS gdelt_event_count,
        count(*) FILTER (direction = 'escalation') AS gdelt_escalation_count,
        count(*) FILTER (direction = 'de-escalation') AS gdelt_deescalation_count,
        sum(mention_count)::BIGINT AS gdelt_mention_count,
        sum(goldstein_score * mention_count) / nullif(sum(mention_count) FILTER (goldstein_score IS NOT NULL), 0)
            AS gdelt_goldstein_score
    FROM gdelt_events
    WHERE on_date >= $since AND on_date <= $until
      AND (($a IN (actor_code, actor_country_code) AND $b IN (target_code, target_country_code))
        OR ($b IN (actor_code, actor_country_code) AND $a IN (target_code, target_country_code)))
    GROUP BY on_date
)
SELECT
    on_date,
    ours.tension,
    ours.deescalation,
    ours.net,
    coalesce(ours.event_count, 0) AS event_count,
    coalesce(theirs.gdelt_event_count, 0) AS gdelt_event_count,
    coalesce(theirs.gdelt_escalation_count, 0) AS gdelt_escalation_count,
    coalesce(theirs.gdelt_deescalation_count, 0) AS gdelt_deescalation_count,
    coalesce(theirs.gdelt_mention_count, 0) AS gdelt_mention_count,
    theirs.gdelt_goldstein_score
FROM ours FULL JOIN theirs USING (on_date)
WHERE coalesce(ours.event_count, 0) + coalesce(theirs.gdelt_event_count, 0) > 0
ORDER BY on_date
