"""Everything that is asked of the warehouse: records for the flows, frames for the dashboard.

Questions of the dashboard lie in `queries/`, one file each, with grain, keys and units in its header. A frame without
rows has the same columns. All raise WarehouseError as `Warehouse.query` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from warehouse.connect import Warehouse
from warehouse.questions import ask_of_links, read_arrival_numbers, read_event_numbers, read_told, sql
from warehouse.records import Article, Entry, Event, Feed, Mention, OutletFamily
from warehouse.side_names import english_name
from warehouse.tables import record_of

if TYPE_CHECKING:
    import pandas as pd

# Of tension and de-escalation, in days, where no flow has said yet.
DEFAULT_HALF_LIFE_DAYS = 7.0


# For the flows


def read_feeds(wh: Warehouse) -> list[Feed]:
    """All feeds, retired ones too, by id."""
    return [record_of(Feed, row) for row in wh.query("SELECT * FROM feeds ORDER BY feed_id")]


def read_outlet_families(wh: Warehouse) -> list[OutletFamily]:
    """Who owns outlets, by id."""
    return [record_of(OutletFamily, row) for row in wh.query("SELECT * FROM outlet_families ORDER BY family_id")]


def read_due_feeds(wh: Warehouse, now: datetime) -> list[Feed]:
    """Active feeds whose turn has come, those never polled first, then the longest waiting."""
    rows = wh.query(
        "SELECT * FROM feeds WHERE status = 'active' AND (next_poll_at_utc IS NULL OR next_poll_at_utc <= $now) "
        "ORDER BY next_poll_at_utc NULLS FIRST, feed_id",
        now=now,
    )
    return [record_of(Feed, row) for row in rows]


def read_states_of_entries(wh: Warehouse, entry_ids: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Entry id to (content_hash, revision), for those of these entries that are there."""
    rows = wh.query(
        "SELECT entry_id, content_hash, revision FROM entries WHERE entry_id IN (SELECT unnest($ids))",
        ids=sorted(set(entry_ids)),
    )
    return {row["entry_id"]: (row["content_hash"], row["revision"]) for row in rows}


def read_entries_at(wh: Warehouse, urls: Iterable[str]) -> list[Entry]:
    """The entries kept under these links, as written, the last seen first; one pass over all links."""
    rows = wh.query(
        "SELECT * FROM entries WHERE url IN (SELECT unnest($urls)) ORDER BY last_seen_at_utc DESC, entry_id",
        urls=sorted(set(urls)),
    )
    return [record_of(Entry, row) for row in rows]


def read_poll_ids(wh: Warehouse, poll_ids: Iterable[str]) -> set[str]:
    """Those of these polls that are kept."""
    rows = wh.query(
        "SELECT poll_id FROM polls WHERE poll_id IN (SELECT unnest($ids))",
        ids=sorted(set(poll_ids)),
    )
    return {row["poll_id"] for row in rows}


def read_entries_without_article(wh: Warehouse, limit: int) -> list[Entry]:
    """Entries whose article was not looked at since they were last new or revised, oldest first."""
    rows = wh.query(
        "SELECT * FROM entries WHERE article_id IS NULL ORDER BY first_seen_at_utc, entry_id LIMIT $limit", limit=limit
    )
    return [record_of(Entry, row) for row in rows]


