-- People's notes on the days of one dyad, side_a_code < side_b_code, by day. Grain: one note, removed ones too.
SELECT * FROM dyad_notes
WHERE side_a_code = $a AND side_b_code = $b AND on_date >= $since AND on_date <= $until
ORDER BY on_date, noted_at_utc, note_id
