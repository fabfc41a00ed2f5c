-- Grain: one dyad, or one state with one partner, on a marked day, by formula version. Key: all four.
-- Made by the indices for themselves: a series is computed on from its last mark before what changed.
CREATE TABLE standing_marks (
    subject VARCHAR,
    partner_code VARCHAR,
    on_date DATE,
    formula_version VARCHAR,
    tension DOUBLE NOT NULL,
    deescalation DOUBLE NOT NULL,
    draws VARCHAR NOT NULL,
    PRIMARY KEY (subject, partner_code, on_date, formula_version)
);
COMMENT ON TABLE standing_marks IS 'Where a dyad, or a state with one partner, stood at the end of some days, from which later days are computed on. One row a pair and marked day.';
COMMENT ON COLUMN standing_marks.subject IS 'both sides of a dyad with a space between, or a state';
COMMENT ON COLUMN standing_marks.partner_code IS 'of a dyad its second side, of a state the other side';
COMMENT ON COLUMN standing_marks.on_date IS 'day (UTC date)';
COMMENT ON COLUMN standing_marks.formula_version IS 'version of the formula';
COMMENT ON COLUMN standing_marks.tension IS 'tension at the end of the day, weight points';
COMMENT ON COLUMN standing_marks.deescalation IS 'de-escalation at the end of the day, weight points';
COMMENT ON COLUMN standing_marks.draws IS 'replicates of tension, then of de-escalation: doubles, little-endian, in base64';

-- What was computed before has no marks: everything is computed once more.
DELETE FROM meta WHERE name = 'indexed_with';
