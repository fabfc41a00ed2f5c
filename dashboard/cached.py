"""Every question that pages ask of the warehouse; how answers are remembered is told in `asking`.

Raises:
    WarehouseError: from every question here, when the warehouse can't be reached (QuestionError: when it was, and did
        not answer); nothing is remembered then.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from dashboard.asking import (
    ask,
    data_version,
    drawn,
    drawn_versions,
    figure,
    home,
    is_changed,
    made,
    one_version,
    remembered,
    write,
)
from warehouse import beside, briefs, browse, feed_list, method, noting, pair_events, quality, read, search, standings
from warehouse import today as first_page
from warehouse.connect import Warehouse
from warehouse.records import DyadNote, FeedOrder, Label, WatchedDyad
from warehouse.watching import acknowledge_alert, drop_watched_dyad, write_watched_dyad
from warehouse.write import write_labels

__all__ = ["data_version", "drawn", "drawn_versions", "figure", "home", "is_changed", "made", "one_version"]


def _read_overview_on(wh: Warehouse, on: date) -> dict[str, Any]:
    return read.read_overview(wh, datetime.now(UTC))


def _read_coverage_on(wh: Warehouse, on: date) -> dict[str, Any]:
    return first_page.read_coverage(wh, datetime.now(UTC))


is_demo = remembered(read.read_is_demo)
dyads = remembered(read.read_dyads)
dyad_values = remembered(read.read_dyad_values)
newest_events = remembered(read.read_newest_events)
_written_names = remembered(read.read_written_names)
pair_series = remembered(read.read_pair_series)
pair_event_count = remembered(pair_events.read_pair_event_count)
newest_pair_events = remembered(pair_events.read_newest_pair_events)
weightiest_pair_events = remembered(pair_events.read_weightiest_pair_events)
pair_event = remembered(pair_events.read_pair_event)
pair_events_of = remembered(pair_events.read_pair_events_of)
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
codebook = remembered(method.read_codebook)
formula_numbers = remembered(method.read_formula_numbers)
validity_checks = remembered(method.read_validity_checks)
versions = remembered(method.read_versions)
evaluations = remembered(quality.read_evaluations)
weeks_read = remembered(quality.read_weeks_read)
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


def sides() -> pd.DataFrame:
    """Each side that has an event, busiest first; as `read.sides_of` gives them."""
    return made("sides", (), lambda: read.sides_of(dyads(), _written_names))


def moved_dyads(on: date, days: int) -> pd.DataFrame:
    """Dyads by how far they moved in the `days` before `on`, farthest first; as `read.moved_of` gives them."""
    return made("moved dyads", (on, days), lambda: read.moved_of(dyad_values(on, days)))


def tension_by_dyad(on: date, limit: int) -> pd.DataFrame:
    """So many dyads by tension on a day, tensest first; as `read.tensest_of` gives them."""
    return made("tension by dyad", (on, limit), lambda: read.tensest_of(dyad_values(on, 7), limit))


def most_moved_dyads(on: date, count: int) -> list[tuple[str, str]]:
    """The `count` dyads that moved most within a week before a day, the farthest first."""
    return briefs.farthest_of(moved_dyads(on, briefs.DAYS), count)


def overview() -> dict[str, Any]:
    """The counts of the first page."""
    return _overview_on(today())


def coverage() -> dict[str, Any]:
    """What was looked at in the last 24 hours."""
    return _coverage_on(today())


def add_label(label: Label) -> None:
    """Keeps a reader's word on what was read."""
    write(write_labels, label.label_id, [label])


def acknowledge(alert_id: str, who: str, at: datetime) -> bool:
    """Whether the alert is acknowledged now by this reader; False where somebody was faster."""
    return write(acknowledge_alert, alert_id, who, at)


# What is watched changes without a batch, so it is asked anew each time.


def watched_dyads() -> list[tuple[str, str]]:
    """Dyads that somebody wants a daily brief of."""
    return ask(standings.read_watched_dyads)


def watch(dyad: WatchedDyad) -> bool:
    """Whether the dyad is watched now and was not before."""
    return write(write_watched_dyad, dyad)


def unwatch(a: str, b: str) -> int:
    """How many dyads are no longer watched."""
    return write(drop_watched_dyad, a, b)


def add_note(note: DyadNote) -> None:
    """Keeps a reader's note on a day of a pair."""
    write(noting.write_dyad_note, note)


def remove_note(note_id: str, removed_by: str) -> None:
    """Removes a note from what is shown; it stays in the warehouse, with who removed it and when."""
    write(noting.remove_dyad_note, note_id, removed_by, datetime.now(UTC))


def add_order(order: FeedOrder) -> None:
    """Keeps what a reader asks for of the list of feeds; the flow `collect` carries it out."""
    write(feed_list.write_order, order)


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()
