"""What the search page asks: articles and events by their words, narrowed by filters.

Only articles whose words are kept (`warehouse.search_index`) are found by words. All raise WarehouseError as
`Warehouse.query` does.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from warehouse.connect import Warehouse
from warehouse.questions import read_told_ids, sql, sql_of_ids
from warehouse.words import MOST_WORDS, AskedWords, asked_words

if TYPE_CHECKING:
    import pandas as pd

# Events found are counted no further, as `queries/search_events.sql` says.
MOST_COUNTED = 1000
# Days before the end that are searched for events first; a word that is often written is found often enough in them.
LOOK_BACK_DAYS = (30, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuestion:
    """What is looked for: words (none: any), a time [since, until), and filters, of which None asks nothing."""

    words: str
    since: datetime
    until: datetime
    side: str | None = None
    type: str | None = None
    status: str | None = None
    country: str | None = None
    family: str | None = None
    language: str | None = None


def read_found_articles(wh: Warehouse, question: SearchQuestion, limit: int) -> pd.DataFrame:
    """Articles with all the words, newest first; see `queries/search_articles.sql`."""
    asks_events = any((question.side, question.type, question.status, question.country))
    asked = asked_words(question.words)
    return wh.frame(_among_matching("search_articles"), asks_events=asks_events, **_parameters(question, asked, limit))


def read_found_events(wh: Warehouse, question: SearchQuestion, limit: int) -> pd.DataFrame:
    """Events told with the words, last reported first; see `queries/search_events.sql`."""
    asked = asked_words(question.words)
    if not asked.ranges and not asked.phrases and question.language is None and question.family is None:
        return _read_events_whatever_words(wh, question, limit)
    # As the index has them and as they were typed: the sentences themselves are not folded.
    typed = [word.strip("*") for word in question.words.lower().split()]
    needles = sorted({first for first, _ in asked.ranges} | {word for word in typed if word}) if asked.ranges else []
    for days in LOOK_BACK_DAYS:
        since = max(question.since, question.until - timedelta(days=days)) if days else question.since
        narrowed = replace(question, since=since)
        told = sql("search_told_by_words" if since == question.since else "search_told_by_events")
        text = _among_matching("search_events").replace("{told}", told)
        found = wh.frame(text, needles=needles, **_parameters(narrowed, asked, limit))
        # The last reported come first: where the newest alone are as many as are counted, older ones change nothing.
        if since == question.since or (len(found) and found["found_count"].iloc[0] >= MOST_COUNTED):
            break
    return found


def _read_events_whatever_words(wh: Warehouse, question: SearchQuestion, limit: int) -> pd.DataFrame:
    """As `read_found_events` where nothing is asked of the texts: events first, then only what tells of those shown."""
    given = {name: value for name, value in asdict(question).items() if name not in ("words", "language", "family")}
    found = wh.query(sql("search_event_ids"), limit=limit, **given)
    event_ids = [row["event_id"] for row in found]
    mention_ids, article_ids = read_told_ids(wh, event_ids)
    text = sql_of_ids(sql("search_events_told"), event_ids=event_ids, mention_ids=mention_ids, article_ids=article_ids)
    return wh.frame(text, found_count=found[0]["found_count"] if found else 0)


def read_place_countries(wh: Warehouse) -> pd.DataFrame:
    """Countries that events happened in, the busiest first; see `queries/place_countries.sql`."""
    return wh.frame(sql("place_countries"))


def read_indexed_share(wh: Warehouse) -> float:
    """The share of articles whose words are kept, 0 to 1; 1 where there is no article."""
    return float(wh.query(sql("indexed_share"))[0]["indexed_share"])


def _among_matching(name: str) -> str:
    return sql(name).replace("{search_matching}", sql("search_matching"))


def _parameters(question: SearchQuestion, asked: AskedWords, limit: int) -> dict[str, Any]:
    given = asdict(question) | {"word_count": len(asked.ranges), "phrases": asked.phrases, "limit": limit}
    del given["words"]
    for place in range(MOST_WORDS):
        first, last = asked.ranges[place] if place < len(asked.ranges) else (None, None)
        given |= {f"first_{place + 1}": first, f"last_{place + 1}": last}
    return given
