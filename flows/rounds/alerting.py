"""Alerts: the rules over every dyad that moved lately, raised once each, and told to whoever is to hear of them.

Only what happened within a week of now is raised: history that is read late explains itself on its curve.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.indices.alerts import ALERTS_PATH, AlertRule, DyadHistory, find_alerts, load_rules
from flows.indices.formula import load_formula
from flows.rounds.phasing import Dyad, by_dyad
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse import backlog, indexed
from warehouse.connect import Warehouse
from warehouse.records import Alert, stable_id
from warehouse.side_names import english_name
from warehouse.standings import read_watched_dyads
from warehouse.watching import write_alerts, write_notified

FRESH_DAYS = 7
TOLD_AT_ONCE = 20


def rules_path(home: Path) -> Path:
    """The rules of this home: its own alerts.toml, or the project's."""
    own = home / "alerts.toml"
    return own if own.is_file() else ALERTS_PATH


def raise_alerts(wh: Warehouse, settings: Settings, now: datetime) -> StageCount:
    """Raises what the rules find new in dyads that moved within a week."""
    rules = load_rules(rules_path(settings.home))
    since = now.date() - timedelta(days=FRESH_DAYS)
    moved = indexed.read_dyads_moved_since(wh, since)
    watched = set(read_watched_dyads(wh))
    raised: list[Alert] = []
    before = indexed.read_alert_days(wh, moved)
    for dyad, history in _read_histories(wh, moved).items():
        for rule in rules:
            if rule.watched and dyad not in watched:
                continue
            found = find_alerts(rule, history, now=now, half_life_days=settings.half_life_days)
            raised += _new_ones(rule, found, before.get((*dyad, rule.name), []), since)
    if raised:
        key = stable_id("alerts", now.isoformat(), *sorted(alert.alert_id for alert in raised))
        write_alerts(wh, key, raised)
    return StageCount("raise alerts", read=len(moved), kept=len(raised), note="read: dyads; kept: alerts")


def _new_ones(rule: AlertRule, found: Sequence[Alert], before: Sequence[date], since: date) -> list[Alert]:
    """Fresh alerts of which nothing was said yet.

    A late report may move the day on which a limit is passed by a little; that is the same passing.
    """
    reach = timedelta(days=max(rule.days, FRESH_DAYS))
    fresh = [alert for alert in found if alert.on_date > since]
    return [alert for alert in fresh if not any(abs(alert.on_date - on) <= reach for on in before)]


def _read_histories(wh: Warehouse, dyads: set[Dyad]) -> dict[Dyad, DyadHistory]:
    days = by_dyad(indexed.read_daily_dyads(wh, dyads, load_formula().version))
    moving = by_dyad(indexed.read_event_dyads(wh, dyads))
    phases = by_dyad(indexed.read_phase_rows(wh, dyads))
    events = {event.event_id: event for event in backlog.read_events_of_dyads(wh, sorted(dyads))} if dyads else {}
    return {
        dyad: DyadHistory(days=days[dyad], phases=phases[dyad], event_dyads=moving[dyad], events=events)
        for dyad in sorted(days)
    }


async def tell_alerts(wh: Warehouse, notify: Callable[[str, str], Awaitable[None]], now: datetime) -> StageCount:
    """Tells of alerts that were not told yet in one message, `notify(text, subject)`, and marks them as told.

    Told first and marked then: after a crash in between somebody hears twice, never not at all.
    """
    waiting = indexed.read_untold_alerts(wh)
    if not waiting:
        return StageCount("tell alerts")
    shown, left = waiting[:TOLD_AT_ONCE], len(waiting) - TOLD_AT_ONCE
    text = "\n".join(sentence_of(alert) for alert in shown) + (f"\nand {left} more" if left > 0 else "")
    await notify(text, f"Mereda: {len(waiting)} {'alert' if len(waiting) == 1 else 'alerts'}")
    write_notified(wh, [alert.alert_id for alert in waiting], now)
    return StageCount("tell alerts", read=len(waiting), kept=len(waiting))


def sentence_of(alert: Alert) -> str:
    """One line on an alert, for people."""
    sides = " and ".join(english_name(code) or code for code in (alert.side_a_code, alert.side_b_code))
    return f"{alert.on_date}, {sides}: {alert.detail} ({alert.rule})"
