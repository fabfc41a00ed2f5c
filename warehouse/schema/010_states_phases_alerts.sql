-- Grain of event_dyads as before, by the newest formula. An agreement takes away tension, a blow breaks a truce.
ALTER TABLE event_dyads ADD COLUMN undone_share DOUBLE DEFAULT 0;
COMMENT ON COLUMN event_dyads.undone_share IS 'share of what stands against it that it takes away, 0 to 1: a de-escalation of the tension, an escalation of the de-escalation';
COMMENT ON COLUMN event_dyads.reason IS 'why this pair: sides (they are named), for whom a group speaks, or on whose soil it was hit';
COMMENT ON COLUMN event_dyads.on_date IS 'day it counts on (UTC date), by the newest formula';
COMMENT ON COLUMN daily_dyads.tension IS 'decayed conflict less what was settled, weight points';
COMMENT ON COLUMN daily_dyads.deescalation IS 'decayed cooperation and what it settled, less what was broken, weight points';

-- Grain: one state, day with an event it is a party to, and formula version. Key: state_code, on_date, formula_version.
-- Units: weight points; counts. Days without a row are absent, not zero.
CREATE TABLE daily_states (
    state_code VARCHAR,
    on_date DATE,
    conflict DOUBLE,
    cooperation DOUBLE,
    tension DOUBLE,
    deescalation DOUBLE,
    net DOUBLE,
    lower DOUBLE,
    upper DOUBLE,
    event_count BIGINT,
    outlet_count BIGINT,
    family_count BIGINT,
    is_thin BOOLEAN,
    formula_version VARCHAR,
    PRIMARY KEY (state_code, on_date, formula_version)
);
COMMENT ON TABLE daily_states IS 'The index of a state towards everyone. One row a state, day and formula version; days without a row are absent, not zero.';
COMMENT ON COLUMN daily_states.state_code IS 'the state, ISO 3166-1 alpha-3';
COMMENT ON COLUMN daily_states.on_date IS 'day (UTC date)';
COMMENT ON COLUMN daily_states.conflict IS 'of this day alone, weight points';
COMMENT ON COLUMN daily_states.cooperation IS 'of this day alone, weight points';
COMMENT ON COLUMN daily_states.tension IS 'tension of its dyads together, each event counted once, weight points';
COMMENT ON COLUMN daily_states.deescalation IS 'de-escalation of its dyads together, each event counted once, weight points';
COMMENT ON COLUMN daily_states.net IS 'deescalation less tension, weight points';
COMMENT ON COLUMN daily_states.lower IS 'lower end of the interval of net, weight points';
COMMENT ON COLUMN daily_states.upper IS 'upper end of the interval of net, weight points';
COMMENT ON COLUMN daily_states.event_count IS 'events of this day that the state is a party to';
COMMENT ON COLUMN daily_states.outlet_count IS 'distinct outlets';
COMMENT ON COLUMN daily_states.family_count IS 'distinct outlet families';
COMMENT ON COLUMN daily_states.is_thin IS 'whether too few outlets speak to trust the value';
COMMENT ON COLUMN daily_states.formula_version IS 'version of the formula';

