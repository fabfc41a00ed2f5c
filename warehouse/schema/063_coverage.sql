-- What of each day could be read at all, so that an outage is not taken for peace. Grain: one outlet family and day whose
-- news an answer of one of its feeds held. Key: both. Rows are added by polling, and never removed.
CREATE TABLE family_days (
    family_id VARCHAR,
    on_date DATE,
    PRIMARY KEY (family_id, on_date)
);
COMMENT ON TABLE family_days IS 'Days whose news could be read, by outlet family: a feed of it answered on that day, or later and still showed what was published since. One row a family and day.';
COMMENT ON COLUMN family_days.family_id IS 'the outlet family';
COMMENT ON COLUMN family_days.on_date IS 'day (UTC date)';

-- Grain: one day on which feeds are known to be read. Key: on_date. What the indices of that day were computed with.
CREATE TABLE daily_coverage (
    on_date DATE PRIMARY KEY,
    read_family_count BIGINT NOT NULL,
    usual_family_count BIGINT NOT NULL,
    share DOUBLE NOT NULL
);
COMMENT ON TABLE daily_coverage IS 'How much of each day could be read, by which the indices are corrected. One row a day since feeds are read; a day without a row, such as one read from an archive of articles, counts as wholly read.';
COMMENT ON COLUMN daily_coverage.on_date IS 'day (UTC date)';
COMMENT ON COLUMN daily_coverage.read_family_count IS 'outlet families of which the day could be read';
COMMENT ON COLUMN daily_coverage.usual_family_count IS 'outlet families read within the two weeks until the day; of the last three days those read and those whose feeds failed';
COMMENT ON COLUMN daily_coverage.share IS 'the first of the second, in whole tenths, 0 to 1';

-- Polls say on which days feeds answered; how far back they showed was not kept.
INSERT INTO family_days
SELECT DISTINCT f.family_id, p.polled_at_utc::DATE FROM polls AS p JOIN feeds AS f USING (feed_id)
WHERE (p.outcome = 'unchanged' OR (p.outcome = 'fetched' AND p.entry_count > 0)) AND f.family_id IS NOT NULL;
