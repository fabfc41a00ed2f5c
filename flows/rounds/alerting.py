"""Alerts: the rules over every dyad that moved lately, raised once each, and told to whoever is to hear of them.

Each rule goes on from where it stood with the dyad a week ago, which is kept; a change in older days drops what was
kept of them, and the rule goes on from further back. So an alert costs the days it looks at, not the dyad's history.
Only what happened within a week of now is raised: history that is read late explains itself on its curve.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.indices.alerts import (
    ALERTS_PATH,
    AlertRule,
    DyadHistory,
    RuleStanding,
    follow_rule,
    load_rules,
    looks_back,
)
from flows.indices.formula import load_formula
from flows.rounds.phasing import Dyad, by_dyad
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse import indexed
from warehouse.connect import Warehouse
from warehouse.merging import read_events_by_id
from warehouse.records import Alert, AlertStanding, stable_id
from warehouse.side_names import english_name
from warehouse.standings import read_watched_dyads
from warehouse.watching import read_alert_standings, write_alert_standings, write_alerts, write_notified

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
    made_with = {rule.name: _made_with(rule, settings) for rule in rules}
    starts = _find_starts(read_alert_standings(wh, moved, since), made_with)
    after = {dyad: starts[dyad][0] if dyad in starts else date.min for dyad in moved}
    watched = set(read_watched_dyads(wh))
    raised: list[Alert] = []
    standings: list[AlertStanding] = []
    before = indexed.read_alert_days(wh, moved)
    for dyad, history in _read_histories(wh, rules, after).items():
        for rule in rules:
            followed = follow_rule(
                rule,
                history,
                now=now,
                half_life_days=settings.half_life_days,
                start=starts[dyad][1][rule.name] if dyad in starts else None,
                after=after[dyad],
                until=since,
            )
            if not rule.watched or dyad in watched:
                raised += _new_ones(rule, followed.alerts, before.get((*dyad, rule.name), []), since)
            if after[dyad] < since:
                standings.append(_standing_of(dyad, rule, since, made_with[rule.name], followed.standing))
    if raised:
        key = stable_id("alerts", now.isoformat(), *sorted(alert.alert_id for alert in raised))
        write_alerts(wh, key, raised)
    if standings:
        # Last: what is not kept is followed from further back, and finds the same.
        write_alert_standings(
            wh, stable_id("alert standings", now.isoformat(), *map(repr, standings)), standings, since
        )
    return StageCount("raise alerts", read=len(moved), kept=len(raised), note="read: dyads; kept: alerts")


def _made_with(rule: AlertRule, settings: Settings) -> str:
    return stable_id("standing", repr(rule), load_formula().version, settings.half_life_days)


def _standing_of(dyad: Dyad, rule: AlertRule, on: date, made_with: str, standing: RuleStanding) -> AlertStanding:
    return AlertStanding(
        side_a_code=dyad[0],
        side_b_code=dyad[1],
        rule=rule.name,
        until_on=on,
        made_with=made_with,
        is_armed=standing.is_armed,
        last_on=standing.last_on,
    )


def _find_starts(
    kept: Sequence[AlertStanding], made_with: Mapping[str, str]
) -> dict[Dyad, tuple[date, dict[str, RuleStanding]]]:
    """By dyad the last day of which it is kept where every rule stood, and that; absent: none."""
    by_day: defaultdict[tuple[Dyad, date], dict[str, RuleStanding]] = defaultdict(dict)
    for one in kept:
        if made_with.get(one.rule) == one.made_with:
            by_day[(one.side_a_code, one.side_b_code), one.until_on][one.rule] = RuleStanding(one.is_armed, one.last_on)
    whole = {key: standings for key, standings in by_day.items() if standings.keys() == made_with.keys()}
    return {dyad: (on, whole[dyad, on]) for dyad, on in sorted(whole)}


def _new_ones(rule: AlertRule, found: Sequence[Alert], before: Sequence[date], since: date) -> list[Alert]:
    """Fresh alerts of which nothing was said yet.

    A late report may move the day on which a limit is passed by a little; that is the same passing.
    """
    reach = timedelta(days=max(rule.days, FRESH_DAYS))
    fresh = [alert for alert in found if alert.on_date > since]
    return [alert for alert in fresh if not any(abs(alert.on_date - on) <= reach for on in before)]


def _read_histories(wh: Warehouse, rules: Sequence[AlertRule], after: Mapping[Dyad, date]) -> dict[Dyad, DyadHistory]:
    """What the rules need of each dyad to go on from its day."""
    back = timedelta(days=max((looks_back(rule) for rule in rules), default=0))
    first = {dyad: day - back if day - date.min > back else date.min for dyad, day in after.items()}
    days = by_dyad(indexed.read_days_and_last_before(wh, first, load_formula().version))
    moving = by_dyad(indexed.read_event_dyads_since(wh, first, {}))
    phases = by_dyad(indexed.read_phases_begun(wh, after))
    told = {row.event_id for dyad, rows in moving.items() for row in rows if row.on_date > after[dyad]}
    events = {event.event_id: event for event in read_events_by_id(wh, told)}
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