-- Grain: one stretch of days of a dyad under one name. Key: side_a_code, side_b_code, starts_on. No gaps, no overlaps.
CREATE TABLE dyad_phases (
    side_a_code VARCHAR,
    side_b_code VARCHAR,
    starts_on DATE,
    ends_on DATE,
    name VARCHAR,
    tension_at_start DOUBLE,
    tension_at_end DOUBLE,
    driver_event_ids VARCHAR[],
    formula_version VARCHAR,
    PRIMARY KEY (side_a_code, side_b_code, starts_on)
);
COMMENT ON TABLE dyad_phases IS 'Phases of each dyad by the newest formula, from its first event until the day they were last looked at. One row a phase.';
COMMENT ON COLUMN dyad_phases.side_a_code IS 'first side of the dyad, before side_b_code in the alphabet';
COMMENT ON COLUMN dyad_phases.side_b_code IS 'second side of the dyad';
COMMENT ON COLUMN dyad_phases.starts_on IS 'first day (UTC date)';
COMMENT ON COLUMN dyad_phases.ends_on IS 'first day after it (UTC date); of the last phase the day after it was looked at';
COMMENT ON COLUMN dyad_phases.name IS 'escalating, tense, easing or calm';
COMMENT ON COLUMN dyad_phases.tension_at_start IS 'tension on its first day, weight points';
COMMENT ON COLUMN dyad_phases.tension_at_end IS 'tension on its last day, weight points';
COMMENT ON COLUMN dyad_phases.driver_event_ids IS 'the weightiest events that pulled its way, at most three, weightiest first; empty: time alone did it';
COMMENT ON COLUMN dyad_phases.formula_version IS 'version of the formula';

-- Grain: one alert. Key: alert_id. A rule speaks once until what it watches has been quiet again.
CREATE TABLE alerts (
    alert_id VARCHAR PRIMARY KEY,
    raised_at_utc TIMESTAMP WITH TIME ZONE NOT NULL,
    rule VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    side_a_code VARCHAR NOT NULL,
    side_b_code VARCHAR NOT NULL,
    on_date DATE NOT NULL,
    value DOUBLE NOT NULL,
    limit_value DOUBLE,
    detail VARCHAR NOT NULL,
    event_ids VARCHAR[],
    formula_version VARCHAR NOT NULL,
    notified_at_utc TIMESTAMP WITH TIME ZONE,
    acknowledged_at_utc TIMESTAMP WITH TIME ZONE,
    acknowledged_by VARCHAR
);
COMMENT ON TABLE alerts IS 'What the rules of alerts.toml found worth a look. One row an alert, raised once.';
COMMENT ON COLUMN alerts.alert_id IS 'the alert: rule, dyad and day';
COMMENT ON COLUMN alerts.raised_at_utc IS 'when it was raised';
COMMENT ON COLUMN alerts.rule IS 'name of the rule';
COMMENT ON COLUMN alerts.kind IS 'level, change, phase or first';
COMMENT ON COLUMN alerts.side_a_code IS 'first side of the dyad, before side_b_code in the alphabet';
COMMENT ON COLUMN alerts.side_b_code IS 'second side of the dyad';
COMMENT ON COLUMN alerts.on_date IS 'day it is about (UTC date)';
COMMENT ON COLUMN alerts.value IS 'what was measured: weight points of level, change, phase (tension); impact of the event where first';
COMMENT ON COLUMN alerts.limit_value IS 'what it was measured against, weight points; days where first; null: a phase has none';
COMMENT ON COLUMN alerts.detail IS 'what was found, one sentence';
COMMENT ON COLUMN alerts.event_ids IS 'the events behind it, weightiest first';
COMMENT ON COLUMN alerts.formula_version IS 'version of the formula';
COMMENT ON COLUMN alerts.notified_at_utc IS 'when the notification was sent; null: none was set up, or it has not gone out';
COMMENT ON COLUMN alerts.acknowledged_at_utc IS 'when a person said it was seen; null: not yet';
COMMENT ON COLUMN alerts.acknowledged_by IS 'who said so; null: nobody yet';

-- Grain: one dyad that a person wants a daily brief of. Key: side_a_code, side_b_code.
CREATE TABLE watched_dyads (
    side_a_code VARCHAR,
    side_b_code VARCHAR,
    watched_since_utc TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (side_a_code, side_b_code)
);
COMMENT ON TABLE watched_dyads IS 'Dyads with a daily brief. One row a dyad; none: the most moved ones have one.';
COMMENT ON COLUMN watched_dyads.side_a_code IS 'first side of the dyad, before side_b_code in the alphabet';
COMMENT ON COLUMN watched_dyads.side_b_code IS 'second side of the dyad';
COMMENT ON COLUMN watched_dyads.watched_since_utc IS 'since when it is watched';
