"""Cached calls to `warehouse.read`: asked once for each state of the warehouse, then remembered.

Every answer is keyed by the home folder and the warehouse's data version, so that it is asked again exactly when a flow
has committed something. One client a process, with the role that may only read.

Raises:
    WarehouseError: from every function here, when the warehouse can't be reached; nothing is remembered then.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from dashboard.state_names import state_name
from warehouse import read
from warehouse.connect import Warehouse, open_warehouse

P = ParamSpec("P")
R = TypeVar("R")

# Answers live as long as they are right; the limits only keep memory bounded, and `read_overview` knows of "now".
_remembered: Callable[[Callable[P, R]], Callable[P, R]] = st.cache_data(
    show_spinner=False, max_entries=64, ttl=timedelta(minutes=10)
)


def home() -> Path:
    """The data folder: `MEREDA_HOME`, `./data` where unset."""
    return Path(os.environ.get("MEREDA_HOME") or "data").resolve()


@st.cache_resource(show_spinner=False)
def _opened(folder: str) -> Warehouse:
    return open_warehouse(Path(folder), role="read")


def _warehouse() -> Warehouse:
    return _opened(str(home()))


def data_version() -> int:
    """A number that grows with every committed batch; never remembered."""
    return int(read.read_data_version(_warehouse()))


def _state() -> tuple[str, int]:
    """What an answer depends on besides its own parameters."""
    return str(home()), data_version()


@_remembered
def _is_demo(state: tuple[str, int]) -> bool:
    return bool(read.read_is_demo(_warehouse()))


def is_demo() -> bool:
    """Whether what is kept comes from the demo newsroom."""
    return _is_demo(_state())


@_remembered
def _overview(state: tuple[str, int], on: date) -> dict[str, Any]:
    return dict(read.read_overview(_warehouse(), datetime.now(UTC)))


def overview() -> dict[str, Any]:
    """The counts of the first page."""
    return _overview(_state(), today())


@_remembered
def _moved(state: tuple[str, int], on: date, days: int) -> pd.DataFrame:
    return read.read_moved_dyads(_warehouse(), on, days)


def moved_dyads(on: date, days: int) -> pd.DataFrame:
    """One row a dyad that changed in the `days` before `on`."""
    return _moved(_state(), on, days)


@_remembered
def _newest(state: tuple[str, int], limit: int) -> pd.DataFrame:
    return read.read_newest_events(_warehouse(), limit)


def newest_events(limit: int) -> pd.DataFrame:
    """One row an event, the last reported first."""
    return _newest(_state(), limit)


@_remembered
def _tension(state: tuple[str, int], on: date, limit: int) -> pd.DataFrame:
    return read.read_tension_by_dyad(_warehouse(), on, limit)


def tension_by_dyad(on: date, limit: int) -> pd.DataFrame:
    """One row a dyad, the tensest first."""
    return _tension(_state(), on, limit)


@_remembered
def _sides(state: tuple[str, int]) -> pd.DataFrame:
    found = read.read_sides(_warehouse())
    named = [state_name(code) or name for code, name in zip(found["code"], found["name"], strict=True)]
    return found.assign(name=pd.Series(named, index=found.index, dtype=object))


def sides() -> pd.DataFrame:
    """One row a side that has an event: its code and name."""
    return _sides(_state())


@_remembered
def _series(state: tuple[str, int], a: str, b: str, since: date, until: date) -> pd.DataFrame:
    return read.read_pair_series(_warehouse(), a, b, since, until)


def pair_series(a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """The rows of `daily_dyads` of two sides, by day; the sides in either order."""
    return _series(_state(), a, b, since, until)


@_remembered
def _events(state: tuple[str, int], a: str, b: str, since: date, until: date) -> pd.DataFrame:
    return read.read_pair_events(_warehouse(), a, b, since, until)


def pair_events(a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """One row an event of two sides, by day; the sides in either order."""
    return _events(_state(), a, b, since, until)


@_remembered
def _evidence(state: tuple[str, int], event_id: str) -> pd.DataFrame:
    return read.read_event_evidence(_warehouse(), event_id)


def event_evidence(event_id: str) -> pd.DataFrame:
    """One row a mention of the event, with the article it was read in."""
    return _evidence(_state(), event_id)


@_remembered
def _health(state: tuple[str, int]) -> pd.DataFrame:
    return read.read_feed_health(_warehouse())


def feed_health() -> pd.DataFrame:
    """One row a feed, with how its polls went."""
    return _health(_state())


@_remembered
def _half_life(state: tuple[str, int]) -> float:
    return read.read_half_life_days(_warehouse())


def half_life_days() -> float:
    """The half-life of tension and de-escalation, days."""
    return _half_life(_state())


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()
