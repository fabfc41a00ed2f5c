-- Where each rule of alerts stood at the end of some days, from which later days are watched on, so that a dyad's history
-- is not read anew whenever it moves. Grain: one rule, dyad and kept day. Key: all four. Made by the alerts for themselves.
CREATE TABLE alert_standings (
    side_a_code VARCHAR,
    side_b_code VARCHAR,
    rule VARCHAR,
    until_on DATE,
    made_with VARCHAR NOT NULL,
    is_armed BOOLEAN NOT NULL,
    last_on DATE,
    PRIMARY KEY (side_a_code, side_b_code, rule, until_on)
);
COMMENT ON TABLE alert_standings IS 'Where the rules of alerts.toml stood with a dyad at the end of some days, to go on from. One row a rule, dyad and kept day.';
COMMENT ON COLUMN alert_standings.side_a_code IS 'first side of the dyad, before side_b_code in the alphabet';
COMMENT ON COLUMN alert_standings.side_b_code IS 'second side of the dyad';
COMMENT ON COLUMN alert_standings.rule IS 'name of the rule';
COMMENT ON COLUMN alert_standings.until_on IS 'day up to which it was followed (UTC date), included';
COMMENT ON COLUMN alert_standings.made_with IS 'hash of the rule, the formula and the half-life; with others it counts for nothing';
COMMENT ON COLUMN alert_standings.is_armed IS 'whether the rule speaks when its limit is passed next: what it watches has been quiet';
COMMENT ON COLUMN alert_standings.last_on IS 'of a rule of firsts, the day of the last event of its types; null: none, or another kind of rule';
