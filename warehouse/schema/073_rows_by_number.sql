-- What pages look up they look up by number; the three indexes of ids that this replaces took 1.5 GB of 10 million events.
DROP INDEX event_mentions_of_event;
DROP INDEX event_mentions_of_mention;
DROP INDEX mentions_of_article;
CREATE INDEX events_by_number ON events (event_number);
CREATE INDEX mentions_by_number ON mentions (mention_number);
CREATE INDEX mentions_by_arrival ON mentions (arrival_number);
CREATE INDEX event_mentions_by_event ON event_mentions (event_number);
CREATE INDEX event_mentions_by_mention ON event_mentions (mention_number);
