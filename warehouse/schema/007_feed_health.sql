-- What polling learns of each feed, kept beside its polling state. Grain and key of feeds as before.
-- The empty lists are written as text: DuckDB 1.5 cannot replay `ADD COLUMN ... DEFAULT []` from its log, and a warehouse
-- whose first process was killed would never open again.
ALTER TABLE feeds ADD COLUMN new_by_hour DOUBLE[] DEFAULT '[]';
ALTER TABLE feeds ADD COLUMN observed_days DOUBLE;
ALTER TABLE feeds ADD COLUMN longest_gap_s DOUBLE;
ALTER TABLE feeds ADD COLUMN newest_entry_at_utc TIMESTAMP WITH TIME ZONE;
ALTER TABLE feeds ADD COLUMN stale_after_utc TIMESTAMP WITH TIME ZONE;
ALTER TABLE feeds ADD COLUMN empty_since_utc TIMESTAMP WITH TIME ZONE;
ALTER TABLE feeds ADD COLUMN hint_interval_s BIGINT;
ALTER TABLE feeds ADD COLUMN skip_hours BIGINT[] DEFAULT '[]';
ALTER TABLE feeds ADD COLUMN skip_weekdays BIGINT[] DEFAULT '[]';
ALTER TABLE feeds ADD COLUMN next_poll_reason VARCHAR;

COMMENT ON COLUMN feeds.new_by_hour IS 'new entries by UTC hour of publication, 0 to 23, older ones fading (half-life a week); empty: nothing learned';
COMMENT ON COLUMN feeds.observed_days IS 'days of watching that new_by_hour stands for, fading alike; null: nothing learned';
COMMENT ON COLUMN feeds.longest_gap_s IS 'longest silence between two of its entries, older ones fading (half-life two weeks), seconds; null: none seen';
COMMENT ON COLUMN feeds.newest_entry_at_utc IS 'publication of its newest entry, or when it came where it has no date; null: none came';
COMMENT ON COLUMN feeds.stale_after_utc IS 'from when on its silence is beyond its habit; null: no entry came';
COMMENT ON COLUMN feeds.empty_since_utc IS 'since when its answers hold no entry at all; null: the last answer held some, or none came';
COMMENT ON COLUMN feeds.hint_interval_s IS 'how often its publisher says it changes (ttl, sy:updatePeriod), seconds; null: not said';
COMMENT ON COLUMN feeds.skip_hours IS 'UTC hours in which its publisher asks not to be asked (skipHours); empty: none';
COMMENT ON COLUMN feeds.skip_weekdays IS 'days of the week, 0 is Monday, on which its publisher asks not to be asked (skipDays); empty: none';
COMMENT ON COLUMN feeds.next_poll_reason IS 'why it is asked again when it is; null: not asked yet';

-- How every feed is at one instant. Grain: one feed that is not retired, and not from an archive. Key: feed_id.
-- Counts and shares are of the seven days before the instant, lags of the thirty days before it. The first answer of a
-- feed brings what it had before we came, so yield, repeats and lags leave it out.
CREATE MACRO feed_health_at(instant) AS TABLE
WITH asked AS (
    SELECT feed_id, min(polled_at_utc) FILTER (outcome = 'fetched') AS first_at_utc
    FROM polls WHERE polled_at_utc <= instant GROUP BY feed_id
), week AS (
    SELECT p.feed_id,
        count(*) AS poll_count,
        count(*) FILTER (outcome = 'failed') AS failed_count,
        sum(new_count)::BIGINT AS new_count,
        coalesce(sum(new_count) FILTER (polled_at_utc > first_at_utc), 0)::DOUBLE AS later_new_count,
        count(*) FILTER (polled_at_utc > first_at_utc)::DOUBLE AS later_poll_count,
        sum(entry_count) FILTER (polled_at_utc > first_at_utc)::DOUBLE AS shown_count
    FROM polls AS p JOIN asked AS a USING (feed_id)
    WHERE polled_at_utc <= instant AND polled_at_utc > instant - INTERVAL 7 DAY GROUP BY p.feed_id
), lags AS (
    SELECT e.feed_id,
        quantile_cont(epoch(first_seen_at_utc) - epoch(published_at_utc), 0.5) AS lag_median_s,
        quantile_cont(epoch(first_seen_at_utc) - epoch(published_at_utc), 0.9) AS lag_p90_s
    FROM entries AS e JOIN asked AS a USING (feed_id)
    WHERE published_source = 'feed' AND first_seen_at_utc <= instant
        AND first_seen_at_utc > instant - INTERVAL 30 DAY AND published_at_utc > first_at_utc
    GROUP BY e.feed_id
), kept AS (
    SELECT feed_id, count(*) AS entry_count FROM entries GROUP BY feed_id
)
SELECT
    f.feed_id, f.outlet_name, f.title, f.url, f.language, f.status,
    CASE
        WHEN f.status <> 'active' THEN f.status
        WHEN f.failing_since_utc IS NOT NULL THEN 'failing'
        WHEN f.last_polled_at_utc IS NULL THEN 'waiting'
        WHEN f.empty_since_utc <= instant - INTERVAL 1 DAY THEN 'silently dead'
        WHEN f.stale_after_utc < instant THEN 'stale'
        ELSE 'fine'
    END AS state,
    f.failing_since_utc, f.failure_class, f.failure_reason, f.failure_count,
    f.last_polled_at_utc, f.last_success_at_utc, f.newest_entry_at_utc, f.stale_after_utc, f.empty_since_utc,
    f.next_poll_at_utc, f.next_poll_reason, f.poll_interval_s,
    coalesce(w.poll_count, 0) AS poll_count,
    coalesce(w.failed_count, 0) AS failed_count,
    coalesce(w.new_count, 0) AS new_count,
    coalesce(k.entry_count, 0) AS entry_count,
    CASE WHEN a.first_at_utc < instant - INTERVAL 1 HOUR THEN w.later_new_count
        / least(7.0, (epoch(instant) - epoch(a.first_at_utc)) / 86400) END AS new_per_day,
    w.later_new_count / nullif(w.later_poll_count, 0) AS new_per_poll,
    greatest(0.0, 1 - w.later_new_count / nullif(w.shown_count, 0)) AS repeat_share,
    l.lag_median_s, l.lag_p90_s
