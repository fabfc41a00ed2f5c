-- Alerts with the sentence behind each, those not acknowledged first, then the newest. Grain: one alert.
-- event_id: the weightiest of its events that still stands; null: none does. evidence_text, article_url, outlet_name,
-- language: of the first report of that event; null with it, and where its mentions were all superseded.
-- {..}: ids, of the events that these alerts (`alerts.sql`) name, of their mentions and of the articles of those.
WITH happened AS MATERIALIZED (SELECT * FROM events WHERE event_number IN ({event_numbers})),
linked AS MATERIALIZED (SELECT * FROM event_mentions WHERE event_number IN ({event_numbers})),
current AS MATERIALIZED (SELECT * FROM mentions WHERE mention_number IN ({mention_numbers}) AND superseded_at_utc IS NULL),
read AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({article_ids})),
picked AS (
    SELECT * FROM alerts WHERE NOT $only_open OR acknowledged_at_utc IS NULL
    ORDER BY acknowledged_at_utc IS NOT NULL, raised_at_utc DESC, alert_id LIMIT $limit
),
named AS (
    SELECT alert_id, unnest(event_ids) AS event_id, generate_subscripts(event_ids, 1) AS place FROM picked
),
weightiest AS (
    SELECT n.alert_id, n.event_id, e.headline FROM named AS n JOIN happened AS e USING (event_id)
    WHERE e.withdrawn_at_utc IS NULL
    QUALIFY row_number() OVER (PARTITION BY n.alert_id ORDER BY n.place) = 1
),
reported AS (
    SELECT w.event_id, m.evidence_text, a.url AS article_url, a.outlet_name, a.language
    FROM (SELECT DISTINCT event_id FROM weightiest) AS w JOIN linked AS l USING (event_id)
    JOIN current AS m USING (mention_id) JOIN read AS a USING (article_id)
    QUALIFY row_number() OVER (PARTITION BY w.event_id ORDER BY a.published_at_utc, a.article_id, m.evidence_start) = 1
)
SELECT p.*, w.event_id, coalesce(r.evidence_text, w.headline) AS evidence_text, r.article_url, r.outlet_name, r.language
FROM picked AS p LEFT JOIN weightiest AS w USING (alert_id) LEFT JOIN reported AS r USING (event_id)
ORDER BY p.acknowledged_at_utc IS NOT NULL, p.raised_at_utc DESC, p.alert_id
