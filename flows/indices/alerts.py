"""Which days of a dyad are worth a look, after rules that are data (`alerts.toml`).

A rule follows the dyad's series day by day, so that it knows when what it watches was last quiet: only the day on
which it stops being quiet is an alert, however long it lasts and however it trembles. Where it stands at the end of a
day is all it needs to go on from there. Nothing here knows what was raised before.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flows.indices.daily import decayed_value
from flows.indices.dyads import list_weightiest
from flows.indices.phases import PhaseName
from warehouse.errors import CodebookError
from warehouse.records import Alert, DailyDyad, Direction, DyadPhase, Event, EventDyad, stable_id

ALERTS_PATH = Path(__file__).parent / "alerts.toml"
NAMED_EVENTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """One rule; units and meaning of each field stand in `alerts.toml`."""

    name: str
    kind: str
    limit: float
    clear: float = 0.0
    days: int = 7
    families: int = 1
    phase: str = ""
    types: tuple[str, ...] = ()
    watched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadHistory:
    """What is known of one dyad: its days by the newest formula, phases, rows of events and the events.

    To go on from a day, of what lies until then only what `looks_back` names is needed.
    """

    days: Sequence[DailyDyad]
    phases: Sequence[DyadPhase] = ()
    event_dyads: Sequence[EventDyad] = ()
    events: Mapping[str, Event] = field(default_factory=dict)


def load_rules(path: Path = ALERTS_PATH) -> list[AlertRule]:
    """The rules of a file, in its order.

    Raises:
        CodebookError: the file is no TOML, or a rule lacks something, knows no such kind or has a field of no meaning.
    """
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CodebookError(f"{path}: cannot be read as TOML ({error}); correct it", subject_id=path.name) from error
    return [_rule_of(name, fields, path) for name, fields in told.items()]


@dataclass(frozen=True, slots=True)
class RuleStanding:
    """Where a rule stands with a dyad at the end of a day; as here before its first."""

    is_armed: bool = True  # what it watches was quiet: it speaks when its limit is passed
    last_on: date | None = None  # of firsts: the day of the last event of its types


@dataclass(frozen=True, slots=True)
class Followed:
    """What a rule found, oldest first, and where it stood at the end of the day asked for."""

    alerts: list[Alert]
    standing: RuleStanding


def looks_back(rule: AlertRule) -> int:
    """How many days until the day it goes on from, that day included, a rule looks at, with the last before them."""
    return rule.days if rule.kind in ("level", "change") else 0


def find_alerts(
    rule: AlertRule, history: DyadHistory, *, now: datetime, half_life_days: float | None = None
) -> list[Alert]:
    """Every day of this dyad on which the rule stops being quiet, oldest first.

    Args:
        now: aware UTC; stamps the alerts, and days after it are not looked at.
        half_life_days: as the days were computed with; the formula's where not given.
    """
    return follow_rule(rule, history, now=now, half_life_days=half_life_days).alerts


def follow_rule(
    rule: AlertRule,
    history: DyadHistory,
    *,
    now: datetime,
    half_life_days: float | None = None,
    start: RuleStanding | None = None,
    after: date = date.min,
    until: date | None = None,
) -> Followed:
    """What the rule finds after a day, and where it stands at the end of another, to go on from later.

    Args:
        start: where the rule stood at the end of `after`.
        after: only later days are followed; of this and earlier ones the history needs what `looks_back` says.
        until: the day whose end the standing is of; the last one where not given.

    Other arguments as `find_alerts`.
    """
    rows = sorted((row for row in history.days if row.on_date <= now.date()), key=lambda row: row.on_date)
    walk = _Walk(after, until or date.max, start or RuleStanding())
    if not rows:
        return Followed([], walk.stood)
    found = list(_FINDERS[rule.kind](rule, rows, history, half_life_days, walk))
    return Followed(
        [_alert(rule, rows[0], on, value, detail, ids, now) for on, value, detail, ids in found], walk.stood
    )


class _Walk:
    """A rule on its way along the days: where it stands, and where it stood at the end of the day asked for."""

    def __init__(self, after: date, until: date, standing: RuleStanding) -> None:
        self._after, self._until = after, until
        self.now = self.stood = standing

    def is_past(self, on: date) -> bool:
        """Whether this day was followed before."""
        return on <= self._after

    def stand(self, on: date, *, is_armed: bool = True, last_on: date | None = None) -> None:
        """Goes on to the end of this day."""
        self.now = RuleStanding(is_armed, last_on)
        if on <= self._until:
            self.stood = self.now


Found = Iterator[tuple[date, float, str, tuple[str, ...]]]


def _find_level(
    rule: AlertRule, rows: Sequence[DailyDyad], history: DyadHistory, half_life: float | None, walk: _Walk
) -> Found:
    before: DailyDyad | None = None
    for row in rows:
        # Between two rows tension only fades, so just before a row it is at its lowest.
        left = decayed_value(before, row.on_date, of="tension", half_life_days=half_life) if before else 0.0
        before = row
        if walk.is_past(row.on_date):
            continue
        is_armed = walk.now.is_armed or min(left, row.tension) < rule.clear
        if is_armed and row.tension >= rule.limit and _is_told_by(rule, row):
            is_armed = False
            detail = f"tension reached {row.tension:.0f}, limit {rule.limit:.0f}"
            yield row.on_date, row.tension, detail, _escalating(history, row.on_date, rule.days)
        walk.stand(row.on_date, is_armed=is_armed)


def _find_change(
    rule: AlertRule, rows: Sequence[DailyDyad], history: DyadHistory, half_life: float | None, walk: _Walk
) -> Found:
    before: DailyDyad | None = None
    for index, row in enumerate(rows):
        last, before = before, row
        if walk.is_past(row.on_date):
            continue
        since = row.on_date - timedelta(days=rule.days)
        earlier = next((one for one in reversed(rows[:index]) if one.on_date <= since), None)
        stood = decayed_value(earlier, since, of="tension", half_life_days=half_life) if earlier else 0.0
        rise = row.tension - stood
        # A rise is over after as many days as it is measured in: nothing came within them.
        is_over = last is not None and row.on_date - last.on_date > timedelta(days=rule.days)
        is_armed = walk.now.is_armed or is_over or rise < rule.clear
        if is_armed and rise >= rule.limit and _is_told_by(rule, row):
            is_armed = False
            detail = f"tension rose by {rise:.0f} within {rule.days} days, limit {rule.limit:.0f}"
            yield row.on_date, rise, detail, _escalating(history, row.on_date, rule.days)
        walk.stand(row.on_date, is_armed=is_armed)


def _find_phase(
    rule: AlertRule, rows: Sequence[DailyDyad], history: DyadHistory, half_life: float | None, walk: _Walk
) -> Found:
    for phase in sorted(history.phases, key=lambda phase: phase.starts_on):
        if walk.is_past(phase.starts_on):
            continue
        if phase.name == rule.phase and max(phase.tension_at_start, phase.tension_at_end) >= rule.limit:
            detail = f"a phase called {phase.name} began at a tension of {phase.tension_at_start:.0f}"
            yield phase.starts_on, phase.tension_at_start, detail, phase.driver_event_ids


def _find_first(
    rule: AlertRule, rows: Sequence[DailyDyad], history: DyadHistory, half_life: float | None, walk: _Walk
) -> Found:
    told = [(row, history.events[row.event_id]) for row in history.event_dyads if row.event_id in history.events]
    told = [(row, event) for row, event in told if event.type in rule.types and row.impact >= rule.limit]
    for row, event in sorted(told, key=lambda one: (one[0].on_date, -one[0].impact, one[0].event_id)):
        if walk.is_past(row.on_date):
            continue
        last = walk.now.last_on
        is_first = last is None or row.on_date - last > timedelta(days=rule.days)
        if is_first and event.family_count >= rule.families:
            detail = f"the first {event.type} between the two in {rule.days} days"
            yield row.on_date, row.impact, detail, (row.event_id,)
        if not is_first or event.family_count >= rule.families:
            walk.stand(row.on_date, last_on=row.on_date)


_FINDERS = {"level": _find_level, "change": _find_change, "phase": _find_phase, "first": _find_first}


def _is_told_by(rule: AlertRule, row: DailyDyad) -> bool:
    return rule.families <= 1 or not row.is_thin


def _escalating(history: DyadHistory, on: date, days: int) -> tuple[str, ...]:
    """The weightiest escalations of these days, at most a few."""
    since = on - timedelta(days=days)
    return list_weightiest(history.event_dyads, Direction.ESCALATION, since=since, until=on, count=NAMED_EVENTS)


def _alert(
    rule: AlertRule, row: DailyDyad, on: date, value: float, detail: str, event_ids: tuple[str, ...], now: datetime
) -> Alert:
    return Alert(
        alert_id=stable_id("alert", rule.name, row.side_a_code, row.side_b_code, on.isoformat()),
        raised_at_utc=now,
        rule=rule.name,
        kind=rule.kind,
        side_a_code=row.side_a_code,
        side_b_code=row.side_b_code,
        on_date=on,
        value=value,
        limit_value={"phase": None, "first": float(rule.days)}.get(rule.kind, rule.limit),
        detail=detail,
        event_ids=event_ids,
        formula_version=row.formula_version,
    )


def _rule_of(name: str, fields: Any, path: Path) -> AlertRule:
    where = f"{path.name}, rule '{name}'"
    if not isinstance(fields, dict):
        raise CodebookError(f"{where}: expected a table with kind and limit", subject_id=name)
    unknown = set(fields) - {one for one in AlertRule.__dataclass_fields__ if one != "name"}
    if unknown:
        raise CodebookError(f"{where}: knows no '{min(unknown)}'; correct its name or remove it", subject_id=name)
    if fields.get("kind") not in tuple(_FINDERS) or not isinstance(fields.get("limit"), int | float):
        raise CodebookError(f"{where}: needs a kind ({', '.join(_FINDERS)}) and a limit", subject_id=name)
    if fields["kind"] == "phase" and fields.get("phase") not in tuple(PhaseName):
        raise CodebookError(f"{where}: needs a phase ({', '.join(PhaseName)})", subject_id=name)
    if fields["kind"] == "first" and not fields.get("types"):
        raise CodebookError(f"{where}: needs types, such as ['ASSAULT']", subject_id=name)
    return AlertRule(name=name, **(fields | {"types": tuple(fields.get("types", ()))}))
