-- A number that grows with every committed batch. One row: data_version (count of batches).
SELECT count(*) AS data_version FROM batches
