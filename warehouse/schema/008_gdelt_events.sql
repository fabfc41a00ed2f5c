-- Grain: one event as GDELT coded it. Key: gdelt_event_id. Another coder's reading, kept apart: nothing of it becomes a
-- mention or an event of ours or moves an index. Names in brackets are GDELT's own columns.
CREATE TABLE gdelt_events (
    gdelt_event_id BIGINT PRIMARY KEY,
    on_date DATE NOT NULL,
    added_at_utc TIMESTAMPTZ NOT NULL,
    actor_code VARCHAR,
    actor_name VARCHAR,
    actor_country_code VARCHAR,
    actor_cameo_code VARCHAR,
    actor_cameo_type_code VARCHAR,
    target_code VARCHAR,
    target_name VARCHAR,
    target_country_code VARCHAR,
    target_cameo_code VARCHAR,
    target_cameo_type_code VARCHAR,
    is_root_event BOOLEAN NOT NULL,
    cameo_code VARCHAR NOT NULL,
    quad_class BIGINT NOT NULL,
    type VARCHAR,
    mode VARCHAR,
    direction VARCHAR,
    score DOUBLE,
    goldstein_score DOUBLE,
    mention_count BIGINT NOT NULL,
    source_count BIGINT NOT NULL,
    article_count BIGINT NOT NULL,
    average_tone DOUBLE,
    place_name VARCHAR,
    place_precision VARCHAR,
    place_country_code VARCHAR,
    place_fips_code VARCHAR,
    place_division_code VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    place_feature_id VARCHAR,
    source_url VARCHAR,
    imported_at_utc TIMESTAMPTZ NOT NULL
);

COMMENT ON TABLE gdelt_events IS 'Events as GDELT 2.0 coded them, kept apart from ours: they move no index. One row an event.';
COMMENT ON COLUMN gdelt_events.gdelt_event_id IS 'the event, as GDELT numbers it (GlobalEventID)';
COMMENT ON COLUMN gdelt_events.on_date IS 'day it took place, as GDELT says (SQLDATE)';
COMMENT ON COLUMN gdelt_events.added_at_utc IS 'when GDELT added it (DATEADDED)';
COMMENT ON COLUMN gdelt_events.actor_code IS 'who did it, in our codes: state, organisation or group; null: nobody we know';
COMMENT ON COLUMN gdelt_events.actor_name IS 'who did it, as GDELT writes it (Actor1Name); null: nobody';
COMMENT ON COLUMN gdelt_events.actor_country_code IS 'state the actor belongs to, ISO 3166-1 alpha-3; null: none, or a region';
COMMENT ON COLUMN gdelt_events.actor_cameo_code IS 'whole CAMEO code of the actor (Actor1Code); null: nobody';
COMMENT ON COLUMN gdelt_events.actor_cameo_type_code IS 'CAMEO role of the actor: GOV, MIL, REB, ... (Actor1Type1Code); null: not given';
COMMENT ON COLUMN gdelt_events.target_code IS 'to whom, in our codes: state, organisation or group; null: nobody we know';
COMMENT ON COLUMN gdelt_events.target_name IS 'to whom, as GDELT writes it (Actor2Name); null: nobody';
COMMENT ON COLUMN gdelt_events.target_country_code IS 'state the target belongs to, ISO 3166-1 alpha-3; null: none, or a region';
COMMENT ON COLUMN gdelt_events.target_cameo_code IS 'whole CAMEO code of the target (Actor2Code); null: nobody';
COMMENT ON COLUMN gdelt_events.target_cameo_type_code IS 'CAMEO role of the target (Actor2Type1Code); null: not given';
COMMENT ON COLUMN gdelt_events.is_root_event IS 'whether it stands in the lead of its article (IsRootEvent)';
COMMENT ON COLUMN gdelt_events.cameo_code IS 'CAMEO event code, two to four digits (EventCode)';
COMMENT ON COLUMN gdelt_events.quad_class IS '1 verbal and 2 material cooperation, 3 verbal and 4 material conflict (QuadClass)';
COMMENT ON COLUMN gdelt_events.type IS 'PLOVER type the CAMEO code stands for in our codebook; null: a mere statement, or unknown';
COMMENT ON COLUMN gdelt_events.mode IS 'finer kind of the type; null: none';
COMMENT ON COLUMN gdelt_events.direction IS 'what our codebook says the type does: escalation, de-escalation, neutral; null: no type';
COMMENT ON COLUMN gdelt_events.score IS 'score of type or mode in our codebook, -10 to +10; null: no type';
COMMENT ON COLUMN gdelt_events.goldstein_score IS 'Goldstein score of the CAMEO code, -10 to +10 (GoldsteinScale); null: not given';
COMMENT ON COLUMN gdelt_events.mention_count IS 'mentions GDELT found in the first 15 minutes (NumMentions)';
COMMENT ON COLUMN gdelt_events.source_count IS 'sources of those mentions (NumSources)';
COMMENT ON COLUMN gdelt_events.article_count IS 'articles of those mentions (NumArticles)';
COMMENT ON COLUMN gdelt_events.average_tone IS 'tone of those articles, -100 to +100, mostly -10 to +10 (AvgTone); null: not given';
COMMENT ON COLUMN gdelt_events.place_name IS 'where it took place (ActionGeo_FullName); null: not found';
COMMENT ON COLUMN gdelt_events.place_precision IS 'city, region or country (ActionGeo_Type); null: not found';
COMMENT ON COLUMN gdelt_events.place_country_code IS 'country of the place, ISO 3166-1 alpha-3; null: not found, or at sea';
COMMENT ON COLUMN gdelt_events.place_fips_code IS 'country of the place, FIPS 10-4 (ActionGeo_CountryCode); null: not found';
COMMENT ON COLUMN gdelt_events.place_division_code IS 'first administrative division, FIPS 10-4 (ActionGeo_ADM1Code); null: not found';
COMMENT ON COLUMN gdelt_events.latitude IS 'degrees north of the place (ActionGeo_Lat); null: not found';
COMMENT ON COLUMN gdelt_events.longitude IS 'degrees east of the place (ActionGeo_Long); null: not found';
COMMENT ON COLUMN gdelt_events.place_feature_id IS 'GNS or GNIS number of the place (ActionGeo_FeatureID); null: not found';
COMMENT ON COLUMN gdelt_events.source_url IS 'first article GDELT found it in (SOURCEURL); null: not given';
COMMENT ON COLUMN gdelt_events.imported_at_utc IS 'when it was read into this warehouse';

-- Pages read from web archives bring their own kind of instant.
COMMENT ON COLUMN articles.text_source_reason IS 'why not the page, or which archive the page lies in; null: it is the live page';
COMMENT ON COLUMN articles.published_source IS 'where that instant comes from: feed, clamped, first_seen, page, import, or archive (when a web archive saw the page)';
COMMENT ON COLUMN articles.fetched_at_utc IS 'when the page was fetched, by us or by the archive it lies in; null: it was not';
