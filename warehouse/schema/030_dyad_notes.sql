-- Grain: one note of a person on a day of a dyad. Key: note_id. A note is never edited; one that is removed stays.
-- No CHECK of the length: after a crash DuckDB 1.5.5 cannot read a table again from its log whose CHECK calls a function.
CREATE TABLE dyad_notes (
    note_id VARCHAR PRIMARY KEY,
    side_a_code VARCHAR NOT NULL,
    side_b_code VARCHAR NOT NULL,
    on_date DATE NOT NULL,
    text VARCHAR NOT NULL,
    noted_by VARCHAR NOT NULL,
    noted_at_utc TIMESTAMP WITH TIME ZONE NOT NULL,
    removed_by VARCHAR,
    removed_at_utc TIMESTAMP WITH TIME ZONE
);
COMMENT ON TABLE dyad_notes IS 'What people note on days of a dyad. One row a note; one that was removed stays, with who removed it.';
COMMENT ON COLUMN dyad_notes.note_id IS 'the note';
COMMENT ON COLUMN dyad_notes.side_a_code IS 'first side of the dyad, before side_b_code in the alphabet';
COMMENT ON COLUMN dyad_notes.side_b_code IS 'second side of the dyad';
COMMENT ON COLUMN dyad_notes.on_date IS 'the day it is about';
COMMENT ON COLUMN dyad_notes.text IS 'what is noted, plain text, at most 200 characters';
COMMENT ON COLUMN dyad_notes.noted_by IS 'who noted it';
COMMENT ON COLUMN dyad_notes.noted_at_utc IS 'when';
COMMENT ON COLUMN dyad_notes.removed_by IS 'who removed it; null: it stands';
COMMENT ON COLUMN dyad_notes.removed_at_utc IS 'when it was removed; null: it stands';
