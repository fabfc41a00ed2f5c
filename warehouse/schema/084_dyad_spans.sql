-- What there is of each dyad, kept with its days: which dyads there are, and the last day of each, need not be looked for in all
-- days of all. Grain: one dyad by version of the formula. Key: all three. See `warehouse/write/indices.py`.
CREATE TABLE dyad_spans (
    side_a_code VARCHAR,
    side_b_code VARCHAR,
    formula_version VARCHAR,
    row_count BIGINT NOT NULL,
    last_on DATE NOT NULL,
    event_count BIGINT NOT NULL,
    PRIMARY KEY (side_a_code, side_b_code, formula_version)
);

COMMENT ON TABLE dyad_spans IS 'How many days daily_dyads has of each dyad, until when, and their events. One row a dyad and version of the formula.';
COMMENT ON COLUMN dyad_spans.side_a_code IS 'the side whose code comes first';
COMMENT ON COLUMN dyad_spans.side_b_code IS 'the other side';
COMMENT ON COLUMN dyad_spans.formula_version IS 'version of the formula';
COMMENT ON COLUMN dyad_spans.row_count IS 'its days';
COMMENT ON COLUMN dyad_spans.last_on IS 'the last of them';
COMMENT ON COLUMN dyad_spans.event_count IS 'their events';

INSERT INTO dyad_spans
SELECT side_a_code, side_b_code, formula_version, count(*), max(on_date), coalesce(sum(event_count), 0)
FROM daily_dyads GROUP BY side_a_code, side_b_code, formula_version;
