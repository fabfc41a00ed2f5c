"""What the search page asks: articles and events by their words, narrowed by filters.

Only articles whose words are kept (`warehouse.search_index`) are found by words. All raise WarehouseError as
`Warehouse.query` does.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from warehouse.connect import Warehouse
from warehouse.literals import text_literal
from warehouse.questions import read_ids_told_in, read_told_ids, sql, sql_of_ids
from warehouse.words import AskedWords, asked_words

if TYPE_CHECKING:
    import pandas as pd

# Events found are counted no further, as `queries/search_events.sql` says.
MOST_COUNTED = 1000
# Days before the end that are searched first, then more: a word that is often written is found often enough in few.
# Each step is so much longer than the one before that what that cost in vain is little beside it.
LOOK_BACK_DAYS = (3, 30, 180, None)
# So many rows of a key named in a question are found by its index; of more, DuckDB reads the whole table.
FEW_IDS = 500
FEW_ARTICLES = "(SELECT * FROM articles WHERE article_id IN ({article_ids}))"
AMONG_MATCHING = "SEMI JOIN matching USING (article_id)"


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
    """Articles with all the words, newest first; see `queries/search_articles_told.sql`."""
    asked = asked_words(question.words)
    few = _few_articles(wh, asked)
    found: list[dict[str, Any]] = []
    # With a phrase the texts themselves are read, of all days in either case.
    for days in LOOK_BACK_DAYS if few is None and not asked.phrases else (None,):
        since = max(question.since, question.until - timedelta(days=days)) if days else question.since
        found = _find_articles(wh, replace(question, since=since), asked, few, limit)
        if since == question.since or (found and found[0]["found_count"] >= MOST_COUNTED):
            break  # as among events
    told = sql_of_ids(sql("search_articles_told"), article_ids=[row["article_id"] for row in found])
    return wh.frame(told, found_count=found[0]["found_count"] if found else 0)


def _find_articles(
    wh: Warehouse, question: SearchQuestion, asked: AskedWords, few: list[str] | None, limit: int
) -> list[dict[str, Any]]:
    """Rows of `queries/search_articles.sql`; where `few` are given, all others are left out."""
    articles = "articles" if few is None else sql_of_ids(FEW_ARTICLES, article_ids=few)
    is_narrowed = few is None and bool(asked.ranges)
    text = sql("search_articles").replace("{matching}", _matching(asked)).replace("{articles}", articles)
    text = text.replace("{among}", AMONG_MATCHING if is_narrowed else "")
    given = _filters(question)
    # Where no mention is asked about, the question has none in it: DuckDB would read them all to say so.
    of_events = {name: given.pop(name) for name in ("side", "type", "status", "country")}
    is_of_events = any(of_events.values())
    text = text.replace("{mentioned}", sql("search_articles_mentioned") if is_of_events else "true")
    return wh.query(text, limit=limit, phrases=asked.phrases, **given, **(of_events if is_of_events else {}))


def read_found_events(wh: Warehouse, question: SearchQuestion, limit: int) -> pd.DataFrame:
    """Events told with the words, last reported first: as `events`, with those of `queries/search_events.sql`."""
    asked = asked_words(question.words)
    if not asked.ranges and not asked.phrases and question.language is None and question.family is None:
        return _read_events_whatever_words(wh, question, limit)
    text = _text_of_few(wh, asked)
    found = _read_told(wh, text, question, asked, limit) if text else _read_newest_told(wh, question, asked, limit)
    event_ids = found["event_id"]
    events = wh.frame(sql_of_ids("SELECT * FROM events WHERE event_id IN ({event_ids})", event_ids=event_ids))
    return found[["event_id"]].merge(events, on="event_id").merge(found, on="event_id")


def _text_of_few(wh: Warehouse, asked: AskedWords) -> str | None:
    """The question on events where the words stand in few articles, so that all else is found by ids; None: in many."""
    article_ids = _few_articles(wh, asked)
    if article_ids is None:
        return None
    mention_ids, event_ids = read_ids_told_in(wh, article_ids, limit=FEW_IDS + 1)
    if len(mention_ids) > FEW_IDS:
        return None
    narrowed = _text_of(
        "search_told_by_ids",
        matching="SELECT article_id FROM articles WHERE article_id IN ({article_ids})",
        events="(SELECT * FROM events WHERE event_id IN ({event_ids}))",
        articles=FEW_ARTICLES,
    )
    return sql_of_ids(narrowed, article_ids=article_ids, mention_ids=mention_ids, event_ids=event_ids)


def _few_articles(wh: Warehouse, asked: AskedWords) -> list[str] | None:
    """The articles in which all these words stand where they are few, else None, as where no word is asked."""
    if not asked.ranges:
        return None
    first, *others = map(_postings, asked.ranges)
    among = " ".join(f"SEMI JOIN ({other}) AS w{at} USING (article_number)" for at, other in enumerate(others))
    rows = wh.query(f"SELECT DISTINCT article_number FROM ({first}) AS w {among} LIMIT {FEW_IDS + 1}")
    if len(rows) > FEW_IDS:
        return None
    numbers = ", ".join(str(int(row["article_number"])) for row in rows) or "NULL"
    return [
        row["article_id"]
        for row in wh.query(f"SELECT article_id FROM search_articles WHERE article_number IN ({numbers})")
    ]


def _read_newest_told(wh: Warehouse, question: SearchQuestion, asked: AskedWords, limit: int) -> pd.DataFrame:
    """What `queries/search_events.sql` says of words in many articles: among the events of the last days first."""
    for days in LOOK_BACK_DAYS:
        since = max(question.since, question.until - timedelta(days=days)) if days else question.since
        told = "search_told_by_words" if since == question.since else "search_told_by_events"
        text = _text_of(told, matching=_matching(asked))
        found = _read_told(wh, text, replace(question, since=since), asked, limit)
        # The last reported come first: where the newest alone are as many as are counted, older ones change nothing.
        if since == question.since or (len(found) and found["found_count"].iloc[0] >= MOST_COUNTED):
            break
    return found


def _read_told(wh: Warehouse, text: str, question: SearchQuestion, asked: AskedWords, limit: int) -> pd.DataFrame:
    # As the index has them and as they were typed: the sentences themselves are not folded.
    typed = [word.strip("*") for word in question.words.lower().split()]
    needles = sorted({first for first, _ in asked.ranges} | {word for word in typed if word}) if asked.ranges else []
    return wh.frame(text, needles=needles, phrases=asked.phrases, limit=limit, **_filters(question))


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


def _text_of(told: str, *, matching: str, events: str = "events", articles: str = "articles") -> str:
    text = sql("search_events").replace("{told}", sql(told)).replace("{matching}", matching)
    return text.replace("{events}", events).replace("{articles}", articles).replace("{among}", "")


def _matching(asked: AskedWords) -> str:
    """The question for articles in which all these words stand, any article where there is none: one id a row."""
    if not asked.ranges:
        return "SELECT article_id FROM articles"
    places = [
        f"SEMI JOIN ({_postings(words)}) AS w{at} USING (article_number)" for at, words in enumerate(asked.ranges)
    ]
    return " ".join(["SELECT article_id FROM search_articles", *places])


def _postings(words: tuple[str, str]) -> str:
    """The question for the numbers of articles with a word of this range, first and last included.

    Words are found by bounds that stand in the question as they are. One word is asked for by itself: of a range DuckDB
    guesses that a fifth of all is in it, and joins the wrong way round.
    """
    first, last = map(text_literal, words)
    where = f"word = {first}" if first == last else f"word >= {first} AND word <= {last}"
    return f"SELECT article_number FROM search_words WHERE {where}"


def _filters(question: SearchQuestion) -> dict[str, Any]:
    given = asdict(question)
    del given["words"]
    return given
