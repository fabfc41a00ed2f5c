"""Everything that changes the warehouse: batches of records, each one transaction with its key.

Every function gives back whether the batch was committed now: False when its key was there before, and then nothing
was written. Sending a batch again is always safe. All raise WarehouseError as `Warehouse.apply` does; with
`is_retryable` the same call may simply be made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from warehouse.changes import Change, Rows, Statement
from warehouse.connect import Warehouse
from warehouse.literals import rows_literal
from warehouse.merging import LABELLED_SQL
from warehouse.records import (
    Article,
    ArticleCopy,
    ArticleRevision,
    ArticleSignature,
    Batch,
    DailyDyad,
    DailyState,
    DyadPhase,
    Entry,
    EntryRevision,
    Evaluation,
    Event,
    EventDyad,
    EventMention,
    EventRevision,
    FamilyDay,
    Feed,
    GdeltEvent,
    Label,
    LlmRequest,
    Mention,
    MergeKey,
    OutletFamily,
    Poll,
    Quarantined,
    SecondReading,
    StandingMark,
    Story,
    StoryKey,
    stable_id,
)
from warehouse.tables import table_of

_CODER_COLUMNS = ("coder_version", "coded_at_utc", "is_relevant", "relevance")
# Of a feed that was asked, at the address that was asked: what polling alone writes, ...
_POLLED = (
    "poll_interval_s",
    "next_poll_at_utc",
    "last_polled_at_utc",
    "last_success_at_utc",
    "last_new_at_utc",
    "failing_since_utc",
    "failure_class",
    "failure_reason",
    "failure_count",
    "new_by_hour",
    "observed_days",
    "longest_gap_s",
    "newest_entry_at_utc",
    "stale_after_utc",
    "empty_since_utc",
    "hint_interval_s",
    "skip_hours",
    "skip_weekdays",
    "next_poll_reason",
)
# ... what belongs to that address, ...
_OF_ADDRESS = (
    "etag",
    "last_modified",
    "body_hash",
    "original_url",
    "redirect_url",
    "redirect_count",
    "answered_url",
)
# ... and what polling may learn and people may say: a word said while the feed was being asked wins.
_SHARED = ("url", "title", "language", "status")
# Of this, what a poll concludes from the address it asked: at another one it means nothing.
_JUDGED = ("status",)
# What polling and people have made of a feed; reading the catalogue again does not undo it.
_FEED_HISTORY = frozenset({"status", "added_at_utc", *_POLLED, *_OF_ADDRESS} - {"original_url"})


def write_feeds(wh: Warehouse, batch_key: str, feeds: Sequence[Feed], *, keeps_history: bool = True) -> bool:
    """Put the feeds there. A feed already known keeps status and polling history unless `keeps_history` is False."""
    return wh.apply(batch_key, [Rows(feeds, kept=_FEED_HISTORY if keeps_history else frozenset())])


def write_outlet_families(wh: Warehouse, batch_key: str, families: Sequence[OutletFamily]) -> bool:
    """Put who owns outlets in place of what was kept of it."""
    ids = sorted(family.family_id for family in families)
    gone = Statement(
        "DELETE FROM outlet_families WHERE family_id NOT IN (SELECT unnest($ids))", "outlet_families", {"ids": ids}
    )
    return wh.apply(batch_key, [gone, Rows(families)])


def write_poll_round(
    wh: Warehouse,
    batch_key: str,
    polls: Sequence[Poll],
    feeds: Sequence[tuple[Feed, Feed]],
    entries: Sequence[Entry],
    entry_revisions: Sequence[EntryRevision],
    quarantined: Sequence[Quarantined] = (),
    family_days: Sequence[FamilyDay] = (),
) -> bool:
    """Put what one round of polling brought: polls, feeds with their new state, new and revised entries.

    An entry keeps its first_seen_at_utc. It keeps its article too while its content hash stays; a revised one is
    given back by `read_entries_without_article` again, so that its article is looked at anew.

    Args:
        feeds: each feed as it was when it was asked, and as the poll leaves it. Status, address, title and language
            that somebody changed in the meantime stay as they are now; a feed not yet there is added.
        family_days: days whose news the answers held.
    """
    entry_rows = Rows(
        entries,
        kept=frozenset({"first_seen_at_utc"}),
        overrides={"article_id": _unless_changed("entries", "article_id")},
    )
    known = Rows([after for _, after in feeds], is_insert_only=True)
    changes: list[Change] = [Rows(polls), known, *_settle_feeds(feeds), entry_rows, Rows(entry_revisions)]
    changes.append(Rows(family_days))
    return wh.apply(batch_key, [*changes, Rows(quarantined, is_insert_only=True)])


def claim_feeds(
    wh: Warehouse, feed_ids: Sequence[str], *, now: datetime, until: datetime, is_forced: bool = False
) -> set[str]:
    """The feeds that are ours to ask: those still due at `now` (forced: all active ones), put off until `until`.

    One statement, so that of two rounds only one gets a feed, and one that crashed leaves it to the next only then.
    Asked again after a lost answer it gives fewer feeds, never one twice.
    """
    if not feed_ids:
        return set()
    rows = wh.query(
        "UPDATE feeds SET next_poll_at_utc = $until WHERE status = 'active' AND feed_id IN (SELECT unnest($ids)) "
        "AND ($is_forced OR next_poll_at_utc IS NULL OR next_poll_at_utc <= $now) RETURNING feed_id",
        until=until,
        ids=list(feed_ids),
        is_forced=is_forced,
        now=now,
    )
    return {row["feed_id"] for row in rows}


def write_next_polls(wh: Warehouse, batch_key: str, times: Mapping[str, tuple[datetime, str]]) -> bool:
    """Put when each feed (id) is to be asked next, and why then; never sooner than is planned already."""
    rows = rows_literal(
        {"feed_id": "VARCHAR", "at": "TIMESTAMP WITH TIME ZONE", "why": "VARCHAR"},
        [{"feed_id": feed_id, "at": at, "why": why} for feed_id, (at, why) in times.items()],
    )
    sql = (
        "UPDATE feeds SET next_poll_at_utc = greatest(feeds.next_poll_at_utc, given.at), next_poll_reason = given.why "
        f"FROM ({rows}) AS given WHERE feeds.feed_id = given.feed_id"
    )
    return wh.apply(batch_key, [Statement(sql, "feeds", row_count=len(times))])


def write_articles(
    wh: Warehouse,
    batch_key: str,
    articles: Sequence[Article],
    revisions: Sequence[ArticleRevision],
    entry_article_links: Mapping[str, str],
) -> bool:
    """Put articles, the states of their text, and which entry (id) each article (id) stands behind.

    An article whose content hash changed loses its coding, and so is coded anew; otherwise it keeps it. It keeps its
    story and its first_seen_at_utc in any case.
    """
    links = _assign("entries", "entry_id", "article_id", entry_article_links)
    return wh.apply(batch_key, [_article_rows(articles), Rows(revisions), *links])


def write_captures(
    wh: Warehouse,
    batch_key: str,
    batches: Sequence[Batch],
    polls: Sequence[Poll],
    entries: Sequence[Entry],
    entry_revisions: Sequence[EntryRevision],
    articles: Sequence[Article],
    article_revisions: Sequence[ArticleRevision],
    quarantined: Sequence[Quarantined] = (),
    family_days: Sequence[FamilyDay] = (),
) -> bool:
    """Put what archived captures brought, all in one transaction: a kill leaves each capture whole or not there.

    Args:
        batches: one for each capture, by whose key it is known to be done.
        entries: in their last state, each naming its article.
        family_days: days whose news the captures held.
    """
    entry_rows = Rows(entries, kept=frozenset({"first_seen_at_utc"}))
    text_rows = [_article_rows(articles), Rows(article_revisions)]
    changes: list[Change] = [Rows(polls), entry_rows, Rows(entry_revisions), *text_rows, Rows(family_days)]
    return wh.apply(batch_key, [*changes, Rows(quarantined, is_insert_only=True), Rows(batches, is_insert_only=True)])


def write_codings(
    wh: Warehouse,
    batch_key: str,
    articles: Sequence[Article],
    mentions: Sequence[Mention],
    quarantined: Sequence[Quarantined] = (),
) -> bool:
    """Put what the coder read in these articles: its four columns on each, and the mentions.

    Current mentions of these articles that are not among the new ones get superseded_at_utc; none is deleted. An
    article that is not yet there is added whole; of one that is, only the coder's columns change.
    """
    kept = frozenset(table_of(Article).columns) - set(_CODER_COLUMNS)
    of_articles = {
        "articles": sorted({article.article_id for article in articles}),
        "mentions": sorted({mention.mention_id for mention in mentions}),
    }
    old = (
        "superseded_at_utc IS NULL AND article_id IN (SELECT unnest($articles)) "
        "AND mention_id NOT IN (SELECT unnest($mentions))"
    )
    # Events reflect neither what is superseded now nor what is new.
    queued = Statement(
        f"INSERT INTO merge_queue SELECT mention_id FROM mentions WHERE {old} "
        "UNION SELECT unnest($mentions) ON CONFLICT DO NOTHING",
        "merge_queue",
        of_articles,
    )
    superseded = Statement(f"UPDATE mentions SET superseded_at_utc = now() WHERE {old}", "mentions", of_articles)
    changes: list[Change] = [
        Rows(articles, kept=kept),
        queued,
        superseded,
        # The article of a mention never changes, and what has an index cannot be written again.
        Rows(mentions, kept=frozenset({"article_id"})),
        Rows(quarantined, is_insert_only=True),
    ]
    return wh.apply(batch_key, changes)


def write_stories(
    wh: Warehouse,
    batch_key: str,
    stories: Sequence[Story],
    article_story: Mapping[str, str],
    *,
    signatures: Sequence[ArticleSignature] = (),
    copies: Sequence[ArticleCopy] = (),
    keys: Sequence[StoryKey] = (),
) -> bool:
    """Put stories, which story (id) each article (id) belongs to, and what both are found by.

    Mentions of an article that turns out to be a copy wait to be merged anew: another family speaks through it.
    """
    changes: list[Change] = [Rows(stories), Rows(signatures), Rows(copies), Rows(keys)]
    if copies:
        text = (
            "INSERT INTO merge_queue SELECT mention_id FROM merge_keys WHERE article_id IN (SELECT unnest($articles)) "
            "ON CONFLICT DO NOTHING"
        )
        changes.append(Statement(text, "merge_queue", {"articles": sorted({copy.article_id for copy in copies})}))
    return wh.apply(batch_key, [*changes, *_assign("articles", "article_id", "story_id", article_story)])


def write_events(
    wh: Warehouse,
    batch_key: str,
    events: Sequence[Event],
    event_mentions: Sequence[EventMention],
    event_revisions: Sequence[EventRevision],
    *,
    merge_keys: Sequence[MergeKey] = (),
    merged_mention_ids: Sequence[str] = (),
    gone_mention_ids: Collection[str] = (),
) -> bool:
    """Put events, the mentions that report them, and what changed in our reading.

    A mention belongs to one event: a link given here takes the place of any other link of the same mention. Links of
    mentions not named here stay.

    Args:
        merge_keys: what later mentions look these up by.
        merged_mention_ids: no longer wait to be merged.
        gone_mention_ids: support nothing any more: their links and keys go.
    """
    moved = Statement(
        "DELETE FROM event_mentions WHERE mention_id IN (SELECT unnest($mentions)) "
        "AND (event_id || ' ' || mention_id) NOT IN (SELECT unnest($links))",
        "event_mentions",
        {
            "mentions": sorted({link.mention_id for link in event_mentions}),
            "links": sorted({f"{link.event_id} {link.mention_id}" for link in event_mentions}),
        },
    )
    changes: list[Change] = [Rows(events), Rows(event_mentions), Rows(event_revisions), Rows(merge_keys)]
    if event_mentions:
        changes.insert(0, moved)
    changes += _delete("event_mentions", "mention_id", gone_mention_ids)
    changes += _delete("merge_keys", "mention_id", gone_mention_ids)
    changes += _delete("merge_queue", "mention_id", merged_mention_ids)
    return wh.apply(batch_key, changes)


def queue_labelled(wh: Warehouse) -> bool:
    """Put what labels not yet reflected speak of where it waits to be merged, and those labels as reflected."""
    fresh = wh.query("SELECT label_id FROM labels WHERE label_id NOT IN (SELECT label_id FROM merged_labels)")
    if not fresh:
        return False
    ids = sorted(row["label_id"] for row in fresh)
    put = Statement(
        "INSERT INTO merged_labels SELECT unnest($labels) ON CONFLICT DO NOTHING", "merged_labels", {"labels": ids}
    )
    queued = Statement(LABELLED_SQL, "merge_queue", {"labels": ids})
    return wh.apply(stable_id("labels", *ids), [queued, put])


def write_indices(
    wh: Warehouse,
    batch_key: str,
    event_dyads: Sequence[EventDyad],
    daily_dyads: Sequence[DailyDyad],
    replaced_dyads: Iterable[tuple[str, str]],
    *,
    daily_states: Sequence[DailyState] = (),
    replaced_states: Iterable[str] = (),
    marks: Sequence[StandingMark] = (),
) -> bool:
    """Put the days of these dyads and states in place of all their earlier ones, of every formula.

    Dyads as (side_a_code, side_b_code) with a before b. Where alerts stood with them goes too, and all their marks; the
    marks given come.
    """
    dyads, states = set(replaced_dyads), set(replaced_states)
    removed = [_without_dyads(name, dyads) for name in ("event_dyads", "daily_dyads", "alert_standings")]
    removed += _delete("daily_states", "state_code", states)
    removed += _delete("standing_marks", "subject", {*states, *(" ".join(dyad) for dyad in dyads)})
    changes: list[Change] = [*removed, Rows(event_dyads), Rows(daily_dyads), Rows(daily_states), Rows(marks)]
    return wh.apply(batch_key, changes)


def write_later_indices(
    wh: Warehouse,
    batch_key: str,
    event_dyads: Sequence[EventDyad],
    daily_dyads: Sequence[DailyDyad],
    daily_states: Sequence[DailyState],
    marks: Sequence[StandingMark],
    *,
    changed_event_ids: Collection[str],
    dyads: Mapping[tuple[str, str], date],
    states: Mapping[str, date],
    kept_marks: tuple[int, int, int],
) -> bool:
    """Put days of dyads and states in place of theirs from their own first day on; earlier days stay.

    Where alerts stood with a dyad at the end of these days goes too.

    Args:
        event_dyads: of the changed events, in place of all their earlier rows.
        marks: in place of those from the first day on.
        changed_event_ids: events whose rows go.
        dyads: (side_a_code, side_b_code) to the first day that is replaced; `states` likewise.
        kept_marks: (days of a stretch, newest stretches, each how many of older ones): other older marks go.
    """
    own = {" ".join(dyad): day for dyad, day in dyads.items()}
    stretch_days, near, far = kept_marks
    # Days are counted as Python's date.toordinal does, from the first of the year 1.
    number = f"((on_date - DATE '0001-01-01') + 1) // {stretch_days}"
    newest = max((mark.on_date.toordinal() // stretch_days for mark in marks), default=0)
    changes: list[Change] = [
        *_delete("event_dyads", "event_id", changed_event_ids),
        _without_days("daily_dyads", "side_a_code || ' ' || side_b_code", own),
        _without_days("daily_states", "state_code", states),
        _without_days("standing_marks", "subject", own | dict(states)),
        _without_days("alert_standings", "side_a_code || ' ' || side_b_code", own, day="until_on"),
        Rows(event_dyads),
        Rows(daily_dyads),
        Rows(daily_states),
        Rows(marks),
    ]
    if marks:
        far_ones = f"{number} < {newest - near} AND {number} % {far} <> {far - 1}"
        changes.append(Statement(f"DELETE FROM standing_marks WHERE {far_ones}", "standing_marks"))
    return wh.apply(batch_key, changes)


def write_phases(
    wh: Warehouse,
    batch_key: str,
    phases: Sequence[DyadPhase],
    replaced_dyads: Mapping[tuple[str, str], date] | Iterable[tuple[str, str]],
) -> bool:
    """Put the phases of these dyads in place of all their earlier ones, or of those from the day given for each."""
    if isinstance(replaced_dyads, Mapping):
        own = {" ".join(dyad): day for dyad, day in replaced_dyads.items()}
        removed = _without_days("dyad_phases", "side_a_code || ' ' || side_b_code", own, day="starts_on")
    else:
        removed = _without_dyads("dyad_phases", replaced_dyads)
    return wh.apply(batch_key, [removed, Rows(phases)])


def write_labels(wh: Warehouse, batch_key: str, labels: Sequence[Label]) -> bool:
    """Put people's words on events. A reader may do this too; True when at least one label is new.

    The label's own id is what keeps it from being added twice, so the reader needs no right to write batches.
    """
    if not labels:
        return False
    if wh.role == "write":
        return wh.apply(batch_key, [Rows(labels, is_insert_only=True)])
    table = table_of(Label)
    rows = rows_literal(table.columns, [{name: getattr(label, name) for name in table.columns} for label in labels])
    new = f"SELECT * FROM ({rows}) AS new WHERE label_id NOT IN (SELECT label_id FROM labels)"
    return wh.execute(f"INSERT INTO labels ({', '.join(table.columns)}) {new}") > 0


def write_evaluations(wh: Warehouse, batch_key: str, evaluations: Sequence[Evaluation]) -> bool:
    """Put measured figures of the coder; a figure measured again takes the place of the older one."""
    return wh.apply(batch_key, [Rows(evaluations)])


def reserve_llm_request(wh: Warehouse, request: LlmRequest) -> bool:
    """Put a request that is about to be sent; False when another process has put it, and so sends it.

    Before it is sent and not after, so that a process killed meanwhile has not forgotten what it spent.
    """
    return wh.apply(f"llm {request.request_id}", [Rows([request], is_insert_only=True)])


def write_second_readings(
    wh: Warehouse, batch_key: str, requests: Sequence[LlmRequest], readings: Sequence[SecondReading]
) -> bool:
    """Put what came of requests, and the readings made of the answers; each takes the place of its earlier state."""
    return wh.apply(batch_key, [Rows(requests), Rows(readings)])


def write_gdelt_events(
    wh: Warehouse, batch_key: str, events: Sequence[GdeltEvent], quarantined: Sequence[Quarantined] = ()
) -> bool:
    """Put events that GDELT coded, and the lines that could not be read; an event already there stays as it is."""
    return wh.apply(batch_key, [Rows(events, is_insert_only=True), Rows(quarantined, is_insert_only=True)])


def write_quarantine(wh: Warehouse, batch_key: str, quarantined: Sequence[Quarantined]) -> bool:
    """Keep inputs that could not be used, each whole with its reason."""
    return wh.apply(batch_key, [Rows(quarantined, is_insert_only=True)])


def set_meta(wh: Warehouse, name: str, value: str | None) -> None:
    """Put one fact about this warehouse as a whole (`is_demo`: "true" or "false"); None takes it away.

    A batch like any other, so that who watches the data version sees it. Each call is a batch of its own: the same
    fact may be set to and fro.
    """
    removed = Statement("DELETE FROM meta WHERE name = $name", "meta", {"name": name}, row_count=1)
    put = Statement(
        "INSERT INTO meta (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        "meta",
        {"name": name, "value": value},
        row_count=1,
    )
    wh.apply(f"meta {name} {uuid4().hex}", [removed if value is None else put])


def _without_days(table: str, subject: str, since: Mapping[str, date], *, day: str = "on_date") -> Statement:
    """Takes away the rows of these subjects (SQL that names one) from their own day on."""
    rows = [{"name": name, "first_on": first} for name, first in since.items()]
    given = rows_literal({"name": "VARCHAR", "first_on": "DATE"}, rows)
    return Statement(
        f"DELETE FROM {table} USING ({given}) AS given WHERE {subject} = given.name AND {day} >= given.first_on",
        table,
    )


def _without_dyads(table: str, dyads: Iterable[tuple[str, str]]) -> Statement:
    return Statement(
        f"DELETE FROM {table} WHERE (side_a_code || ' ' || side_b_code) IN (SELECT unnest($dyads))",
        table,
        {"dyads": sorted({f"{side_a} {side_b}" for side_a, side_b in dyads})},
    )


def _article_rows(articles: Sequence[Article]) -> Rows:
    overrides = {name: _unless_changed("articles", name) for name in _CODER_COLUMNS}
    overrides["story_id"] = "coalesce(excluded.story_id, articles.story_id)"
    return Rows(articles, kept=frozenset({"first_seen_at_utc"}), overrides=overrides)


def _unless_changed(table: str, column: str) -> str:
    """Keeps the old value where the new row brings none and the content is the same."""
    return (
        f"CASE WHEN excluded.content_hash = {table}.content_hash "
        f"THEN coalesce(excluded.{column}, {table}.{column}) ELSE excluded.{column} END"
    )


def _settle_feeds(feeds: Sequence[tuple[Feed, Feed]]) -> list[Statement]:
    """The new state of feeds that were asked, beside what people have said of them since."""
    if not feeds:
        return []
    types = table_of(Feed).columns
    written = {name: types[name] for name in ("feed_id", *_POLLED, *_OF_ADDRESS, *_SHARED)}
    rows = rows_literal(
        written | {f"asked_{name}": types[name] for name in _SHARED},
        [
            {name: getattr(after, name) for name in written}
            | {f"asked_{name}": getattr(before, name) for name in _SHARED}
            for before, after in {after.feed_id: (before, after) for before, after in feeds}.values()
        ],
    )
    settings = [f"{name} = {_if_as_asked('url', column=name)}" for name in (*_POLLED, *_OF_ADDRESS)]
    settings += [f"{name} = {_if_as_asked('url', name, column=name)}" for name in _JUDGED]
    settings += [f"{name} = {_if_as_asked(name, column=name)}" for name in _SHARED if name not in _JUDGED]
    sql = f"UPDATE feeds SET {', '.join(settings)} FROM ({rows}) AS given WHERE feeds.feed_id = given.feed_id"
    return [Statement(sql, "feeds")]


def _if_as_asked(*watched: str, column: str) -> str:
    """The poll's value where the watched columns still are what they were when it was asked, else the present one."""
    is_as_asked = " AND ".join(f"feeds.{name} IS NOT DISTINCT FROM given.asked_{name}" for name in watched)
    return f"CASE WHEN {is_as_asked} THEN given.{column} ELSE feeds.{column} END"


def _assign(table: str, key: str, column: str, values: Mapping[str, str]) -> list[Statement]:
    if not values:
        return []
    rows = rows_literal(
        {key: "VARCHAR", column: "VARCHAR"}, [{key: one, column: other} for one, other in values.items()]
    )
    sql = f"UPDATE {table} SET {column} = given.{column} FROM ({rows}) AS given WHERE {table}.{key} = given.{key}"
    return [Statement(sql, table, row_count=len(values))]


def _delete(table: str, key: str, ids: Collection[str]) -> list[Statement]:
    if not ids:
        return []
    text = f"DELETE FROM {table} WHERE {key} IN (SELECT unnest($ids))"
    return [Statement(text, table, {"ids": sorted(set(ids))}, row_count=len(ids))]
