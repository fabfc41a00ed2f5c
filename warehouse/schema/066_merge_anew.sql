-- What belongs together is read by other rules: two dates of one night, two words for arms, the soil of a group. Mentions
-- that may come out otherwise are merged once more; events keep their ids.
INSERT INTO merge_queue
SELECT mention_id FROM mentions
WHERE superseded_at_utc IS NULL AND type IN ('ASSAULT', 'COERCE', 'MOBILIZE') AND (
    killed_min >= 3 OR (killed_min IS NOT NULL AND injured_min IS NOT NULL)
    OR (target_code <> upper(target_code) AND place_country_code = actor_code)
)
ON CONFLICT DO NOTHING;