FROM feeds AS f
LEFT JOIN asked AS a USING (feed_id)
LEFT JOIN week AS w USING (feed_id)
LEFT JOIN lags AS l USING (feed_id)
LEFT JOIN kept AS k USING (feed_id)
WHERE f.status <> 'retired' AND f.origin <> 'backfill';

CREATE VIEW feed_health AS SELECT * FROM feed_health_at(now());

COMMENT ON VIEW feed_health IS 'How every feed is now. One row a feed that is polled or paused; counts and shares of the last seven days, lags of the last thirty, without the first answer of a feed where it says "later".';
COMMENT ON COLUMN feed_health.feed_id IS 'the feed';
COMMENT ON COLUMN feed_health.outlet_name IS 'who publishes it, for people';
COMMENT ON COLUMN feed_health.title IS 'headline or name, as published';
COMMENT ON COLUMN feed_health.url IS 'address';
COMMENT ON COLUMN feed_health.language IS 'ISO 639-1 or -3; null: not known';
COMMENT ON COLUMN feed_health.status IS 'active or paused';
COMMENT ON COLUMN feed_health.state IS 'paused; failing; waiting (not asked yet); silently dead (answers, but has been empty for a day); stale (silent beyond its own habit); fine';
COMMENT ON COLUMN feed_health.failing_since_utc IS 'first failure of the present row; null: it works';
COMMENT ON COLUMN feed_health.failure_class IS 'temporary, soft or hard; null: it works';
COMMENT ON COLUMN feed_health.failure_reason IS 'why the last poll failed; null: it works';
COMMENT ON COLUMN feed_health.failure_count IS 'failures in a row';
COMMENT ON COLUMN feed_health.last_polled_at_utc IS 'last poll; null: none yet';
COMMENT ON COLUMN feed_health.last_success_at_utc IS 'last poll that worked; null: none yet';
COMMENT ON COLUMN feed_health.newest_entry_at_utc IS 'publication of its newest entry, or when it came where it has no date; null: none came';
COMMENT ON COLUMN feed_health.stale_after_utc IS 'from when on its silence is beyond its habit; null: no entry came';
COMMENT ON COLUMN feed_health.empty_since_utc IS 'since when its answers hold no entry at all; null: the last answer held some, or none came';
COMMENT ON COLUMN feed_health.next_poll_at_utc IS 'when it is asked next; null: at once';
COMMENT ON COLUMN feed_health.next_poll_reason IS 'why then; null: not asked yet';
COMMENT ON COLUMN feed_health.poll_interval_s IS 'learned time between polls, seconds; null: not learned yet';
COMMENT ON COLUMN feed_health.poll_count IS 'polls';
COMMENT ON COLUMN feed_health.failed_count IS 'polls that failed';
COMMENT ON COLUMN feed_health.new_count IS 'entries not seen before, those of its first answer included';
COMMENT ON COLUMN feed_health.entry_count IS 'entries kept, of all time';
COMMENT ON COLUMN feed_health.new_per_day IS 'later new entries a day; null: watched for less than an hour';
COMMENT ON COLUMN feed_health.new_per_poll IS 'later new entries a poll; null: no later poll';
COMMENT ON COLUMN feed_health.repeat_share IS 'share of the entries shown by later answers that were known already, 0 to 1; null: none shown';
COMMENT ON COLUMN feed_health.lag_median_s IS 'seconds between publication and our knowing, half are shorter; null: nothing dated came later';
COMMENT ON COLUMN feed_health.lag_p90_s IS 'seconds between publication and our knowing, nine of ten are shorter; null: nothing dated came later';
