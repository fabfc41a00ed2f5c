-- The mentions of an article, and the event of a mention, are asked for by that id alone (what a story's articles say, what
-- words tell of); without an index all of them were read for it.
CREATE INDEX mentions_of_article ON mentions (article_id);
CREATE INDEX event_mentions_of_mention ON event_mentions (mention_id);
