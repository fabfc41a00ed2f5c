"""What pages ask beyond a pair: stories, the map, and what lists can be narrowed by.

Each question is a file in `queries/` with grain, keys and units in its header. A frame without rows has the same
columns. All raise WarehouseError as `Warehouse.query` does.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from warehouse.connect import Warehouse
from warehouse.questions import sql

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFilter:
    """Which stories: told in [since, until), and what None leaves open."""

    since: datetime
    until: datetime
    side: str | None = None
    type: str | None = None
    language: str | None = None
    family: str | None = None
    least_articles: int = 1
    least_languages: int = 1


def read_recent_stories(wh: Warehouse, wanted: StoryFilter, limit: int) -> pd.DataFrame:
    """Stories by their last report, newest first; see `queries/recent_stories.sql`."""
    return wh.frame(sql("recent_stories"), limit=limit, **asdict(wanted))


def read_story(wh: Warehouse, story_id: str) -> pd.DataFrame:
    """One row, the story, or none; see `queries/story.sql`."""
    return wh.frame(sql("story"), story_id=story_id)


def read_story_articles(wh: Warehouse, story_id: str) -> pd.DataFrame:
    """The articles of a story, first published first; see `queries/story_articles.sql`."""
    return wh.frame(sql("story_articles"), story_id=story_id)


def read_story_mentions(wh: Warehouse, story_id: str) -> pd.DataFrame:
    """What a story's articles say, by event; see `queries/story_mentions.sql`."""
    return wh.frame(sql("story_mentions"), story_id=story_id)


def read_story_changes(wh: Warehouse, story_id: str) -> pd.DataFrame:
    """What changed after a story's first report; see `queries/story_changes.sql`."""
    return wh.frame(sql("story_changes"), story_id=story_id)


def read_families(wh: Warehouse) -> pd.DataFrame:
    """Outlet families with an article, the busiest first; see `queries/outlet_families.sql`."""
    return wh.frame(sql("outlet_families"))


def read_languages(wh: Warehouse) -> pd.DataFrame:
    """Languages of kept articles, the most frequent first; see `queries/article_languages.sql`."""
    return wh.frame(sql("article_languages"))


def read_events_by_country(wh: Warehouse, since: date, until: date) -> pd.DataFrame:
    """Events by country, the busiest first; see `queries/events_by_country.sql`."""
    return wh.frame(sql("events_by_country"), since=since, until=until)


def read_event_places(wh: Warehouse, since: date, until: date, limit: int) -> pd.DataFrame:
    """Places of events, the busiest first; see `queries/event_places.sql`."""
    return wh.frame(sql("event_places"), since=since, until=until, limit=limit)
