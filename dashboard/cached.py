"""Cached questions to the warehouse: asked once for each state of it, then remembered.

Every answer is keyed by the home folder and the warehouse's data version, so that it is asked again exactly when a flow
has committed something. One client a process, with the role that may only read; where nothing serves the warehouse,
its file is opened for one question at a time, since who keeps it open shuts the server out.

Raises:
    WarehouseError: from every question here, when the warehouse can't be reached (QuestionError: when it was, and did
        not answer); nothing is remembered then.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from dashboard.charts.figure import Figure, written_figure
from dashboard.translation.catalogue import language
from warehouse import beside, briefs, browse, feed_list, noting, pair_events, quality, read, search, standings
from warehouse import today as first_page
from warehouse.connect import Warehouse, open_warehouse
from warehouse.records import DyadNote, FeedOrder, Label, WatchedDyad
from warehouse.watching import acknowledge_alert, drop_watched_dyad, write_watched_dyad
from warehouse.write import write_labels

P = ParamSpec("P")
R = TypeVar("R")

# A server that was ended is back in a second or two; a reader is told sooner than a flow gives up.
PATIENCE_S = 6.0

# The version that a page being drawn by this thread is of, once it was asked.
_drawn = threading.local()

# Clients of serving processes, by home: they find their server anew with every question.
_clients: dict[Path, Warehouse] = {}


def home() -> Path:
    """The data folder: `MEREDA_HOME`, `./data` where unset."""
    return Path(os.environ.get("MEREDA_HOME") or "data").resolve()


def _ask(question: Callable[Concatenate[Warehouse, P], R], *args: P.args, **named: P.kwargs) -> R:
    folder = home()
    client = _clients.get(folder)
    if client is None:
        client = open_warehouse(folder, role="read", wait_s=PATIENCE_S, retry_s=PATIENCE_S)
        if not client.is_served:
            with client:
                return question(client, *args, **named)
        client = _clients.setdefault(folder, client)
    return question(client, *args, **named)


def data_version() -> int:
    """A number that grows with every committed batch; never remembered."""
    return int(_ask(read.read_data_version))


@contextmanager
def one_version() -> Iterator[None]:
    """While the block lasts, all that this thread asks is of one version, which is asked once: a page costs twenty."""
    _drawn.version, _drawn.is_one = None, True
    try:
        yield
    finally:
        _drawn.version, _drawn.is_one = None, False


def drawn_version() -> int:
    """The version of the page being drawn; outside of `one_version` the one that is kept now."""
    if not getattr(_drawn, "is_one", False):
        return data_version()
    if _drawn.version is None:
        _drawn.version = data_version()
    return int(_drawn.version)


def _write(question: Callable[Concatenate[Warehouse, P], R], *args: P.args, **named: P.kwargs) -> R:
    """What was asked of the warehouse to keep; what is asked after it on the same page sees it."""
    done = _ask(question, *args, **named)
    _drawn.version = None
    return done


def _state() -> tuple[str, int]:
    """What an answer depends on besides its own parameters."""
    return str(home()), drawn_version()


# Answers live as long as they are right; the limits only keep memory bounded, and `overview` knows of "now".
@st.cache_data(show_spinner=False, max_entries=1024, ttl=timedelta(minutes=10))
def _answer(
    state: tuple[str, int], name: str, args: tuple[Any, ...], named: dict[str, Any], _question: Callable[..., Any]
) -> Any:
    return _ask(_question, *args, **named)


def remembered(question: Callable[Concatenate[Warehouse, P], R]) -> Callable[P, R]:
    """The question of a reading room without its first argument, its answers remembered."""

    @wraps(question)
    def asked(*args: P.args, **named: P.kwargs) -> R:
        answer: R = _answer(_state(), question.__qualname__, args, named, question)
        return answer

    return cast(Callable[P, R], asked)


@st.cache_data(show_spinner=False, max_entries=256, ttl=timedelta(minutes=10))
def _written(
    state: tuple[str, int], told_in: str, chart: str, args: tuple[Any, ...], _draw: Callable[[], Figure]
) -> str:
    return written_figure(_draw())


def figure(chart: str, args: tuple[Any, ...], draw: Callable[[], Figure]) -> str:
    """A figure as JSON, drawn once for each state of the warehouse and language, for all readers.

    Args:
        chart: its name.
        args: all that the figure depends on besides; the same ones give the same figure.
        draw: gives it.
    """
    return str(_written(_state(), language(), chart, args, draw))


def _read_overview_on(wh: Warehouse, on: date) -> dict[str, Any]:
    return read.read_overview(wh, datetime.now(UTC))


def _read_coverage_on(wh: Warehouse, on: date) -> dict[str, Any]:
    return first_page.read_coverage(wh, datetime.now(UTC))


is_demo = remembered(read.read_is_demo)
moved_dyads = remembered(read.read_moved_dyads)
newest_events = remembered(read.read_newest_events)
tension_by_dyad = remembered(read.read_tension_by_dyad)
sides = remembered(read.read_sides)
pair_series = remembered(read.read_pair_series)
pair_event_count = remembered(pair_events.read_pair_event_count)
newest_pair_events = remembered(pair_events.read_newest_pair_events)
weightiest_pair_events = remembered(pair_events.read_weightiest_pair_events)
pair_event = remembered(pair_events.read_pair_event)
pair_events_of = remembered(pair_events.read_pair_events_of)
known_dyads = remembered(beside.read_known_dyads)
dyads_series = remembered(beside.read_dyads_series)
third_sides = remembered(beside.read_third_sides)
dyad_notes = remembered(noting.read_dyad_notes)
event_evidence = remembered(read.read_event_evidence)
managed_feeds = remembered(feed_list.read_managed_feeds)
feeds = remembered(read.read_feeds)
recent_orders = remembered(feed_list.read_recent_orders)
half_life_days = remembered(read.read_half_life_days)
stories = remembered(browse.read_recent_stories)
story = remembered(browse.read_story)
story_articles = remembered(browse.read_story_articles)
story_mentions = remembered(browse.read_story_mentions)
story_changes = remembered(browse.read_story_changes)
families = remembered(browse.read_families)
languages = remembered(browse.read_languages)
events_by_country = remembered(browse.read_events_by_country)
event_places = remembered(browse.read_event_places)
found_articles = remembered(search.read_found_articles)
found_events = remembered(search.read_found_events)
place_countries = remembered(search.read_place_countries)
indexed_share = remembered(search.read_indexed_share)
evaluations = remembered(quality.read_evaluations)
languages_read = remembered(quality.read_languages_read)
event_labels = remembered(quality.read_event_labels)
recent_labels = remembered(quality.read_recent_labels)
labelled_sentences = remembered(quality.read_labelled_sentences)
told_alerts = remembered(first_page.read_told_alerts)
open_alert_count = remembered(first_page.read_open_alert_count)
changes_since = remembered(first_page.read_changes_since)
changes_count = remembered(first_page.read_changes_count)
brief = remembered(briefs.gather_brief)
event_revisions = remembered(quality.read_event_revisions)
events_nearby = remembered(quality.read_events_nearby)
phases = remembered(standings.read_phases)
state_series = remembered(standings.read_state_series)
state_values = remembered(standings.read_state_values)
dyad_value = remembered(standings.read_dyad_value)
_overview_on = remembered(_read_overview_on)
_coverage_on = remembered(_read_coverage_on)


def overview() -> dict[str, Any]:
    """The counts of the first page."""
    return _overview_on(today())


def coverage() -> dict[str, Any]:
    """What was looked at in the last 24 hours."""
    return _coverage_on(today())


def add_label(label: Label) -> None:
    """Keeps a reader's word on what was read."""
    _write(write_labels, label.label_id, [label])


