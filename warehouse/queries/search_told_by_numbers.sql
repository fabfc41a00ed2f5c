-- What `search_told_in_newest.sql` reads where the articles lie far apart: found one by one, first and by themselves.
-- {..}: numbers of fitting mentions (`search_mentions_fitting.sql`) and of the events that they tell of.
spoken AS MATERIALIZED (SELECT * FROM mentions WHERE mention_number IN ({mention_numbers})),
links AS MATERIALIZED (SELECT * FROM event_mentions WHERE mention_number IN ({mention_numbers})),
happened AS MATERIALIZED (SELECT * FROM events WHERE event_number IN ({event_numbers})),
