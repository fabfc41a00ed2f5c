CREATE TABLE feeds (
    feed_id VARCHAR,
    url VARCHAR,
    title VARCHAR,
    outlet_id VARCHAR,
    outlet_name VARCHAR,
    family_id VARCHAR,
    country_code VARCHAR,
    language VARCHAR,
    topic VARCHAR,
    tags VARCHAR[],
    reason VARCHAR,
    origin VARCHAR,
    status VARCHAR,
    original_url VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    body_hash VARCHAR,
    poll_interval_s BIGINT,
    next_poll_at_utc TIMESTAMP WITH TIME ZONE,
    last_polled_at_utc TIMESTAMP WITH TIME ZONE,
    last_success_at_utc TIMESTAMP WITH TIME ZONE,
    last_new_at_utc TIMESTAMP WITH TIME ZONE,
    failing_since_utc TIMESTAMP WITH TIME ZONE,
    failure_class VARCHAR,
    failure_reason VARCHAR,
    failure_count BIGINT,
    added_at_utc TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (feed_id)
);

CREATE TABLE polls (
    poll_id VARCHAR,
    feed_id VARCHAR,
    polled_at_utc TIMESTAMP WITH TIME ZONE,
    outcome VARCHAR,
    http_status BIGINT,
    byte_count BIGINT,
    entry_count BIGINT,
    new_count BIGINT,
    revised_count BIGINT,
    duration_s DOUBLE,
    failure_class VARCHAR,
    reason VARCHAR,
    PRIMARY KEY (poll_id)
);

CREATE TABLE entries (
    entry_id VARCHAR,
    feed_id VARCHAR,
    outlet_id VARCHAR,
    guid VARCHAR,
    url VARCHAR,
    title VARCHAR,
    summary VARCHAR,
    content VARCHAR,
    author VARCHAR,
    language VARCHAR,
    published_at_utc TIMESTAMP WITH TIME ZONE,
    published_source VARCHAR,
    first_seen_at_utc TIMESTAMP WITH TIME ZONE,
    last_seen_at_utc TIMESTAMP WITH TIME ZONE,
    content_hash VARCHAR,
    revision BIGINT,
    article_id VARCHAR,
    PRIMARY KEY (entry_id)
);

CREATE TABLE entry_revisions (
    entry_id VARCHAR,
    revision BIGINT,
    title VARCHAR,
    summary VARCHAR,
    content VARCHAR,
    published_at_utc TIMESTAMP WITH TIME ZONE,
    seen_at_utc TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (entry_id, revision)
);

CREATE TABLE articles (
    article_id VARCHAR,
    url VARCHAR,
    outlet_id VARCHAR,
    outlet_name VARCHAR,
    family_id VARCHAR,
    title VARCHAR,
    text VARCHAR,
    text_source VARCHAR,
    text_source_reason VARCHAR,
    language VARCHAR,
    published_at_utc TIMESTAMP WITH TIME ZONE,
    published_source VARCHAR,
    first_seen_at_utc TIMESTAMP WITH TIME ZONE,
    fetched_at_utc TIMESTAMP WITH TIME ZONE,
    content_hash VARCHAR,
    revision BIGINT,
    coder_version VARCHAR,
    coded_at_utc TIMESTAMP WITH TIME ZONE,
    is_relevant BOOLEAN,
    relevance DOUBLE,
    story_id VARCHAR,
    is_demo BOOLEAN,
    PRIMARY KEY (article_id)
);

CREATE TABLE article_revisions (
    article_id VARCHAR,
    revision BIGINT,
    title VARCHAR,
    text VARCHAR,
    content_hash VARCHAR,
    seen_at_utc TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (article_id, revision)
);

CREATE TABLE stories (
    story_id VARCHAR,
    title VARCHAR,
    first_published_at_utc TIMESTAMP WITH TIME ZONE,
    last_published_at_utc TIMESTAMP WITH TIME ZONE,
    article_count BIGINT,
    outlet_count BIGINT,
    family_count BIGINT,
    language_count BIGINT,
    signature VARCHAR,
    updated_at_utc TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (story_id)
);

