-- What the rows were made by, so that a copy of the file explains itself. Written when Mereda starts, from the lists that
-- are kept with its code.
-- Grain: one type of event or one of its modes. Key: type, mode.
CREATE TABLE codebook (
    type VARCHAR NOT NULL,
    mode VARCHAR NOT NULL,
    quad BIGINT NOT NULL,
    score DOUBLE NOT NULL,
    direction VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    examples_for VARCHAR[] NOT NULL,
    examples_against VARCHAR[] NOT NULL,
    source VARCHAR NOT NULL,
    PRIMARY KEY (type, mode)
);
COMMENT ON TABLE codebook IS 'What each type of event and each mode means. One row a type or mode.';
COMMENT ON COLUMN codebook.type IS 'PLOVER type';
COMMENT ON COLUMN codebook.mode IS 'finer kind of the type; empty: the type itself';
COMMENT ON COLUMN codebook.quad IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict';
COMMENT ON COLUMN codebook.score IS 'how hostile (-10) or friendly (+10)';
COMMENT ON COLUMN codebook.direction IS 'escalation, de-escalation or neutral, where the text says nothing else';
COMMENT ON COLUMN codebook.definition IS 'what belongs to it';
COMMENT ON COLUMN codebook.examples_for IS 'sentences that belong to it; none for a mode';
COMMENT ON COLUMN codebook.examples_against IS 'sentences that do not, and what they are; none for a mode';
COMMENT ON COLUMN codebook.source IS 'where definition and score come from';

-- Grain: one number of one version of the formula. Key: formula_version, name.
CREATE TABLE formula_numbers (
    formula_version VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    PRIMARY KEY (formula_version, name)
);
COMMENT ON TABLE formula_numbers IS 'The numbers of each version of the formula of the daily indices. One row a number.';
COMMENT ON COLUMN formula_numbers.formula_version IS 'version, as daily_dyads and daily_states name it';
COMMENT ON COLUMN formula_numbers.name IS 'which number; after a dot the status, type or mode it holds for';
COMMENT ON COLUMN formula_numbers.value IS 'the number; a switch is 1 (on) or 0 (off)';

-- Grain: one expectation of one check. Key: formula_version, check_name, measure.
CREATE TABLE validity_checks (
    formula_version VARCHAR NOT NULL,
    check_name VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    expected VARCHAR NOT NULL,
    found VARCHAR NOT NULL,
    is_met BOOLEAN,
    coder_version VARCHAR NOT NULL,
    measured_on DATE NOT NULL,
    PRIMARY KEY (formula_version, check_name, measure)
);
COMMENT ON TABLE validity_checks IS 'What the indices should show of known courses of events, and what they showed when it was last measured. One row an expectation.';
COMMENT ON COLUMN validity_checks.formula_version IS 'version of the formula that was measured';
COMMENT ON COLUMN validity_checks.check_name IS 'which course of events or measure';
COMMENT ON COLUMN validity_checks.measure IS 'what was looked at';
COMMENT ON COLUMN validity_checks.expected IS 'what it should have been, set before';
COMMENT ON COLUMN validity_checks.found IS 'what it was';
COMMENT ON COLUMN validity_checks.is_met IS 'whether that is what was expected; null: too little to say';
COMMENT ON COLUMN validity_checks.coder_version IS 'version of the coder whose readings went in';
COMMENT ON COLUMN validity_checks.measured_on IS 'day of the measurement (UTC)';
