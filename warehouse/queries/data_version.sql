-- A number that grows with every committed batch and every label (a reader's labels come without a batch).
-- One row: data_version.
SELECT (SELECT count(*) FROM batches) + (SELECT count(*) FROM labels) AS data_version