CREATE TABLE mentions (
    mention_id VARCHAR,
    article_id VARCHAR,
    article_revision BIGINT,
    type VARCHAR,
    mode VARCHAR,
    direction VARCHAR,
    score DOUBLE,
    actor_code VARCHAR,
    actor_name VARCHAR,
    actor_country_code VARCHAR,
    actor_sector VARCHAR,
    target_code VARCHAR,
    target_name VARCHAR,
    target_country_code VARCHAR,
    target_sector VARCHAR,
    is_symmetric BOOLEAN,
    status VARCHAR,
    starts_on DATE,
    ends_on DATE,
    date_precision VARCHAR,
    place_name VARCHAR,
    place_country_code VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    place_precision VARCHAR,
    killed_min BIGINT,
    killed_max BIGINT,
    injured_min BIGINT,
    injured_max BIGINT,
    attribution VARCHAR,
    confidence DOUBLE,
    evidence_start BIGINT,
    evidence_end BIGINT,
    evidence_text VARCHAR,
    trace VARCHAR,
    coder_version VARCHAR,
    coded_at_utc TIMESTAMP WITH TIME ZONE,
    superseded_at_utc TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (mention_id)
);

CREATE TABLE events (
    event_id VARCHAR,
    type VARCHAR,
    mode VARCHAR,
    direction VARCHAR,
    score DOUBLE,
    actor_code VARCHAR,
    actor_name VARCHAR,
    actor_country_code VARCHAR,
    target_code VARCHAR,
    target_name VARCHAR,
    target_country_code VARCHAR,
    is_symmetric BOOLEAN,
    status VARCHAR,
    starts_on DATE,
    ends_on DATE,
    date_precision VARCHAR,
    place_name VARCHAR,
    place_country_code VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    killed_min BIGINT,
    killed_max BIGINT,
    injured_min BIGINT,
    injured_max BIGINT,
    confidence DOUBLE,
    mention_count BIGINT,
    article_count BIGINT,
    outlet_count BIGINT,
    family_count BIGINT,
    first_reported_at_utc TIMESTAMP WITH TIME ZONE,
    last_reported_at_utc TIMESTAMP WITH TIME ZONE,
    headline VARCHAR,
    revision BIGINT,
    updated_at_utc TIMESTAMP WITH TIME ZONE,
    withdrawn_at_utc TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (event_id)
);

CREATE TABLE event_mentions (
    event_id VARCHAR,
    mention_id VARCHAR,
    reason VARCHAR,
    PRIMARY KEY (event_id, mention_id)
);

CREATE TABLE event_revisions (
    event_id VARCHAR,
    revision BIGINT,
    change VARCHAR,
    detail VARCHAR,
    revised_at_utc TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (event_id, revision)
);

CREATE TABLE event_dyads (
    event_id VARCHAR,
    side_a_code VARCHAR,
    side_b_code VARCHAR,
    on_date DATE,
    direction VARCHAR,
    weight DOUBLE,
    impact DOUBLE,
    reason VARCHAR,
    PRIMARY KEY (event_id, side_a_code, side_b_code, on_date)
);

CREATE TABLE daily_dyads (
    side_a_code VARCHAR,
    side_b_code VARCHAR,
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
    PRIMARY KEY (side_a_code, side_b_code, on_date, formula_version)
);

CREATE TABLE labels (
    label_id VARCHAR,
    event_id VARCHAR,
    mention_id VARCHAR,
    verdict VARCHAR,
    field VARCHAR,
    value VARCHAR,
    note VARCHAR,
    labelled_by VARCHAR,
    labelled_at_utc TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (label_id)
);

CREATE TABLE quarantine (
    quarantine_id VARCHAR,
    stage VARCHAR,
    subject_id VARCHAR,
    reason VARCHAR,
    input VARCHAR,
    quarantined_at_utc TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (quarantine_id)
);

CREATE TABLE batches (
    batch_key VARCHAR,
    table_names VARCHAR,
    row_count BIGINT,
    committed_at_utc TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (batch_key)
);

CREATE TABLE meta (
    name VARCHAR PRIMARY KEY,
    value VARCHAR
);
