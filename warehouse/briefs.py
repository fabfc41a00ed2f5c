"""What a brief says of two sides on a day; how it looks is for files and pages to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from warehouse.connect import Warehouse
from warehouse.questions import ask_together
from warehouse.read import read_half_life_days, read_moved_dyads, read_pair_series
from warehouse.side_names import english_name
from warehouse.standings import read_brief_events, read_dyad_value, read_phases, read_watched_dyads

if TYPE_CHECKING:
    import pandas as pd

# Events and changes are those of a week; a feed reader that was off for it has missed nothing.
DAYS = 7
EVENTS_AT_MOST = 50
_LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefEvent:
    """One line of a brief: what happened, the sentence that says so, and where it stands."""

    event_id: str
    on_date: date
    type: str
    direction: str
    status: str
    actor: str
    target: str
    is_symmetric: bool
    impact: float  # weight points
    confidence: float
    family_count: int
    sentence: str
    link: str | None
    outlet: str | None
    language: str | None
    first_reported_at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One dyad on one day; values in weight points, changes since a week before, None where there is no row."""

    side_a_code: str
    side_b_code: str
    side_a: str
    side_b: str
    on_date: date
    tension: float | None
    deescalation: float | None
    net: float | None
    lower: float | None
    upper: float | None
    tension_change: float | None
    deescalation_change: float | None
    is_thin: bool
    phase: str | None
    phase_since_on: date | None
    formula_version: str | None
    events: tuple[BriefEvent, ...]

    @property
    def name(self) -> str:
        """The dyad, as files and addresses write it."""
        return f"{self.side_a_code}-{self.side_b_code}"


def briefed_dyads(wh: Warehouse, on: date, count: int) -> list[tuple[str, str]]:
    """The dyads that have a brief: those watched, or the `count` that moved most within a week where none is."""
    return read_watched_dyads(wh) or farthest_of(read_moved_dyads(wh, on, DAYS), count)


def farthest_of(moved: pd.DataFrame, count: int) -> list[tuple[str, str]]:
    """The first so many dyads of `read_moved_dyads`."""
    moved = moved.head(count)
    return [(str(a), str(b)) for a, b in zip(moved["side_a_code"], moved["side_b_code"], strict=True)]


def gather_brief(wh: Warehouse, a: str, b: str, on: date) -> Brief:
    """The brief of a dyad, sides in either order; without a row until that day it has no values and no events."""
    first, second = sorted((a, b))
    since = on - timedelta(days=DAYS - 1)
    value, phases, events = ask_together(
        partial(read_dyad_value, wh, first, second, on, DAYS),
        partial(read_phases, wh, first, second, since, on),
        partial(read_brief_events, wh, first, second, since, on, EVENTS_AT_MOST),
    )
    last, left = None, 0.0
    if value is not None:
        last_on = value["last_event_on"].date()
        last = read_pair_series(wh, first, second, last_on, last_on).iloc[0]
        left = 0.5 ** ((on - last_on).days / read_half_life_days(wh))
    return Brief(
        side_a_code=first,
        side_b_code=second,
        side_a=english_name(first) or first,
        side_b=english_name(second) or second,
        on_date=on,
        tension=_number(value, "tension"),
        deescalation=_number(value, "deescalation"),
        net=_number(value, "net"),
        lower=None if last is None else float(last["lower"]) * left,
        upper=None if last is None else float(last["upper"]) * left,
        tension_change=_number(value, "tension_change"),
        deescalation_change=_number(value, "deescalation_change"),
        is_thin=bool(value["is_thin"]) if value else True,
        phase=None if phases.empty else str(phases.iloc[-1]["name"]),
        phase_since_on=None if phases.empty else phases.iloc[-1]["starts_on"].date(),
        formula_version=None if last is None else str(last["formula_version"]),
        events=tuple(_event(row) for row in events.to_dict("records")),
    )


def _number(row: dict[str, Any] | None, name: str) -> float | None:
    return None if row is None else float(row[name])


def _event(row: Any) -> BriefEvent:
    def text(name: str) -> str | None:
        return row[name] if isinstance(row[name], str) else None  # not told: None or NaN, by the column

    def side(kind: str) -> str:
        code = text(f"{kind}_code")
        return english_name(code) or text(f"{kind}_name") or code or "unknown"

    link = text("article_url")
    return BriefEvent(
        event_id=str(row["event_id"]),
        on_date=row["on_date"].date(),
        type=str(row["type"]),
        direction=str(row["direction"]),
        status=str(row["status"]),
        actor=side("actor"),
        target=side("target"),
        is_symmetric=bool(row["is_symmetric"] or False),
        impact=float(row["impact"]),
        confidence=float(row["confidence"]),
        family_count=int(row["family_count"]),
        sentence=" ".join((text("evidence_text") or text("headline") or "").split()),
        # An address comes from a feed: only what a browser opens as a web page becomes a link.
        link=link if link and _LINK.fullmatch(link) else None,
        outlet=text("outlet_name"),
        language=text("language"),
        first_reported_at_utc=row["first_reported_at_utc"].to_pydatetime().astimezone(UTC),
    )
