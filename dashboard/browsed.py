"""Cached calls to `warehouse.browse`, `warehouse.search` and `warehouse.quality`, as `dashboard.cached` makes them."""

from dashboard.cached import remembered
from warehouse import browse, quality, search

stories = remembered(browse.read_recent_stories)
story = remembered(browse.read_story)
story_articles = remembered(browse.read_story_articles)
story_mentions = remembered(browse.read_story_mentions)
story_changes = remembered(browse.read_story_changes)
families = remembered(browse.read_families)
languages = remembered(browse.read_languages)
found_articles = remembered(search.read_found_articles)
found_events = remembered(search.read_found_events)
place_countries = remembered(search.read_place_countries)
indexed_share = remembered(search.read_indexed_share)
evaluations = remembered(quality.read_evaluations)
languages_read = remembered(quality.read_languages_read)
event_labels = remembered(quality.read_event_labels)
recent_labels = remembered(quality.read_recent_labels)
labelled_sentences = remembered(quality.read_labelled_sentences)
events_by_country = remembered(browse.read_events_by_country)
event_places = remembered(browse.read_event_places)
