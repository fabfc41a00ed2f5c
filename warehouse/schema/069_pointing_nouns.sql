-- A report that tells of an act by a noun alone ("the attack"), without day, toll or town, is of the last such event told
-- before; and what has happened has no day after its publication. Mentions that may come out otherwise are merged once more.
ALTER TABLE merge_keys ADD COLUMN is_pointing BOOLEAN DEFAULT false;
COMMENT ON COLUMN merge_keys.is_pointing IS 'whether a noun alone tells the act, without toll or town: where it states no day, that of the last such event told before is its own';
COMMENT ON COLUMN merge_keys.told_by IS 'how that day is known: stated, published, sentence (told before in the same words), place, toll, noun (the last such event told before), or interval (the best-told day within it)';
INSERT INTO merge_queue
SELECT mention_id FROM mentions AS m JOIN articles AS a USING (article_id)
WHERE m.superseded_at_utc IS NULL AND m.status IN ('occurred', 'alleged', 'denied') AND (
    (m.type IN ('ASSAULT', 'COERCE', 'AGREE', 'CONCEDE', 'RETREAT') AND m.trace LIKE '%"voice": "noun"%')
    OR m.starts_on > coalesce(a.published_at_utc, a.first_seen_at_utc)::DATE + 1
)
ON CONFLICT DO NOTHING;
