"""Cached calls to `warehouse.browse`, as `dashboard.cached` makes them."""

from dashboard.cached import remembered
from warehouse import browse

stories = remembered(browse.read_recent_stories)
story = remembered(browse.read_story)
story_articles = remembered(browse.read_story_articles)
story_mentions = remembered(browse.read_story_mentions)
story_changes = remembered(browse.read_story_changes)
families = remembered(browse.read_families)
languages = remembered(browse.read_languages)