def read_article_states(wh: Warehouse, article_ids: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Article id to (content_hash, revision), for those that are there."""
    rows = wh.query(
        "SELECT article_id, content_hash, revision FROM articles WHERE article_id IN (SELECT unnest($ids))",
        ids=sorted(set(article_ids)),
    )
    return {row["article_id"]: (row["content_hash"], row["revision"]) for row in rows}


def read_uncoded_articles(wh: Warehouse, coder_version: str, limit: int) -> list[Article]:
    """Articles that this version of the coder has not read in their present text, the first seen first."""
    rows = wh.query(
        "SELECT * FROM articles WHERE coder_version IS DISTINCT FROM $version "
        "ORDER BY first_seen_at_utc, article_id LIMIT $limit",
        version=coder_version,
        limit=limit,
    )
    return [record_of(Article, row) for row in rows]


def read_current_mentions(wh: Warehouse, *, article_ids: Iterable[str]) -> list[Mention]:
    """Mentions of these articles that are not superseded, in the order of the text."""
    # Found first and by themselves: a second condition takes the place of the index.
    found = ask_of_links(
        partial(wh.records, Mention),
        "WITH own AS MATERIALIZED (SELECT * FROM mentions WHERE {which}) "
        "SELECT * FROM own WHERE superseded_at_utc IS NULL",
        article_ids,
        partial(read_arrival_numbers, wh),
        column="arrival_number",
    )
    return sorted(found, key=attrgetter("article_id", "evidence_start", "mention_id"))


def read_events(wh: Warehouse, *, since: datetime | None = None) -> list[Event]:
    """Events that are not withdrawn, last reported from `since` on (all, where None), by id."""
    return wh.records(
        Event,
        "SELECT * FROM events WHERE withdrawn_at_utc IS NULL AND ($since IS NULL OR last_reported_at_utc >= $since) "
        "ORDER BY event_id",
        since=since,
    )


# For the dashboard


def read_meta(wh: Warehouse, name: str) -> str | None:
    """One fact about this warehouse as a whole; None where nobody has said."""
    rows = wh.query("SELECT value FROM meta WHERE name = $name", name=name)
    return str(rows[0]["value"]) if rows else None


def read_is_demo(wh: Warehouse) -> bool:
    """Whether what is kept comes from the demo newsroom."""
    return read_meta(wh, "is_demo") == "true"


def read_half_life_days(wh: Warehouse) -> float:
    """The half-life that tension and de-escalation were computed with, days."""
    return float(read_meta(wh, "half_life_days") or DEFAULT_HALF_LIFE_DAYS)


def read_data_version(wh: Warehouse) -> int:
    """A number that grows with every committed batch and every label; cheap to ask."""
    return int(wh.query(sql("data_version"))[0]["data_version"])


def read_overview(wh: Warehouse, now: datetime) -> dict[str, Any]:
    """What is kept, in numbers; see `queries/overview.sql`."""
    return wh.query(sql("overview"), now=now)[0]


def read_dyad_values(wh: Warehouse, on: date, days: int, *, dyad: tuple[str, str] | None = None) -> pd.DataFrame:
    """Where every dyad stands on a day and how far it moved in `days`; see `queries/dyad_values.sql`.

    Args:
        dyad: this one alone, sides in either order.
    """
    a, b = sorted(dyad) if dyad else (None, None)
    since, half_life = on - timedelta(days=days), read_half_life_days(wh)
    return wh.frame(sql("dyad_values"), until=on, since=since, half_life=half_life, a=a, b=b)


def read_moved_dyads(wh: Warehouse, on: date, days: int) -> pd.DataFrame:
    """Dyads by how far they moved in the `days` before `on`, farthest first; see `queries/dyad_values.sql`.

    Only dyads with an event in that time: the mere fading of an old one is no news.
    """
    return moved_of(read_dyad_values(wh, on, days))


def moved_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Of the rows of `read_dyad_values` those of dyads with an event in these days, the farthest moved first."""
    moved = frame[frame["event_count"] > 0]
    order = moved["net_change"].abs().sort_values(ascending=False, kind="stable").index
    return moved.loc[order].reset_index(drop=True)


def read_tension_by_dyad(wh: Warehouse, on: date, limit: int) -> pd.DataFrame:
    """Dyads by tension on a day, tensest first; see `queries/dyad_values.sql`."""
    return tensest_of(read_dyad_values(wh, on, 7), limit)


def tensest_of(frame: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Of the rows of `read_dyad_values` so many, the tensest dyad first."""
    return frame.sort_values("tension", ascending=False, kind="stable").head(limit).reset_index(drop=True)


def read_newest_events(wh: Warehouse, limit: int) -> pd.DataFrame:
    """Events with their sentence, the last reported first; see `queries/newest_events.sql`."""
    newest = wh.query(sql("newest_event_ids"), limit=limit)
    text = read_told(wh, [row["event_number"] for row in newest]).in_text(sql("newest_events"))
    first = min((row["starts_on"] for row in newest), default=date.min)
    return wh.frame(text, first=first, last=max((row["ends_on"] for row in newest), default=date.min))


def read_sides(wh: Warehouse) -> pd.DataFrame:
    """Each side that has an event, as `sides_of` gives them."""
    return sides_of(read_dyads(wh), partial(read_written_names, wh))


def read_dyads(wh: Warehouse) -> pd.DataFrame:
    """Dyads of which something is known, those with most rows first; see `queries/dyads.sql`."""
    return wh.frame(sql("dyads"))


def read_written_names(wh: Warehouse, codes: tuple[str, ...]) -> dict[str, str]:
    """The name most often written for each of these sides that an event has; see `queries/side_written_names.sql`."""
    rows = wh.query(sql("side_written_names"), codes=list(codes)) if codes else []
    return {row["code"]: row["name"] for row in rows}


def sides_of(dyads: pd.DataFrame, read_names: Callable[[tuple[str, ...]], dict[str, str]]) -> pd.DataFrame:
    """code, name, event_count of each side that has an event, busiest first.

    The name is the English one; of a side that has none here, the one most often written, else its code. An event that
    counts in two of a side's dyads counts in both.

    Args:
        dyads: of `read_dyads`.
        read_names: the names that are written for these codes.
    """
    from pandas import DataFrame

    counts: Counter[str] = Counter()
    for a, b, count in zip(dyads["side_a_code"], dyads["side_b_code"], dyads["event_count"], strict=True):
        counts.update({a: int(count), b: int(count)})
    ordered = sorted(counts.items(), key=lambda side: (-side[1], side[0]))
    written = read_names(tuple(code for code, _ in ordered if english_name(code) is None))
    rows = [(code, english_name(code) or written.get(code) or code, count) for code, count in ordered if count]
    columns = {"code": "str", "name": "str", "event_count": "Int64"}
    return DataFrame(rows, columns=list(columns)).astype(columns)


def read_pair_series(wh: Warehouse, a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """The days of a dyad with both ends included, by day; sides in either order; columns as `daily_dyads`."""
    first, second = sorted((a, b))
    return wh.frame(sql("pair_series"), a=first, b=second, since=since, until=until)


def read_beside_gdelt(wh: Warehouse, a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """Our days of a dyad beside GDELT's counts, by day; sides in either order; see `queries/beside_gdelt.sql`."""
    first, second = sorted((a, b))
    return wh.frame(sql("beside_gdelt"), a=first, b=second, since=since, until=until)


def read_event_evidence(wh: Warehouse, event_id: str) -> pd.DataFrame:
    """The sentences behind an event, one row a mention; see `queries/event_evidence.sql`."""
    told = read_told(wh, read_event_numbers(wh, [event_id]))
    copies = "SELECT copy_of_id FROM article_copies WHERE article_id IN ({article_ids})"
    original_ids = [row["copy_of_id"] for row in wh.query(told.in_text(copies))]
    return wh.frame(told.in_text(sql("event_evidence"), original_ids=original_ids))


def read_feed_health(wh: Warehouse, now: datetime | None = None) -> pd.DataFrame:
    """Each feed and how it is at `now` (this moment where None), troubled ones first; see `queries/feed_health.sql`."""
    return wh.frame(sql("feed_health"), now=now or datetime.now(UTC))


def read_disagreements(wh: Warehouse, limit: int) -> pd.DataFrame:
    """Mentions that a second reading contradicts, newest first; see `queries/disagreements.sql`."""
    return wh.frame(sql("disagreements"), limit=limit)


def read_recent_polls(wh: Warehouse, limit: int = 100) -> pd.DataFrame:
    """The last polls, newest first."""
    return wh.frame(sql("recent_polls"), limit=limit)
