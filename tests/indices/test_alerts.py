"""Rules over a dyad's series: what is worth a look, once."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.events.merging import merge_mentions
from flows.indices.alerts import AlertRule, DyadHistory, find_alerts, follow_rule, load_rules, looks_back
from flows.indices.daily import compute_daily_dyads
from flows.indices.phases import find_phases
from tests.indices.worlds import DAY, a_report, an_event_dyad
from tests.indices.worlds import NOW as MERGED_AT
from warehouse.errors import CodebookError
from warehouse.records import Alert, EventDyad

NOW = datetime(2024, 6, 1, tzinfo=UTC)
LEVEL = AlertRule(name="high", kind="level", limit=30, clear=15)


def history_of(rows: list[EventDyad], **told: Any) -> DyadHistory:
    days = compute_daily_dyads(rows, event_families={}, until=NOW.date())
    phases = find_phases(days, rows, until=NOW.date())
    return DyadHistory(days=days, phases=phases, event_dyads=rows, **told)


def blows(*days_and_impacts: tuple[int, float], **told: Any) -> list[EventDyad]:
    return [
        an_event_dyad(f"e{day}", on_date=DAY + timedelta(days=day), impact=impact, **told)
        for day, impact in days_and_impacts
    ]


def days_of(found: list[Alert]) -> list[int]:
    return [(alert.on_date - DAY).days for alert in found]


def test_level_that_trembles_about_its_limit_is_raised_once() -> None:
    rows = blows((0, 31), (1, 5), (2, 1), (3, 8), (4, 2), (5, 9))
    assert days_of(find_alerts(LEVEL, history_of(rows), now=NOW)) == [0]


def test_level_is_raised_anew_after_it_was_quiet() -> None:
    rows = blows((0, 31), (3, 20), (40, 32), (41, 5))
    assert days_of(find_alerts(LEVEL, history_of(rows), now=NOW)) == [0, 40]


def test_thin_day_raises_nothing_where_two_families_are_asked_for() -> None:
    rule = replace(LEVEL, families=2)
    rows = blows((0, 31), (1, 31))
    assert find_alerts(rule, history_of(rows), now=NOW) == []
    days = compute_daily_dyads(rows, event_families={"e1": frozenset({"f1", "f2"})}, until=NOW.date())
    assert days_of(find_alerts(rule, DyadHistory(days=days, event_dyads=rows), now=NOW)) == [1]


def test_alert_names_the_events_behind_it_weightiest_first() -> None:
    [alert] = find_alerts(LEVEL, history_of(blows((0, 12), (1, 25))), now=NOW)
    assert alert.event_ids == ("e1", "e0")
    assert (alert.rule, alert.kind, alert.limit_value) == ("high", "level", 30)


def test_rise_is_raised_once_and_again_after_a_pause() -> None:
    rule = AlertRule(name="rise", kind="change", limit=20, clear=5, days=3)
    rows = blows((0, 25), (1, 25), (2, 25), (40, 22))
    assert days_of(find_alerts(rule, history_of(rows), now=NOW)) == [0, 40]


def test_high_but_steady_tension_is_no_rise() -> None:
    rule = AlertRule(name="rise", kind="change", limit=20, clear=5, days=3)
    rows = blows(*((day, 6) for day in range(60)))
    assert days_of(find_alerts(rule, history_of(rows), now=NOW)) == []


def test_phase_is_raised_on_the_day_it_begins() -> None:
    rule = AlertRule(name="easing", kind="phase", phase="easing", limit=10)
    truce = an_event_dyad("truce", on_date=DAY + timedelta(days=5), impact=60, direction="de-escalation")
    [alert] = find_alerts(rule, history_of([*blows((0, 20), (2, 25)), truce]), now=NOW)
    assert (days_of([alert]), alert.event_ids, alert.limit_value) == ([5], ("truce",), None)


def test_first_blow_in_half_a_year_is_raised_and_the_next_is_not() -> None:
    rule = AlertRule(name="first", kind="first", types=("ASSAULT",), limit=5, days=30, families=2)
    told = [("a", 0, 1), ("b", 10, 2), ("c", 11, 2), ("d", 80, 2)]
    rows = [an_event_dyad(name, on_date=DAY + timedelta(days=day)) for name, day, _ in told]
    [strike] = merge_mentions([a_report("a1")], [], now=MERGED_AT).events
    events = {name: replace(strike, event_id=name, family_count=families) for name, _, families in told}
    found = find_alerts(rule, history_of(rows, events=events), now=NOW)
    # One family's word on day 0 is neither raised nor makes the blow of day 10 a second one.
    assert [alert.event_ids for alert in found] == [("b",), ("d",)]


def test_nothing_is_found_where_nothing_is_known() -> None:
    assert [find_alerts(rule, DyadHistory(days=[]), now=NOW) for rule in load_rules()] == [[]] * len(load_rules())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]\nkind = 'level'\nlimt = 3", "rule 'a': knows no 'limt'"),
        ("[a]\nkind = 'height'\nlimit = 3", "needs a kind"),
        ("[a]\nkind = 'phase'\nlimit = 3\nphase = 'war'", "needs a phase"),
        ("[a]\nkind = 'first'\nlimit = 3", "needs types"),
        ("a = 3", "expected a table"),
        ("[a", "cannot be read as TOML"),
    ],
)
def test_bad_rule_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "alerts.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(CodebookError, match=said):
        load_rules(path)


RULES = [
    LEVEL,
    AlertRule(name="rise", kind="change", limit=12, clear=6, days=3),
    AlertRule(name="easing", kind="phase", phase="easing", limit=10),
    AlertRule(name="first", kind="first", types=("ASSAULT",), limit=9, days=20),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
@pytest.mark.parametrize("seed", range(6))
def test_going_on_from_any_day_finds_what_the_whole_history_finds(rule: AlertRule, seed: int) -> None:
    chance = random.Random(seed)
    rows = blows(*((day, chance.choice((3, 10, 25, 40))) for day in range(120) if chance.random() < 0.3))
    events = merge_mentions([a_report()], [], now=MERGED_AT).events
    history = history_of(rows, events={row.event_id: events[0] for row in rows})
    whole = find_alerts(rule, history, now=NOW)
    for number in range(0, 125, 5):
        cut = DAY + timedelta(days=number)
        begun = follow_rule(rule, history, now=NOW, until=cut)
        back = cut - timedelta(days=looks_back(rule))
        last = max((row.on_date for row in history.days if row.on_date <= back), default=back)
        needed = replace(
            history,
            days=[row for row in history.days if row.on_date >= last],
            phases=[phase for phase in history.phases if phase.starts_on > cut],
            event_dyads=[row for row in rows if row.on_date > back],
        )
        later = follow_rule(rule, needed, now=NOW, start=begun.standing, after=cut)
        assert later.alerts == [alert for alert in whole if alert.on_date > cut]