def acknowledge(alert_id: str, who: str, at: datetime) -> bool:
    """Whether the alert is acknowledged now by this reader; False where somebody was faster."""
    return _write(acknowledge_alert, alert_id, who, at)


# What is watched changes without a batch, so it is asked anew each time.


def watched_dyads() -> list[tuple[str, str]]:
    """Dyads that somebody wants a daily brief of."""
    return _ask(standings.read_watched_dyads)


def briefed_dyads(on: date, count: int) -> list[tuple[str, str]]:
    """The dyads that have a brief, `count` at most where none is watched."""
    return _ask(briefs.briefed_dyads, on, count)


def watch(dyad: WatchedDyad) -> bool:
    """Whether the dyad is watched now and was not before."""
    return _write(write_watched_dyad, dyad)


def unwatch(a: str, b: str) -> int:
    """How many dyads are no longer watched."""
    return _write(drop_watched_dyad, a, b)


def add_note(note: DyadNote) -> None:
    """Keeps a reader's note on a day of a pair."""
    _write(noting.write_dyad_note, note)


def remove_note(note_id: str, removed_by: str) -> None:
    """Removes a note from what is shown; it stays in the warehouse, with who removed it and when."""
    _write(noting.remove_dyad_note, note_id, removed_by, datetime.now(UTC))


def add_order(order: FeedOrder) -> None:
    """Keeps what a reader asks for of the list of feeds; the flow `collect` carries it out."""
    _write(feed_list.write_order, order)


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()
