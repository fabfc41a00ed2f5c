-- The mentions of an event are asked for by its id alone, which the key (event and mention together) cannot answer.
CREATE INDEX event_mentions_of_event ON event_mentions (event_id);
