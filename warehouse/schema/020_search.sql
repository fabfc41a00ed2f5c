-- The words of articles, for the search page. Written by the writer's side in batches, read by `queries/search_*.sql`.

-- Grain: one article whose words are kept. Key: article_id. article_number grows with every article that is read in.
CREATE TABLE search_articles (
    article_id VARCHAR PRIMARY KEY,
    article_number BIGINT NOT NULL,
    revision BIGINT NOT NULL
);

COMMENT ON TABLE search_articles IS 'Articles whose words are kept for the search. One row an article.';
COMMENT ON COLUMN search_articles.article_id IS 'the article';
COMMENT ON COLUMN search_articles.article_number IS 'its number in search_words; an edited article gets a new one';
COMMENT ON COLUMN search_articles.revision IS 'revision of the text whose words are kept';

-- Grain: one word of one article. Rows of a segment lie sorted by word, so that a word is found in few of them.
-- A number that search_articles does not name is of an older text, and counts for nothing.
CREATE TABLE search_words (
    word VARCHAR NOT NULL,
    article_number BIGINT NOT NULL,
    segment_number BIGINT NOT NULL
);

COMMENT ON TABLE search_words IS 'Words of articles, for the search. One row a word and article.';
COMMENT ON COLUMN search_words.word IS 'the word without capitals and accents; two characters of a script without spaces';
COMMENT ON COLUMN search_words.article_number IS 'the article, as in search_articles';
COMMENT ON COLUMN search_words.segment_number IS 'the segment it was written with';

-- Grain: one segment of search_words. Key: segment_number.
CREATE TABLE search_segments (
    segment_number BIGINT PRIMARY KEY,
    level BIGINT NOT NULL,
    article_count BIGINT NOT NULL
);

COMMENT ON TABLE search_segments IS 'Sorted pieces of search_words. One row a segment.';
COMMENT ON COLUMN search_segments.segment_number IS 'the segment';
COMMENT ON COLUMN search_segments.level IS '0: one batch of articles; 1 and up: made of several segments of the level below';
COMMENT ON COLUMN search_segments.article_count IS 'articles in it, also those edited since';
