-- Where a language model's second reading contradicts the rules. Grain: one current mention, its latest second reading;
-- newest first. first_*: what the rules read, which is what counts; second_*: what the model read, null where it reads no
-- event. differs_in: the fields in which the two differ. article_url: where to look who is right.
SELECT s.asked_at_utc, s.model, s.differs_in, m.mention_id, m.confidence,
    m.type AS first_type, s.type AS second_type, m.direction AS first_direction, s.direction AS second_direction,
    m.status AS first_status, s.status AS second_status, m.actor_code AS first_actor_code,
    s.actor_code AS second_actor_code, m.target_code AS first_target_code, s.target_code AS second_target_code,
    m.evidence_text AS first_evidence_text, s.evidence_text AS second_evidence_text, a.outlet_name,
    a.url AS article_url
FROM second_readings AS s
JOIN mentions AS m USING (mention_id)
JOIN articles AS a USING (article_id)
WHERE m.superseded_at_utc IS NULL
QUALIFY row_number() OVER (PARTITION BY s.mention_id ORDER BY s.asked_at_utc DESC, s.reading_id) = 1
    AND s.outcome = 'disagrees'
ORDER BY s.asked_at_utc DESC, m.mention_id
LIMIT $limit
