"""Cached calls to `warehouse.read`: asked once for each state of the warehouse, then remembered.

Every answer is keyed by the home folder and the warehouse's data version, so that it is asked again exactly when a flow
has committed something. One client a process, with the role that may only read; where nothing serves the warehouse,
its file is opened for one question at a time, since who keeps it open shuts the server out.

Raises:
    WarehouseError: from every function here, when the warehouse can't be reached; nothing is remembered then.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd
import streamlit as st

from warehouse import read
from warehouse.connect import Warehouse, open_warehouse
from warehouse.records import Label
from warehouse.side_names import english_name
from warehouse.write import write_labels

P = ParamSpec("P")
R = TypeVar("R")

# Answers live as long as they are right; the limits only keep memory bounded, and `read_overview` knows of "now".
_remembered: Callable[[Callable[P, R]], Callable[P, R]] = st.cache_data(
    show_spinner=False, max_entries=256, ttl=timedelta(minutes=10)
)
# A server that was ended is back in a second or two; a reader is told sooner than a flow gives up.
PATIENCE_S = 6.0

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


def _state() -> tuple[str, int]:
    """What an answer depends on besides its own parameters."""
    return str(home()), data_version()


@_remembered
def _answer(state: tuple[str, int], name: str, args: tuple[Any, ...], _question: Callable[..., Any]) -> Any:
    return _ask(_question, *args)


def remembered(question: Callable[Concatenate[Warehouse, P], R]) -> Callable[P, R]:
    """The question of a reading room without its first argument, its answers remembered; only positional arguments."""

    @wraps(question)
    def asked(*args: P.args, **_: P.kwargs) -> R:
        answer: R = _answer(_state(), question.__qualname__, args, question)
        return answer

    return cast(Callable[P, R], asked)


@_remembered
def _is_demo(state: tuple[str, int]) -> bool:
    return bool(_ask(read.read_is_demo))


def is_demo() -> bool:
    """Whether what is kept comes from the demo newsroom."""
    return _is_demo(_state())


@_remembered
def _overview(state: tuple[str, int], on: date) -> dict[str, Any]:
    return dict(_ask(read.read_overview, datetime.now(UTC)))


def overview() -> dict[str, Any]:
    """The counts of the first page."""
    return _overview(_state(), today())


@_remembered
def _moved(state: tuple[str, int], on: date, days: int) -> pd.DataFrame:
    return _ask(read.read_moved_dyads, on, days)


def moved_dyads(on: date, days: int) -> pd.DataFrame:
    """One row a dyad that changed in the `days` before `on`."""
    return _moved(_state(), on, days)


@_remembered
def _newest(state: tuple[str, int], limit: int) -> pd.DataFrame:
    return _ask(read.read_newest_events, limit)


def newest_events(limit: int) -> pd.DataFrame:
    """One row an event, the last reported first."""
    return _newest(_state(), limit)


@_remembered
def _tension(state: tuple[str, int], on: date, limit: int) -> pd.DataFrame:
    return _ask(read.read_tension_by_dyad, on, limit)


def tension_by_dyad(on: date, limit: int) -> pd.DataFrame:
    """One row a dyad, the tensest first."""
    return _tension(_state(), on, limit)


@_remembered
def _sides(state: tuple[str, int]) -> pd.DataFrame:
    found = _ask(read.read_sides)
    named = [english_name(code) or name for code, name in zip(found["code"], found["name"], strict=True)]
    return found.assign(name=pd.Series(named, index=found.index, dtype=object))


def sides() -> pd.DataFrame:
    """One row a side that has an event: its code and name."""
    return _sides(_state())


@_remembered
def _series(state: tuple[str, int], a: str, b: str, since: date, until: date) -> pd.DataFrame:
    return _ask(read.read_pair_series, a, b, since, until)


def pair_series(a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """The rows of `daily_dyads` of two sides, by day; the sides in either order."""
    return _series(_state(), a, b, since, until)


@_remembered
def _events(state: tuple[str, int], a: str, b: str, since: date, until: date) -> pd.DataFrame:
    return _ask(read.read_pair_events, a, b, since, until)


def pair_events(a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """One row an event of two sides, by day; the sides in either order."""
    return _events(_state(), a, b, since, until)


@_remembered
def _evidence(state: tuple[str, int], event_id: str) -> pd.DataFrame:
    return _ask(read.read_event_evidence, event_id)


def event_evidence(event_id: str) -> pd.DataFrame:
    """One row a mention of the event, with the article it was read in."""
    return _evidence(_state(), event_id)


@_remembered
def _health(state: tuple[str, int]) -> pd.DataFrame:
    return _ask(read.read_feed_health)


def feed_health() -> pd.DataFrame:
    """One row a feed, with how its polls went."""
    return _health(_state())


@_remembered
def _half_life(state: tuple[str, int]) -> float:
    return _ask(read.read_half_life_days)


def half_life_days() -> float:
    """The half-life of tension and de-escalation, days."""
    return _half_life(_state())


def add_label(label: Label) -> None:
    """Keeps a reader's word: the one thing the dashboard writes."""
    _ask(write_labels, label.label_id, [label])


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()
