"""What pages ask beyond a pair: stories, the map, and what lists can be narrowed by.

Each question is a file in `queries/` with grain, keys and units in its header. A frame without rows has the same
columns. All raise WarehouseError as `Warehouse.query` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from warehouse.connect import Warehouse
from warehouse.questions import read_told_in, sql, sql_of_ids

if TYPE_CHECKING:
    import pandas as pd


# Days before the end in which stories with a side or type are looked for first.
LOOK_BACK_DAYS = (30, 180, None)


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
    story_ids = _recent_story_ids(wh, wanted, limit)
    return wh.frame(sql_of_ids(sql("recent_stories"), story_ids=story_ids, **_articles_of(wh, story_ids)))


def _recent_story_ids(wh: Warehouse, wanted: StoryFilter, limit: int) -> list[str]:
    if wanted.side or wanted.type:
        return _story_ids_with_mentions(wh, wanted, limit)
    asked = asdict(wanted)
    del asked["side"], asked["type"]
    of_articles = {name: asked.pop(name) for name in ("language", "family")}
    # Nearly every story has an article, so that few of the last told must be looked at.
    newest = [row["story_id"] for row in wh.query(_story_ids(""), limit=2 * limit, **asked)]
    text = f"{sql('stories_with_articles')} AND a.story_id IN ({{story_ids}})"
    fitting = {row["story_id"] for row in wh.query(sql_of_ids(text, story_ids=newest), **of_articles)}
    found = [story_id for story_id in newest if story_id in fitting][:limit]
    if len(found) == limit or len(newest) < 2 * limit:
        return found
    text = _story_ids(f"SEMI JOIN ({sql('stories_with_articles')}) AS fitting USING (story_id)")
    return [row["story_id"] for row in wh.query(text, limit=limit, **asked, **of_articles)]


def _story_ids_with_mentions(wh: Warehouse, wanted: StoryFilter, limit: int) -> list[str]:
    found: list[str] = []
    for days in LOOK_BACK_DAYS:
        since = max(wanted.since, wanted.until - timedelta(days=days)) if days else wanted.since
        asked = asdict(wanted) | {"since": since}
        found = [row["story_id"] for row in wh.query(sql("stories_with_mentions"), limit=limit, **asked)]
        # The last told come first: where the newest alone are as many as are asked for, older ones change nothing.
        if since == wanted.since or len(found) == limit:
            break
    return found


def _story_ids(among: str) -> str:
    return sql("story_ids").replace("{among}", among)


def _articles_of(wh: Warehouse, story_ids: Iterable[str]) -> dict[str, list[Any]]:
    """The article_ids and arrival_numbers of these stories. They have no index: a story may lose and gain articles."""
    text = "SELECT article_id, arrival_number FROM articles WHERE story_id IN ({story_ids})"
    rows = wh.query(sql_of_ids(text, story_ids=story_ids))
    return {f"{name}s": [row[name] for row in rows] for name in ("article_id", "arrival_number")}


def read_story(wh: Warehouse, story_id: str) -> pd.DataFrame:
    """One row, the story, or none; see `queries/story.sql`."""
    return wh.frame(sql("story"), story_id=story_id)


def read_story_articles(wh: Warehouse, story_id: str) -> pd.DataFrame:
    """The articles of a story, first published first; see `queries/story_articles.sql`."""
    return wh.frame(sql_of_ids(sql("story_articles"), **_articles_of(wh, [story_id])))


def read_story_mentions(wh: Warehouse, story_id: str) -> pd.DataFrame:
    """What a story's articles say, by event; see `queries/story_mentions.sql`."""
    articles = _articles_of(wh, [story_id])
    mentions, events = read_told_in(wh, articles["arrival_numbers"])
    text = sql("story_mentions")
    return wh.frame(sql_of_ids(text, **articles, mention_numbers=mentions, event_numbers=events))


def read_story_changes(wh: Warehouse, story_id: str) -> pd.DataFrame:
    """What changed after a story's first report; see `queries/story_changes.sql`."""
    articles = _articles_of(wh, [story_id])
    _, events = read_told_in(wh, articles["arrival_numbers"])
    text = sql_of_ids(sql("story_changes"), **articles, event_numbers=events)
    return wh.frame(text, story_id=story_id)


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
