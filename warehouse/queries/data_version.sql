-- A number that grows with every committed batch, every label, order, note, removed note and acknowledged alert (a
-- reader's come without a batch).
-- One row: data_version.
SELECT (SELECT count(*) FROM batches) + (SELECT count(*) FROM labels) + (SELECT count(*) FROM feed_orders)
    + (SELECT count(*) FROM alerts WHERE acknowledged_at_utc IS NOT NULL)
    + (SELECT count(*) + count(removed_at_utc) FROM dyad_notes) AS data_version
