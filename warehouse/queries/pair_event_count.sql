-- How many events move one dyad, side_a_code < side_b_code, on days from $since to $until (both included). One row:
-- event_count; first_on and last_on, the first and last of their days, null where there is none.
SELECT count(*) AS event_count, min(d.on_date) AS first_on, max(d.on_date) AS last_on
FROM event_dyads AS d
ANTI JOIN (SELECT event_id FROM events WHERE withdrawn_at_utc IS NOT NULL) AS gone USING (event_id)
WHERE d.side_a_code = $a AND d.side_b_code = $b AND d.on_date >= $since AND d.on_date <= $until
