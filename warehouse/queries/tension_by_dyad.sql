-- Each dyad's newest values within the 30 days up to $on. One row a dyad; key (side_a_code, side_b_code); the tensest first.
-- tension, deescalation, net, lower, upper: weight points. event_count: events on that day; on_date: the day the values are of.
SELECT * FROM daily_dyads WHERE on_date <= $on AND on_date > $on - 30
QUALIFY row_number() OVER (PARTITION BY side_a_code, side_b_code ORDER BY on_date DESC, formula_version DESC) = 1
ORDER BY tension DESC, side_a_code, side_b_code LIMIT $limit
