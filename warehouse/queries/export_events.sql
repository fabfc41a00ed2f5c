-- Events for export, with what of their mentions other layouts ask for. Grain: one event that is not withdrawn and
-- starts within $since and $until (both included) and, where $dyads ('A B', A before B) is not empty, counts in one of
-- these dyads. By first day and id. dyads: the dyads it counts in. actor_sector, target_sector, place_precision: what most
-- of its mentions say; null: none says so. article_url, outlet_name, language, published_at_utc: of its first report.
SELECT e.*, d.dyads, m.actor_sector, m.target_sector, m.place_precision, f.article_url, f.outlet_name, f.language,
    f.published_at_utc
FROM events AS e
LEFT JOIN (
    SELECT event_id, list_sort(list(side_a_code || ' ' || side_b_code)) AS dyads FROM event_dyads GROUP BY event_id
) AS d USING (event_id)
LEFT JOIN (
    SELECT l.event_id, mode(m.actor_sector) AS actor_sector, mode(m.target_sector) AS target_sector,
        mode(m.place_precision) AS place_precision
    FROM event_mentions AS l JOIN mentions AS m USING (mention_id)
    WHERE m.superseded_at_utc IS NULL GROUP BY l.event_id
) AS m USING (event_id)
LEFT JOIN (
    SELECT l.event_id, a.url AS article_url, a.outlet_name, a.language, a.published_at_utc
    FROM event_mentions AS l JOIN mentions AS m USING (mention_id) JOIN articles AS a USING (article_id)
    WHERE m.superseded_at_utc IS NULL
    QUALIFY row_number() OVER (PARTITION BY l.event_id ORDER BY a.published_at_utc, a.article_id, m.evidence_start) = 1
) AS f USING (event_id)
WHERE e.withdrawn_at_utc IS NULL AND e.starts_on >= $since AND e.starts_on <= $until
    AND (len($dyads) = 0 OR list_has_any(coalesce(d.dyads, []), $dyads))
ORDER BY e.starts_on, e.event_id
