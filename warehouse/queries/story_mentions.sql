-- What the articles of one story say, by event. Grain: one current mention; event_id is null where none was made of it.
-- told_count: how many of the story's mentions tell of the same event. owner_*: as outlet_families has them; null: not known.
-- {..}: ids, of the story's articles, of their mentions and of the events of those.
WITH read AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({article_ids})),
told AS MATERIALIZED (SELECT * FROM mentions WHERE arrival_number IN ({arrival_numbers})),
linked AS MATERIALIZED (SELECT * FROM event_mentions WHERE mention_number IN ({mention_numbers})),
happened AS MATERIALIZED (SELECT * FROM events WHERE event_number IN ({event_numbers}))
SELECT l.event_id, m.mention_id, m.article_id, m.type, m.mode, m.direction, m.status, m.confidence, m.is_symmetric,
    m.actor_code, m.actor_name, m.target_code, m.target_name, m.starts_on, m.ends_on, m.place_name, m.attribution,
    m.killed_min, m.killed_max, m.injured_min, m.injured_max, m.evidence_text, m.trace,
    a.outlet_name, a.family_id, a.language, a.published_at_utc, a.url AS article_url,
    e.headline, e.withdrawn_at_utc, w.family_name AS owner_name, w.owner_kind, w.country_code AS owner_country_code,
    count(*) OVER (PARTITION BY coalesce(l.event_id, m.mention_id)) AS told_count
FROM read AS a JOIN told AS m USING (article_id)
LEFT JOIN linked AS l USING (mention_id) LEFT JOIN happened AS e USING (event_id)
LEFT JOIN outlet_families AS w ON w.family_id = a.family_id
WHERE m.superseded_at_utc IS NULL
ORDER BY told_count DESC, coalesce(l.event_id, m.mention_id), a.published_at_utc, m.evidence_start, m.mention_id
