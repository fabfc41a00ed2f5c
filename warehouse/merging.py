"""What merging asks for: mentions that wait, and the keys of those that lie near them; never the whole history.

Keys are kept in the order in which mentions are merged, which is nearly that of time, so a question for some days of
some blocks reads little else. Everything is answered from what is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any

from warehouse.connect import Warehouse
from warehouse.literals import LOOKED_UP, literal, rows_literal
from warehouse.questions import EVENTS_LOOKED_UP, ask_of_ids, ask_of_links, read_event_numbers, sql_of_ids
from warehouse.records import Event, EventMention, Mention, MergeKey
from warehouse.tables import table_of
from warehouse.told_days import within

# No interval that is asked for its day is longer.
WIDEST_DAYS = 31
# An undated report may be published so many days before the day that another states.
TOLD_BEFORE = 2


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """A current mention with what merging needs of its article; the family of a copy is that of the original."""

    mention: Mention
    outlet_id: str
    family_id: str
    published_at_utc: datetime
    story_id: str | None


@dataclass(frozen=True, slots=True)
class BondRow:
    """A person's word that a mention and another (None: any other) are one happening, or are not."""

    label_id: str
    mention_id: str
    other_id: str | None
    is_same: bool


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A mention that reports an event, as it was merged last, and who speaks in it."""

    link: EventMention
    family_id: str
    outlet_id: str


def read_queue(wh: Warehouse, limit: int) -> list[str]:
    """Mentions that wait, at most so many, those of the earliest coded; of these the like stand together.

    So a part of them changes few events, and each event once, not once in every part.
    """
    # Of few that wait the mentions are looked up; of many all mentions are gone through.
    few = [row["mention_id"] for row in wh.query("SELECT mention_id FROM merge_queue LIMIT $n", n=LOOKED_UP + 1)]
    own = "AS MATERIALIZED (SELECT * FROM mentions WHERE mention_id IN ({ids}))"
    text = f"""
        WITH own {own if len(few) <= LOOKED_UP else "AS (FROM mentions)"},
        earliest AS (
            SELECT q.mention_id, m.type, m.actor_code, m.target_code, m.coded_at_utc
            FROM merge_queue AS q LEFT JOIN own AS m USING (mention_id)
            ORDER BY m.coded_at_utc, q.mention_id LIMIT $limit
        )
        SELECT mention_id FROM earliest
        ORDER BY type, least(actor_code, target_code), greatest(actor_code, target_code), coded_at_utc, mention_id
        """
    return [row["mention_id"] for row in wh.query(sql_of_ids(text, ids=few), limit=limit)]


def read_reported(wh: Warehouse, mention_ids: Iterable[str], told: Sequence[datetime] = ()) -> list[ReportedRow]:
    """Those of these mentions that are current, with their articles, by id.

    Args:
        mention_ids: any.
        told: when most of their articles were published, where that is known: there they are looked for first.
    """
    around = _around(told)
    mentions = ask_of_ids(
        partial(wh.records, Mention),
        "SELECT * FROM mentions WHERE superseded_at_utc IS NULL AND mention_id IN ({ids})",
        mention_ids,
        near=around("coded_at_utc", CODED_AFTER),
        id_of=attrgetter("mention_id"),
    )
    rows_of = partial(ask_of_ids, wh.query, id_of=itemgetter("article_id"))
    article_ids = {one.article_id for one in mentions}
    articles = {row["article_id"]: row for row in rows_of(_ARTICLES, article_ids, near=around("published_at_utc"))}
    copies = {row["article_id"]: row["copy_of_id"] for row in rows_of(_COPIES, articles)}
    near = around("published_at_utc", COPIED_WITHIN)
    originals = {row["article_id"]: row["family_id"] for row in rows_of(_ORIGINALS, copies.values(), near=near)}
    found = []
    for mention in sorted(mentions, key=lambda one: one.mention_id):
        article = articles.get(mention.article_id)
        if article is not None:
            family_id = originals.get(copies.get(mention.article_id, ""), article["family_id"])
            own = (mention, article["outlet_id"], family_id, article["published_at_utc"], article["story_id"])
            found.append(ReportedRow(*own))
    return found


_ARTICLES = (
    "SELECT article_id, outlet_id, family_id, story_id, "
    "coalesce(published_at_utc, first_seen_at_utc) AS published_at_utc FROM articles WHERE article_id IN ({ids})"
)
_COPIES = "SELECT article_id, copy_of_id FROM article_copies WHERE article_id IN ({ids})"
_ORIGINALS = "SELECT article_id, family_id FROM article_signatures WHERE article_id IN ({ids})"
# News is read within days of its publication, and copied within a week.
CODED_AFTER, COPIED_WITHIN = timedelta(days=3), timedelta(days=7)


def _around(told: Sequence[datetime]) -> Callable[..., str]:
    """What gives the condition that a column lies in this time, or so far around; none where no time is given."""

    def condition(column: str, reach: timedelta = timedelta(0)) -> str:
        if not told:
            return ""
        return f"{column} BETWEEN {literal(min(told) - reach)} AND {literal(max(told) + reach)}"

    return condition


def read_keys(wh: Warehouse, mention_ids: Iterable[str]) -> list[MergeKey]:
    """The keys of these mentions that events reflect."""
    return ask_of_ids(
        partial(wh.records, MergeKey), "SELECT * FROM merge_keys WHERE mention_id IN ({ids})", mention_ids
    )


def read_stirred(wh: Warehouse, changed: Sequence[MergeKey], copy_days: int) -> list[MergeKey]:
    """Kept keys whose day may change with these: undated ones alike in words, place or toll, nouns, intervals."""
    asking = [*_alike("kept", "given", copy_days), *_pointing("kept", "given", copy_days)]
    days = [(key.starts_on, key.starts_on) for key in changed if key.precision != "era"]
    near = {
        # What states its day asks for none. An interval may begin long before the day within it.
        "wide": within("starts_on", days, before=WIDEST_DAYS),
        "bare": within("starts_on", days, before=TOLD_BEFORE, after=2 * copy_days),
    }
    return _paired(wh, changed, asking, near)


def read_ties(wh: Warehouse, keys: Sequence[MergeKey], copy_days: int) -> list[MergeKey]:
    """Kept keys that an undated one of these is tied to: alike in words, place or toll, on days that it may mean."""
    asking = [key for key in keys if key.precision == "bare"]
    days = [(key.starts_on, key.starts_on) for key in asking]
    # An interval, of which only the words may be alike, lies no further.
    near = within("starts_on", days, before=2 * copy_days, after=TOLD_BEFORE)
    return _paired(wh, asking, _alike("given", "kept", copy_days), dict.fromkeys(("day", "bare", "wide"), near))


def _alike(asks: str, tells: str, copy_days: int) -> list[str]:
    """SQL of pairs of which one is undated and the other may tell its day, by what both have."""
    return [
        f"kept.{name} = given.{name} AND {_asks_near(asks, tells, copy_days)}"
        for name in ("sentence_key", "place_key", "toll_key")
    ]


def _pointing(asks: str, tells: str, copy_days: int) -> list[str]:
    """SQL of pairs of which one means a day that others near tell: a noun that points to one, an interval."""
    return [
        f"{asks}.precision = 'wide' AND {tells}.precision = 'day' "
        f"AND {asks}.starts_on <= {tells}.starts_on AND {tells}.starts_on < {asks}.ends_on",
        f"{asks}.is_pointing AND {_asks_near(asks, tells, copy_days)} "
        f"AND ({tells}.precision = 'day' OR ({tells}.precision = 'bare' AND NOT {tells}.is_pointing))",
    ]


def _asks_near(asks: str, tells: str, copy_days: int) -> str:
    near = f"{asks}.starts_on BETWEEN {tells}.starts_on - {TOLD_BEFORE} AND {tells}.starts_on + {2 * copy_days}"
    return f"{asks}.precision = 'bare' AND {near}"


def _paired(
    wh: Warehouse, keys: Sequence[MergeKey], conditions: Sequence[str], near: Mapping[str, str]
) -> list[MergeKey]:
    """Kept keys that make a pair with a given one of their block.

    Args:
        wh: where they are kept.
        keys: the given ones; eras have no day to tell or to be told.
        conditions: SQL of the pairs.
        near: by precision SQL of where its kept keys may lie, which keeps the rest from being read.
    """
    if all(key.precision == "era" for key in keys):
        return []
    own = [
        f"SELECT {{columns}} FROM merge_keys WHERE {days} AND precision IN ({names}) AND {{rest}}"
        for days, names in _by_days(near).items()
    ]
    known = " UNION ALL ".join(own)
    pairs = "SELECT kept.mention_id FROM near AS kept JOIN given ON kept.block = given.block AND "
    return _keys(
        wh,
        f"WITH given AS ({_given(keys)}), "
        f"near AS ({known.format(columns=', '.join(_GIVEN), rest='block IN (SELECT block FROM given)')}), "
        f"found AS MATERIALIZED ({' UNION '.join(pairs + condition for condition in conditions)}) "
        + known.format(columns="*", rest="mention_id IN (FROM found)"),
    )


def _by_days(near: Mapping[str, str]) -> dict[str, str]:
    """Condition on the days to the precisions that it is for, as what stands within `IN (..)`."""
    found: dict[str, list[str]] = {}
    for precision, days in near.items():
        found.setdefault(days, []).append(f"'{precision}'")
    return {days: ", ".join(names) for days, names in found.items()}


def read_events_by_id(wh: Warehouse, event_ids: Iterable[str]) -> list[Event]:
    """These events, by id; withdrawn ones too."""
    found = ask_of_ids(partial(wh.records, Event), "SELECT * FROM events WHERE event_id IN ({ids})", event_ids)
    return sorted(found, key=attrgetter("event_id"))


# A `right` that is no word on the reading: it names what it takes back, or the other mention of it.
_TAKES_BACK_BOND = "(verdict = 'right' AND (value IS NOT NULL OR coalesce(field, '') IN ('separate', 'same_event')))"


def read_links(wh: Warehouse, event_ids: Iterable[str], known: Mapping[str, MergeKey]) -> list[LinkRow]:
    """The mentions that report these events and have a key.

    Args:
        event_ids: any.
        known: keys by mention that are at hand; the others are read.
    """
    links = ask_of_links(
        partial(wh.records, EventMention),
        "SELECT * FROM event_mentions WHERE {which}",
        event_ids,
        partial(read_event_numbers, wh),
        column="event_number",
        looked_up=EVENTS_LOOKED_UP,
    )
    others = read_keys(wh, {link.mention_id for link in links} - known.keys())
    keys = {**known, **{key.mention_id: key for key in others}}
    return [
        LinkRow(link, link.family_id or key.family_id, key.outlet_id)
        for link in links
        if (key := keys.get(link.mention_id)) is not None
    ]


def read_wrong_ids(wh: Warehouse) -> tuple[set[str], set[str]]:
    """(mention ids, event ids) whose latest word is wrong; of a mention coded anew, the id it has now too."""
    latest = f"""
        SELECT label_id, mention_id, event_id FROM labels
        WHERE verdict IN ('right', 'wrong', 'corrected') AND NOT ({_TAKES_BACK_BOND})
        QUALIFY row_number() OVER (
            PARTITION BY mention_id, CASE WHEN mention_id IS NULL THEN event_id END
            ORDER BY labelled_at_utc DESC, label_id) = 1 AND verdict = 'wrong'
        """
    events = wh.query(f"SELECT event_id FROM ({latest}) WHERE mention_id IS NULL AND event_id IS NOT NULL")
    meant = f"SELECT label_id, mention_id FROM ({latest}) WHERE mention_id IS NOT NULL"
    mentions = wh.query(f"SELECT mention_id FROM ({meant}) UNION SELECT mention_id FROM ({_heirs(meant)})")
    return {row["mention_id"] for row in mentions}, {row["event_id"] for row in events}


def read_bonds(wh: Warehouse) -> list[BondRow]:
    """What people say belongs together or apart, the latest word on each pair, for mentions as they are coded now."""
    latest = f"""
        SELECT * FROM labels
        WHERE mention_id IS NOT NULL AND (verdict IN ('separate', 'same_event') OR {_TAKES_BACK_BOND})
        QUALIFY row_number() OVER (
            PARTITION BY mention_id, value ORDER BY labelled_at_utc DESC, label_id) = 1 AND verdict <> 'right'
        """
    rows = wh.query(
        f"""
        WITH latest AS ({latest}),
        one AS ({_heirs("SELECT label_id, mention_id FROM latest")}),
        other AS ({_heirs(_OTHERS.format(source="latest"))})
        SELECT l.label_id, one.mention_id, other.mention_id AS other_id, l.verdict = 'same_event' AS is_same,
            l.value IS NOT NULL AS has_other
        FROM latest AS l JOIN one USING (label_id) LEFT JOIN other USING (label_id)
        ORDER BY l.label_id
        """
    )
    # Of a pair whose other mention is gone nothing can be said.
    return [
        BondRow(row["label_id"], row["mention_id"], row["other_id"], row["is_same"])
        for row in rows
        if row["other_id"] is not None or not row["has_other"]
    ]


_OTHERS = (
    "SELECT label_id, value AS mention_id FROM {source} "
    "WHERE verdict IN ('separate', 'same_event', 'right') AND mention_id IS NOT NULL AND value IS NOT NULL"
)


def _heirs(meant: str) -> str:
    """SQL of label_id and mention_id: the current mention that stands for a labelled one, itself where it is current.

    An article coded anew has new mentions; the heir is of the same type and sentence, and of the same sides if any is.
    """
    return f"""
        SELECT meant.label_id, now_is.mention_id FROM ({meant}) AS meant
        JOIN mentions AS was ON was.mention_id = meant.mention_id
        JOIN mentions AS now_is ON now_is.article_id = was.article_id AND now_is.type = was.type
            AND now_is.superseded_at_utc IS NULL
            AND (now_is.evidence_text = was.evidence_text OR (now_is.article_revision = was.article_revision
                 AND now_is.evidence_start < was.evidence_end AND was.evidence_start < now_is.evidence_end))
        QUALIFY row_number() OVER (PARTITION BY meant.label_id, was.mention_id ORDER BY
            now_is.mention_id = was.mention_id DESC,
            (now_is.actor_code IS NOT DISTINCT FROM was.actor_code)::INT
                + (now_is.target_code IS NOT DISTINCT FROM was.target_code)::INT DESC, now_is.mention_id) = 1
        """


# Queues the mentions that the labels $labels speak of, themselves or by their event.
LABELLED_SQL = f"""
    INSERT INTO merge_queue
    WITH fresh AS (SELECT * FROM labels WHERE label_id IN (SELECT unnest($labels))), meant AS (
        SELECT mention_id FROM ({_heirs("SELECT label_id, mention_id FROM fresh WHERE mention_id IS NOT NULL")})
        UNION SELECT mention_id FROM ({_heirs(_OTHERS.format(source="fresh"))})
        UNION SELECT k.mention_id FROM merge_keys AS k JOIN fresh AS f
            ON f.event_id = k.event_id AND f.mention_id IS NULL
    )
    SELECT mention_id FROM meant ON CONFLICT DO NOTHING
    """
_GIVEN = (
    "mention_id",
    "block",
    "precision",
    "starts_on",
    "ends_on",
    "sentence_key",
    "place_key",
    "toll_key",
    "is_pointing",
)


def _given(keys: Sequence[MergeKey]) -> str:
    types = table_of(MergeKey).columns
    return rows_literal(
        {name: types[name] for name in _GIVEN}, [{name: getattr(key, name) for name in _GIVEN} for key in keys]
    )


def _keys(wh: Warehouse, sql: str, **params: Any) -> list[MergeKey]:
    return wh.records(MergeKey, sql, **params)
