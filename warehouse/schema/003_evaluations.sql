-- Grain: one measured figure of the coder on one set of labelled items. Key: evaluation_id.
-- Units: counts of gold answers; shares from 0 to 1.
CREATE TABLE evaluations (
    evaluation_id VARCHAR PRIMARY KEY,
    source_name VARCHAR NOT NULL,
    coder_version VARCHAR NOT NULL,
    evaluated_at_utc TIMESTAMPTZ NOT NULL,
    group_kind VARCHAR NOT NULL,
    group_name VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    item_count BIGINT NOT NULL,
    precision DOUBLE,
    recall DOUBLE,
    f1 DOUBLE,
    accuracy DOUBLE
);

COMMENT ON TABLE evaluations IS 'Measured figures of the coder on labelled items. One row a figure.';
COMMENT ON COLUMN evaluations.evaluation_id IS 'the figure: source, coder version, group and measure';
COMMENT ON COLUMN evaluations.source_name IS 'which labelled items: own, or the name of a file';
COMMENT ON COLUMN evaluations.coder_version IS 'version of the coder that was measured';
COMMENT ON COLUMN evaluations.evaluated_at_utc IS 'when it was measured last';
COMMENT ON COLUMN evaluations.group_kind IS 'all, language, type, status or kind';
COMMENT ON COLUMN evaluations.group_name IS 'which language, type, status or kind of sentence; all for everything';
COMMENT ON COLUMN evaluations.measure IS 'relevance, dyad, event, type, status (found), or a field: actor, target, status, date, country, killed, injured';
COMMENT ON COLUMN evaluations.item_count IS 'gold answers it was measured on';
COMMENT ON COLUMN evaluations.precision IS 'share of coded answers that are right, 0-1; null: accuracy of a field';
COMMENT ON COLUMN evaluations.recall IS 'share of gold answers that were found, 0-1; null: accuracy of a field';
COMMENT ON COLUMN evaluations.f1 IS 'harmonic mean of precision and recall, 0-1; null: accuracy of a field';
COMMENT ON COLUMN evaluations.accuracy IS 'share of asked fields that are right, 0-1; null: precision and recall are given';
