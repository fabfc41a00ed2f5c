"""What the search page asks: articles and events by their words, narrowed by filters.

Only articles whose words are kept (`warehouse.search_index`) are found by words. All raise WarehouseError as
`Warehouse.query` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from warehouse.connect import Warehouse
from warehouse.literals import text_literal
from warehouse.patterns import pattern_of
from warehouse.questions import read_arrival_numbers, read_events_told_in, read_told, read_told_in, sql, sql_of_ids
from warehouse.words import AskedWords, asked_words

if TYPE_CHECKING:
    import pandas as pd

# What is found is counted no further: counting to a thousand took longer than finding the thirty that are shown.
MOST_COUNTED = 100
# Days before the end that are searched first, then more: a word that is often written is found often enough in few.
# Each step is so much longer than the one before that what that cost in vain is little beside it.
LOOK_BACK_DAYS = (3, 30, 180, None)
# So many rows of a key named in a question are found by its index; of more, DuckDB reads the whole table.
FEW_IDS = 500
# Of a word that is often written, the events told in so many of its newest articles are looked at before all others.
NEWEST_ARTICLES = 300
# Those that arrived among so many are near each other: a month or two of a thousand a day.
NEAR_ARTICLES = 60_000
FEW_ARTICLES = "(SELECT * FROM articles WHERE article_id IN ({article_ids}))"
AMONG_MATCHING = "SEMI JOIN matching USING (arrival_number)"


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
    found = _find_newest_articles(wh, question, asked, _few_articles(wh, asked), limit)
    numbers = {f"{name}s": [row[name] for row in found] for name in ("article_id", "arrival_number")}
    told = sql_of_ids(sql("search_articles_told"), **numbers)
    return wh.frame(told, found_count=found[0]["found_count"] if found else 0)


def _find_newest_articles(
    wh: Warehouse, question: SearchQuestion, asked: AskedWords, few: list[str] | None, limit: int
) -> list[dict[str, Any]]:
    """As `_find_articles`: among those of the last days first, as far as as many are found there as are counted."""
    found: list[dict[str, Any]] = []
    for days in LOOK_BACK_DAYS if few is None else (None,):
        since = max(question.since, question.until - timedelta(days=days)) if days else question.since
        within = replace(question, since=since)
        # Articles whose words are not kept yet are found where no word is asked for. Of all days the words come first,
        # but for phrases: no more texts than must be are looked through.
        if few is not None or not asked.ranges or (since == question.since and not asked.phrases):
            found = _find_articles(wh, within, asked, few, limit)
        else:
            found = _find_articles_since(wh, within, asked, limit)
        if since == question.since or (found and found[0]["found_count"] >= MOST_COUNTED):
            break  # as among events
    return found


def _find_articles(
    wh: Warehouse, question: SearchQuestion, asked: AskedWords, few: list[str] | None, limit: int
) -> list[dict[str, Any]]:
    """Rows of `queries/search_articles.sql`; where `few` are given, all others are left out."""
    articles = "articles" if few is None else sql_of_ids(FEW_ARTICLES, article_ids=few)
    is_narrowed = few is None and bool(asked.ranges)
    text = sql("search_articles").replace("{matching}", _matching(asked)).replace("{articles}", articles)
    text = text.replace("{among}", AMONG_MATCHING if is_narrowed else "")
    return _query_articles(wh, text, question, asked, limit)


def _find_articles_since(
    wh: Warehouse, question: SearchQuestion, asked: AskedWords, limit: int
) -> list[dict[str, Any]]:
    """Rows of `queries/search_articles_newest.sql`."""
    worded, among = _worded(asked)
    text = sql("search_articles_newest").replace("{worded}", worded).replace("{among}", among)
    return _query_articles(wh, text, question, asked, limit)


def _query_articles(
    wh: Warehouse, text: str, question: SearchQuestion, words: AskedWords, limit: int
) -> list[dict[str, Any]]:
    asked = _filters(question)
    # Where no mention is asked about, the question has none in it: DuckDB would read them all to say so.
    of_events = {name: asked.pop(name) for name in ("side", "type", "status", "country")}
    is_of_events = any(of_events.values())
    text = text.replace("{mentioned}", sql("search_articles_mentioned") if is_of_events else "true")
    text = text.replace("{phrased}", _phrased(words, "a.title || chr(10) || a.text"))
    most, of_mentions = max(limit, MOST_COUNTED), of_events if is_of_events else {}
    return wh.query(text, limit=limit, most=most, **asked, **of_mentions)


def read_found_events(wh: Warehouse, question: SearchQuestion, limit: int) -> pd.DataFrame:
    """Events told with the words, last reported first: as `events`, with those of `queries/search_events.sql`."""
    asked = asked_words(question.words)
    if not asked.ranges and not asked.phrases and question.language is None and question.family is None:
        return _read_events_whatever_words(wh, question, limit)
    text = _text_of_few(wh, asked)
    found = _read_told(wh, text, question, asked, limit) if text else _read_newest_told(wh, question, asked, limit)
    text = "SELECT * FROM events WHERE event_number IN ({event_numbers})"
    events = wh.frame(sql_of_ids(text, event_numbers=found["event_number"]))
    return (
        found[["event_id"]]
        .merge(events, on="event_id")
        .merge(found.drop(columns=["last_reported_at_utc", "event_number"]), on="event_id")
    )


def _text_of_few(wh: Warehouse, asked: AskedWords) -> str | None:
    """The question on events where the words stand in few articles, so that all else is found by ids; None: in many."""
    article_ids = _few_articles(wh, asked)
    if article_ids is None:
        return None
    mentions, events = read_told_in(wh, read_arrival_numbers(wh, article_ids), limit=FEW_IDS + 1)
    return None if len(mentions) > FEW_IDS else _text_by_numbers(article_ids, mentions, events)


def _text_by_numbers(article_ids: Iterable[str], mentions: Iterable[int], events: Iterable[int]) -> str:
    """The question on events among these, told in these mentions of these articles."""
    narrowed = _text_of(
        "search_told_by_ids",
        matching="SELECT arrival_number FROM articles WHERE article_id IN ({article_ids})",
        events="(SELECT * FROM events WHERE event_number IN ({event_numbers}))",
        articles=FEW_ARTICLES,
    )
    return sql_of_ids(narrowed, article_ids=article_ids, mention_numbers=mentions, event_numbers=events)


def _few_articles(wh: Warehouse, asked: AskedWords) -> list[str] | None:
    """The articles in which all these words stand where they are few, else None, as where no word is asked."""
    if not asked.ranges:
        return None
    first, *others = map(_postings, asked.ranges)
    among = " ".join(f"SEMI JOIN ({other}) AS w{at} USING (article_number)" for at, other in enumerate(others))
    # A word stands once for each article, of which the first few suffice; a beginning may stand for several words.
    is_once = asked.ranges[0][0] == asked.ranges[0][1]
    numbers_of = "SELECT" if is_once else "SELECT DISTINCT"
    rows = wh.query(f"{numbers_of} article_number FROM ({first}) AS w {among} LIMIT {FEW_IDS + 1}")
    if len(rows) > FEW_IDS:
        return None
    numbers = ", ".join(str(int(row["article_number"])) for row in rows) or "NULL"
    return [
        row["article_id"]
        for row in wh.query(f"SELECT article_id FROM search_articles WHERE article_number IN ({numbers})")
    ]


def _read_newest_told(wh: Warehouse, question: SearchQuestion, asked: AskedWords, limit: int) -> pd.DataFrame:
    """What `queries/search_events.sql` says of words in many articles: among the newest articles or events first."""
    if (newest := _read_told_in_newest(wh, question, asked)) is not None:
        return newest.head(limit)
    for days in LOOK_BACK_DAYS:
        since = max(question.since, question.until - timedelta(days=days)) if days else question.since
        told = "search_told_by_words" if since == question.since else "search_told_by_events"
        text = _text_of(told, matching=_matching(asked))
        found = _read_told(wh, text, replace(question, since=since), asked, limit)
        # The last reported come first: where the newest alone are as many as are counted, older ones change nothing.
        if since == question.since or (len(found) and found["found_count"].iloc[0] >= MOST_COUNTED):
            break
    return found


def _read_told_in_newest(wh: Warehouse, question: SearchQuestion, asked: AskedWords) -> pd.DataFrame | None:
    """The events told with the words in the newest articles that have them, the last reported first.

    None where they are too few to be counted as many, and where a phrase is asked for. An event that was told with the
    words only in older articles, and since then without, is not among them.
    """
    if asked.phrases:
        return None
    whoever = replace(question, side=None, type=None, status=None, country=None)
    newest = [row["arrival_number"] for row in _find_newest_articles(wh, whoever, asked, None, NEWEST_ARTICLES)]
    if not newest:
        return None
    needles = _needles(question, asked)
    text = _text_of_newest(wh, newest, needles)
    given = {name: value for name, value in _filters(question).items() if name not in ("language", "family")}
    found = wh.frame(text, limit=MOST_COUNTED, most=MOST_COUNTED, needles=needles, **given)
    return found if len(found) >= MOST_COUNTED else None


def _text_of_newest(wh: Warehouse, articles: Sequence[int], needles: Sequence[str]) -> str:
    """The question on events told in these articles, which are some; looked up one by one where they lie far apart."""
    first, last = min(articles), max(articles)
    is_near = last - first <= NEAR_ARTICLES
    tables = ("mentions", "event_mentions", "events") if is_near else ("spoken", "links", "happened")
    text = sql("search_told_in_newest").replace("{first}", str(first)).replace("{last}", str(last))
    for name, table in zip(("{mentions}", "{links}", "{events}"), tables, strict=True):
        text = text.replace(name, table)
    text = text.replace("{found_first}", "" if is_near else sql("search_told_by_numbers"))
    if is_near:
        return sql_of_ids(text, arrival_numbers=articles)
    fitting = wh.query(sql_of_ids(sql("search_mentions_fitting"), arrival_numbers=articles), needles=list(needles))
    mentions = [row["mention_number"] for row in fitting]
    events = read_events_told_in(wh, mentions)
    return sql_of_ids(text, arrival_numbers=articles, mention_numbers=mentions, event_numbers=events)


def _needles(question: SearchQuestion, asked: AskedWords) -> list[str]:
    """The asked words as the index has them and as they were typed: the sentences themselves are not folded."""
    typed = [word.strip("*") for word in question.words.lower().split()]
    return sorted({first for first, _ in asked.ranges} | {word for word in typed if word}) if asked.ranges else []


def _read_told(wh: Warehouse, text: str, question: SearchQuestion, asked: AskedWords, limit: int) -> pd.DataFrame:
    given = _filters(question) | {"needles": _needles(question, asked)}
    text = text.replace("{phrased}", _phrased(asked, "m.evidence_text || chr(10) || a.title || chr(10) || a.text"))
    return wh.frame(text, limit=limit, most=max(limit, MOST_COUNTED), **given)


def _read_events_whatever_words(wh: Warehouse, question: SearchQuestion, limit: int) -> pd.DataFrame:
    """As `read_found_events` where nothing is asked of the texts: events first, then only what tells of those shown."""
    given = {name: value for name, value in asdict(question).items() if name not in ("words", "language", "family")}
    found = wh.query(sql("search_event_ids"), limit=limit, most=max(limit, MOST_COUNTED), **given)
    text = read_told(wh, [row["event_number"] for row in found]).in_text(sql("search_events_told"))
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
    """The question for articles in which all these words stand, any where there is none: an arrival_number a row."""
    if not asked.ranges:
        return "SELECT arrival_number FROM articles"
    return f"SELECT arrival_number FROM search_articles {_among(asked)}"


def _phrased(asked: AskedWords, text: str) -> str:
    """The condition that all phrases stand in this text (SQL), case and accents aside.

    A pattern first tells most texts that do not have them.
    """
    return (
        " AND ".join(
            f"CASE WHEN regexp_matches({text}, {text_literal(pattern_of(phrase))}) "
            f"THEN contains(strip_accents(lower({text})), strip_accents(lower({text_literal(phrase)}))) ELSE false END"
            for phrase in asked.phrases
        )
        or "true"
    )


def _among(asked: AskedWords) -> str:
    """What leaves, of rows with an article_number, those of articles in which all these words stand."""
    return " ".join(
        f"SEMI JOIN ({_postings(words)}) AS w{at} USING (article_number)" for at, words in enumerate(asked.ranges)
    )


def _worded(asked: AskedWords) -> tuple[str, str]:
    """(tables, each of the articles of `numbered` that have one word more; what leaves the articles of the last).

    A word is asked for as a range, of which DuckDB guesses that much lies in it: so it begins with the few articles,
    and looks for words among their numbers alone.
    """
    tables, among = "", "numbered"
    for at, words in enumerate(asked.ranges):
        first, last = map(text_literal, words)
        of_word = f"FROM search_words SEMI JOIN {among} USING (article_number) WHERE word >= {first} AND word <= {last}"
        among = f"w{at}"
        tables += f"{among} AS MATERIALIZED (SELECT article_number {of_word}),\n"
    return tables, f"SEMI JOIN {among} USING (article_number)"


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
