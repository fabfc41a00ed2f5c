-- What changed after the first report of one story, in order of time. Grain: one change.
-- kind: article (a text was edited by its outlet), event (our reading of an event changed) or story (joined: another was
-- put into this one; parted: another was parted from it; parted_from: it was parted from another, changed_at_utc of both is
-- null: not kept); change and detail: what, of stories the id of the other; before and after: titles of an edited article,
-- else null; size_before, size_after: characters of its text. {..}: ids, of its articles and of the events told in them.
WITH read AS MATERIALIZED (SELECT * FROM articles WHERE article_id IN ({article_ids})),
happened AS MATERIALIZED (SELECT * FROM events WHERE event_number IN ({event_numbers})),
edited AS (
    SELECT r.article_id, r.revision, r.seen_at_utc, r.title, length(r.text) AS size,
        lag(r.title) OVER earlier AS title_before, lag(length(r.text)) OVER earlier AS size_before
    FROM article_revisions AS r WHERE r.article_id IN ({article_ids})
    WINDOW earlier AS (PARTITION BY r.article_id ORDER BY r.revision)
)
SELECT 'article' AS kind, x.seen_at_utc AS changed_at_utc, a.outlet_name AS subject, a.language, 'edited' AS change,
    NULL AS detail, x.title_before AS before, x.title AS after, x.size_before, x.size AS size_after
FROM edited AS x JOIN read AS a USING (article_id)
WHERE x.revision > 1 AND x.size_before IS NOT NULL
UNION ALL
SELECT 'event', v.revised_at_utc, e.headline, NULL, v.change, v.detail, NULL, NULL, NULL, NULL
FROM event_revisions AS v JOIN happened AS e USING (event_id)
WHERE v.change <> 'created' AND v.event_number IN ({event_numbers})
UNION ALL
SELECT 'story', s.updated_at_utc, s.title, NULL, 'joined', s.story_id, NULL, NULL, NULL, NULL
FROM stories AS s WHERE s.merged_into_id = $story_id
UNION ALL
SELECT 'story', NULL, s.title, NULL, 'parted', s.story_id, NULL, NULL, NULL, NULL
FROM stories AS s WHERE s.split_from_id = $story_id
UNION ALL
SELECT 'story', NULL, former.title, NULL, 'parted_from', former.story_id, NULL, NULL, NULL, NULL
FROM stories AS s JOIN stories AS former ON former.story_id = s.split_from_id WHERE s.story_id = $story_id
ORDER BY changed_at_utc NULLS FIRST, subject, change
