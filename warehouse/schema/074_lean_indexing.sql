-- A mark says who spoke until its day, so that the two weeks before it need not be read again; and what was indexed in
-- the very instant up to which events are is known, so that it is not indexed twice.
-- Marks without it go: a dyad or state that changes is made from its beginning once more, and marked.
DELETE FROM standing_marks;
ALTER TABLE standing_marks ADD COLUMN heard VARCHAR;
COMMENT ON COLUMN standing_marks.heard IS 'JSON of outlet family to how many days before this one it last spoke of the subject, within the window of thinness; null on all rows of a subject and day but the first';

-- Grain: one event. Key: event_id.
CREATE TABLE indexed_events (
    event_id VARCHAR PRIMARY KEY,
    revision BIGINT NOT NULL,
    updated_at_utc TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE indexed_events IS 'Events that changed in the instant up to which the indices reflect them, or later, and are reflected: they are not indexed twice. One row an event; only of the last round.';
COMMENT ON COLUMN indexed_events.event_id IS 'the event';
COMMENT ON COLUMN indexed_events.revision IS 'its revision that the indices reflect';
COMMENT ON COLUMN indexed_events.updated_at_utc IS 'when that revision was made';
