-- Grain: one mention, read a second time by one model with one version of the prompt. Key: reading_id.
-- Stands beside `mentions`, which it never changes. Offsets are characters of title + newline + text.
CREATE TABLE second_readings (
    reading_id VARCHAR PRIMARY KEY,
    mention_id VARCHAR,
    model VARCHAR,
    prompt_version VARCHAR,
    question_id VARCHAR,
    asked_at_utc TIMESTAMPTZ,
    outcome VARCHAR,
    reason VARCHAR,
    differs_in VARCHAR[],
    type VARCHAR,
    mode VARCHAR,
    direction VARCHAR,
    status VARCHAR,
    actor_code VARCHAR,
    actor_name VARCHAR,
    target_code VARCHAR,
    target_name VARCHAR,
    is_symmetric BOOLEAN,
    on_date DATE,
    evidence_start BIGINT,
    evidence_end BIGINT,
    evidence_text VARCHAR,
    is_reused BOOLEAN,
    try_count BIGINT
);

COMMENT ON TABLE second_readings IS 'What a language model reads where the rules were unsure; beside mentions, which it never changes. One row a mention, model and prompt version.';
COMMENT ON COLUMN second_readings.reading_id IS 'the second reading: mention, model and prompt version';
COMMENT ON COLUMN second_readings.mention_id IS 'the mention that the rules read';
COMMENT ON COLUMN second_readings.model IS 'name of the language model';
COMMENT ON COLUMN second_readings.prompt_version IS 'hash of the instruction, the codebook in it and the form of the answer';
COMMENT ON COLUMN second_readings.question_id IS 'the question, as in llm_requests';
COMMENT ON COLUMN second_readings.asked_at_utc IS 'when the answer was asked for, or taken from an earlier request';
COMMENT ON COLUMN second_readings.outcome IS 'agrees or disagrees; invalid: an answer that cannot be used; refused: the model or a filter declined; unreachable, busy, denied or failed: no answer';
COMMENT ON COLUMN second_readings.reason IS 'why there is no usable answer; null: there is one';
COMMENT ON COLUMN second_readings.differs_in IS 'fields in which it differs from the mention: event (it reads none), type, mode, direction, status, actor, target, date; mode and date alone are no disagreement';
COMMENT ON COLUMN second_readings.type IS 'PLOVER type; null: no usable answer, or no event read';
COMMENT ON COLUMN second_readings.mode IS 'finer kind of the type; null: none';
COMMENT ON COLUMN second_readings.direction IS 'escalation, de-escalation or neutral; null: no usable answer, or no event read';
COMMENT ON COLUMN second_readings.status IS 'occurred, denied, alleged, planned, demanded, hypothetical or historical; null: no usable answer, or no event read';
COMMENT ON COLUMN second_readings.actor_code IS 'side that did it, by our own lists; null: none told';
COMMENT ON COLUMN second_readings.actor_name IS 'side that did it, as the model names it; null: none told';
COMMENT ON COLUMN second_readings.target_code IS 'side it was done to, by our own lists; null: none told';
COMMENT ON COLUMN second_readings.target_name IS 'side it was done to, as the model names it; null: none told';
COMMENT ON COLUMN second_readings.is_symmetric IS 'whether both sides did it together; null: no usable answer, or no event read';
COMMENT ON COLUMN second_readings.on_date IS 'day it happened, as the model reckons it; null: not told';
COMMENT ON COLUMN second_readings.evidence_start IS 'first character of the quote in title + newline + text; null: no usable answer, or no event read';
COMMENT ON COLUMN second_readings.evidence_end IS 'after the last character of the quote; null: no usable answer, or no event read';
COMMENT ON COLUMN second_readings.evidence_text IS 'the quote as the stored text has it; null: no usable answer, or no event read';
COMMENT ON COLUMN second_readings.is_reused IS 'whether the answer was paid for by an earlier question about the same sentence';
COMMENT ON COLUMN second_readings.try_count IS 'requests made for this answer so far';

-- Grain: one request to a language model. Key: request_id. Units: tokens as the endpoint counts them, seconds.
-- A row is written before the request is sent, so that a killed process does not forget what it spent.
CREATE TABLE llm_requests (
    request_id VARCHAR PRIMARY KEY,
    question_id VARCHAR,
    model VARCHAR,
    prompt_version VARCHAR,
    asked_at_utc TIMESTAMPTZ,
    outcome VARCHAR,
    reason VARCHAR,
    answer VARCHAR,
    prompt_tokens BIGINT,
    completion_tokens BIGINT,
    duration_s DOUBLE,
    retry_at_utc TIMESTAMPTZ
);

COMMENT ON TABLE llm_requests IS 'Requests to a language model: what was spent, and answers that are never asked for again. One row a request.';
COMMENT ON COLUMN llm_requests.request_id IS 'the request: question and how many-th try';
COMMENT ON COLUMN llm_requests.question_id IS 'hash of sentence, surroundings, model and prompt version';
COMMENT ON COLUMN llm_requests.model IS 'name of the language model';
COMMENT ON COLUMN llm_requests.prompt_version IS 'hash of the instruction, the codebook in it and the form of the answer';
COMMENT ON COLUMN llm_requests.asked_at_utc IS 'when it was asked; its UTC day is the day whose budget it counts to';
COMMENT ON COLUMN llm_requests.outcome IS 'pending (under way, or its process was killed), answered, refused, truncated, unreachable, busy, denied or failed';
COMMENT ON COLUMN llm_requests.reason IS 'why there is no answer; null: there is one';
COMMENT ON COLUMN llm_requests.answer IS 'what the model said, unchecked; null: no answer';
COMMENT ON COLUMN llm_requests.prompt_tokens IS 'tokens of the question; null: the endpoint did not say';
COMMENT ON COLUMN llm_requests.completion_tokens IS 'tokens of the answer; null: the endpoint did not say';
COMMENT ON COLUMN llm_requests.duration_s IS 'seconds from request to answer; null: pending';
COMMENT ON COLUMN llm_requests.retry_at_utc IS 'when the endpoint asked to be asked again; null: it did not say';
