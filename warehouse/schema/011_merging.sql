-- How articles become stories and mentions become events, kept so that a restart loses nothing and nothing old is read.
ALTER TABLE stories ADD COLUMN merged_into_id VARCHAR;
ALTER TABLE stories ADD COLUMN split_from_id VARCHAR;
ALTER TABLE event_mentions ADD COLUMN family_id VARCHAR;
ALTER TABLE event_mentions ADD COLUMN stance VARCHAR;
ALTER TABLE event_mentions ADD COLUMN said_by VARCHAR;

COMMENT ON COLUMN stories.merged_into_id IS 'the story its articles went into when both turned out to be one; null: it stands. Its own counts stay as they were';
COMMENT ON COLUMN stories.split_from_id IS 'the story its first articles were parted from; null: it began by itself';
COMMENT ON COLUMN event_mentions.family_id IS 'outlet family that speaks: of the article, or of what the article or the sentence is copied from; null: merged before this was kept';
COMMENT ON COLUMN event_mentions.stance IS 'what it says of the event: reports, alleges, denies, or plans, demands, supposes, recalls; null: merged before this was kept';
COMMENT ON COLUMN event_mentions.said_by IS 'who says so, as written, else the outlet; null: merged before this was kept';
COMMENT ON COLUMN labels.verdict IS 'right, wrong or corrected; separate (this mention reports another happening than the mention in value, or than all others where value is null); same_event (this mention and the one in value report one happening)';
COMMENT ON COLUMN labels.value IS 'how it should read; the other mention of separate and same_event; null: not said';
COMMENT ON COLUMN event_revisions.change IS 'created, merged, re-dated, restated or withdrawn';

-- Grain: one relevant article. Key: article_id. Rows come in order of coding, which is nearly that of publication.
CREATE TABLE article_signatures (
    article_id VARCHAR PRIMARY KEY,
    published_at_utc TIMESTAMPTZ NOT NULL,
    outlet_id VARCHAR NOT NULL,
    family_id VARCHAR NOT NULL,
    story_id VARCHAR,
    minhash VARCHAR NOT NULL,
    band_keys BIGINT[] NOT NULL
);

COMMENT ON TABLE article_signatures IS 'Wording of articles, by which copies are found: MinHash of 64 values in 16 bands. One row a relevant article.';
COMMENT ON COLUMN article_signatures.article_id IS 'the article';
COMMENT ON COLUMN article_signatures.published_at_utc IS 'publication, or when we first saw it';
COMMENT ON COLUMN article_signatures.outlet_id IS 'who publishes it';
COMMENT ON COLUMN article_signatures.family_id IS 'who owns the outlet';
COMMENT ON COLUMN article_signatures.story_id IS 'the story it was put into first; articles.story_id says which it is in now';
COMMENT ON COLUMN article_signatures.minhash IS '64 values of 32 bits, eight hexadecimal digits each; empty: the article has no word';
COMMENT ON COLUMN article_signatures.band_keys IS 'sixteen hashes of four values each; two articles that share one may be copies; empty: no word';

-- Grain: one article that is a copy. Key: article_id.
CREATE TABLE article_copies (
    article_id VARCHAR PRIMARY KEY,
    copy_of_id VARCHAR NOT NULL,
    resemblance DOUBLE NOT NULL,
    found_at_utc TIMESTAMPTZ NOT NULL
);

COMMENT ON TABLE article_copies IS 'Articles that repeat an earlier one of at most a week before, in any outlet, whole or lightly edited. One row a copy.';
COMMENT ON COLUMN article_copies.article_id IS 'the copy';
COMMENT ON COLUMN article_copies.copy_of_id IS 'the earliest article it repeats';
COMMENT ON COLUMN article_copies.resemblance IS 'estimated share of wording they have in common, 0.5 to 1';
COMMENT ON COLUMN article_copies.found_at_utc IS 'when this was found';

-- Grain: one key of one story. Key: story_key, story_id.
CREATE TABLE story_keys (
    story_key VARCHAR,
    story_id VARCHAR,
    last_published_at_utc TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (story_key, story_id)
);

COMMENT ON TABLE story_keys IS 'What a new article looks stories up by: sides with act, and places. One row a key and story.';
COMMENT ON COLUMN story_keys.story_key IS 'such as IRN-PAK ASSAULT, or @27.0,64.1';
COMMENT ON COLUMN story_keys.story_id IS 'the story';
COMMENT ON COLUMN story_keys.last_published_at_utc IS 'last report of the story that has this key';

-- Grain: one mention that events do not reflect yet. Key: mention_id.
CREATE TABLE merge_queue (
    mention_id VARCHAR PRIMARY KEY
);

COMMENT ON TABLE merge_queue IS 'Mentions that events do not reflect yet: new, superseded, labelled, or of an article found to be a copy. One row a mention.';
COMMENT ON COLUMN merge_queue.mention_id IS 'the mention';

-- Grain: one mention that events reflect. Key: mention_id.
CREATE TABLE merge_keys (
    mention_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    block VARCHAR NOT NULL,
    precision VARCHAR NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    published_at_utc TIMESTAMPTZ NOT NULL,
    outlet_id VARCHAR NOT NULL,
    family_id VARCHAR NOT NULL,
    sentence_key VARCHAR,
    place_key VARCHAR,
    toll_key VARCHAR,
    told_on DATE NOT NULL,
    told_by VARCHAR NOT NULL,
    event_id VARCHAR
);

COMMENT ON TABLE merge_keys IS 'What merging looks mentions up by. One row a mention that events reflect.';
COMMENT ON COLUMN merge_keys.mention_id IS 'the mention';
COMMENT ON COLUMN merge_keys.article_id IS 'its article';
COMMENT ON COLUMN merge_keys.block IS 'claim, type, direction and sides; only mentions of one block can be one event';
COMMENT ON COLUMN merge_keys.precision IS 'day, wide (up to 31 days), era (longer), or bare (no date stated)';
COMMENT ON COLUMN merge_keys.starts_on IS 'first day it states, else the day of publication';
COMMENT ON COLUMN merge_keys.ends_on IS 'day after the last (exclusive)';
COMMENT ON COLUMN merge_keys.published_at_utc IS 'publication of its article, or when we first saw it';
COMMENT ON COLUMN merge_keys.outlet_id IS 'who publishes it';
COMMENT ON COLUMN merge_keys.family_id IS 'outlet family that speaks: of the article, or of what the article is a copy of';
COMMENT ON COLUMN merge_keys.sentence_key IS 'hash of its sentence, after ~ where that is too short to be known as a copy; null: it has none';
COMMENT ON COLUMN merge_keys.place_key IS 'degrees of latitude and longitude, to a tenth, of a place no larger than a city; null: no such place';
COMMENT ON COLUMN merge_keys.toll_key IS 'how many were killed at least; null: not said';
COMMENT ON COLUMN merge_keys.told_on IS 'the day it is taken for';
COMMENT ON COLUMN merge_keys.told_by IS 'how that day is known: stated, published, sentence (told before in the same words), place, toll, or interval (the best-told day within it)';
COMMENT ON COLUMN merge_keys.event_id IS 'the event it reports';

-- Labels whose word events reflect. Grain and key: label_id.
CREATE TABLE merged_labels (
    label_id VARCHAR PRIMARY KEY
);

COMMENT ON TABLE merged_labels IS 'Labels that events reflect. One row a label.';
COMMENT ON COLUMN merged_labels.label_id IS 'the label';

-- A warehouse that was kept before merges everything once more, and so gets its keys.
INSERT INTO merge_queue SELECT mention_id FROM mentions WHERE superseded_at_utc IS NULL;
