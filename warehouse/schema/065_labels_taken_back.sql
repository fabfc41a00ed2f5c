-- A word taken back names the word it takes back. Before, a `right` without another mention took back both that the reading
-- was wrong and that the mention tells another happening; of those, the one it followed was meant.
UPDATE labels SET field = 'separate' WHERE label_id IN (
    SELECT label_id FROM (
        SELECT label_id, verdict, lag(verdict) OVER (PARTITION BY mention_id ORDER BY labelled_at_utc, label_id) AS before
        FROM labels WHERE mention_id IS NOT NULL AND value IS NULL AND verdict IN ('right', 'wrong', 'separate')
    ) WHERE verdict = 'right' AND before = 'separate'
);
COMMENT ON COLUMN labels.field IS 'what is corrected; of right, the word that it takes back (separate, same_event); null: the reading as a whole';
