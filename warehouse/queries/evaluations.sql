-- Measured figures of the coder, of each source those of the coder version measured last. Grain: one figure.
-- Columns as `evaluations`; shares from 0 to 1.
SELECT e.* FROM evaluations AS e
JOIN (
    SELECT source_name, arg_max(coder_version, evaluated_at_utc) AS coder_version FROM evaluations GROUP BY source_name
) AS newest USING (source_name, coder_version)
ORDER BY source_name, group_kind, group_name, measure, e.f1 IS NULL
