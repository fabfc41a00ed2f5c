"""When this reader was last here, as the browser remembers it: no account is needed, and no other machine is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_SCRIPT = Path(__file__).with_suffix(".js")
_KEY = "visits"
# Whoever looks again within this time is still on the same visit.
PAUSE = timedelta(minutes=30)
FIRST, UNKNOWN = "first", "unknown"


@dataclass(frozen=True, slots=True)
class Visit:
    """When the visit before this one ended; None where it is the first, or where the browser does not say.

    `is_told` is False until the browser has answered, `is_kept` where it keeps nothing.
    """

    since: datetime | None
    is_told: bool = True
    is_kept: bool = True


@cache
def _registered_component() -> Any:
    return st.components.v2.component("mereda_visits", js=_SCRIPT.read_text(encoding="utf-8"))


def last_visit() -> Visit:
    """Gives what the browser says, and draws nothing; once a page, since it notes that somebody looks."""
    told = st.session_state.get(_KEY, {}).get("since")
    data = {"told": told, "pause_ms": round(1000 * PAUSE.total_seconds())}
    answer = _registered_component()(key=_KEY, data=data, on_since_change=lambda: None)
    return visit_of(answer.get("since"), datetime.now(UTC))


def visit_of(told: object, now: datetime) -> Visit:
    """Gives what a browser's answer says; an answer that is no instant is none, one in the future is now."""
    if not told:
        return Visit(None, is_told=False)
    if told == FIRST:
        return Visit(None)
    instant = instant_of(str(told))
    return Visit(None, is_kept=False) if instant is None else Visit(min(instant, now))


def instant_of(written: str) -> datetime | None:
    """Gives an instant written as ISO 8601, in UTC where it names no zone; None where it is none."""
    try:
        instant = datetime.fromisoformat(written)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
