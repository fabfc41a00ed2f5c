-- What servers ask of us, kept between rounds, and where permanent redirects lead until they are believed.

ALTER TABLE feeds ADD COLUMN redirect_url VARCHAR;
ALTER TABLE feeds ADD COLUMN redirect_count BIGINT;
ALTER TABLE feeds ADD COLUMN answered_url VARCHAR;
UPDATE feeds SET redirect_count = 0;

COMMENT ON COLUMN feeds.redirect_url IS 'where a permanent redirect leads, believed after three polls in a row; null: none';
COMMENT ON COLUMN feeds.redirect_count IS 'polls in a row that named redirect_url';
COMMENT ON COLUMN feeds.answered_url IS 'address that gave etag and last_modified, without credentials; null: url itself';

-- Grain: one site (registrable domain; host and port where there is none). Key: domain.
CREATE TABLE site_rests (
    domain VARCHAR PRIMARY KEY,
    until_at_utc TIMESTAMPTZ NOT NULL,
    http_status BIGINT NOT NULL,
    asked_at_utc TIMESTAMPTZ NOT NULL
);

COMMENT ON TABLE site_rests IS 'Sites that asked to be left alone (429, 503 with Retry-After). One row a site.';
COMMENT ON COLUMN site_rests.domain IS 'registrable domain, or host and port where there is none';
COMMENT ON COLUMN site_rests.until_at_utc IS 'no feed and no page of the site is asked before';
COMMENT ON COLUMN site_rests.http_status IS 'what the site answered: 429 or 503';
COMMENT ON COLUMN site_rests.asked_at_utc IS 'when it said so';

-- Grain: one host with scheme and port. Key: origin.
CREATE TABLE robots_files (
    origin VARCHAR PRIMARY KEY,
    rules VARCHAR,
    refusal VARCHAR,
    asked_at_utc TIMESTAMPTZ NOT NULL,
    expires_at_utc TIMESTAMPTZ NOT NULL
);

COMMENT ON TABLE robots_files IS 'What robots.txt of each host said, kept for a day. One row a host.';
COMMENT ON COLUMN robots_files.origin IS 'scheme, host and port';
COMMENT ON COLUMN robots_files.rules IS 'the file, up to 500 KiB; null: there is none, or it cannot be had';
COMMENT ON COLUMN robots_files.refusal IS 'why it cannot be had, and nothing is asked there; null: it was answered';
COMMENT ON COLUMN robots_files.asked_at_utc IS 'when it was asked for';
COMMENT ON COLUMN robots_files.expires_at_utc IS 'when it is asked for again';
