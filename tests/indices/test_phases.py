"""Phases of a dyad's tension."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from flows.indices.daily import compute_daily_dyads
from flows.indices.phases import find_phases
from tests.indices.worlds import DAY, an_event_dyad
from warehouse.records import DyadPhase

STRIKE = an_event_dyad("strike", impact=20.0)
ANSWER = an_event_dyad("answer", impact=25.0, on_date=DAY + timedelta(days=2))
TRUCE = an_event_dyad("truce", impact=60.0, on_date=DAY + timedelta(days=5), direction="de-escalation")


def phases_of_the_crisis(days: int) -> list[DyadPhase]:
    rows = [STRIKE, ANSWER, TRUCE]
    until = DAY + timedelta(days=days)
    series = compute_daily_dyads(rows, event_families={}, until=until)
    return find_phases(series, rows, until=until)


def test_crisis_escalates_eases_and_calms() -> None:
    phases = phases_of_the_crisis(60)
    assert [phase.name for phase in phases] == ["escalating", "easing", "calm"]
    assert [phase.driver_event_ids for phase in phases] == [("answer", "strike"), ("truce",), ()]


def test_phases_leave_no_gap() -> None:
    phases = phases_of_the_crisis(60)
    assert phases[0].starts_on == DAY
    assert all(one.ends_on == two.starts_on for one, two in pairwise(phases))
    assert phases[-1].ends_on == DAY + timedelta(days=61)


def test_steady_blows_are_tense() -> None:
    blows = [an_event_dyad(f"e{n}", on_date=DAY + timedelta(days=n)) for n in range(60)]
    until = DAY + timedelta(days=59)
    phases = find_phases(compute_daily_dyads(blows, event_families={}, until=until), blows, until=until)
    assert [phase.name for phase in phases] == ["escalating", "tense"]


def test_no_rows_have_no_phases() -> None:
    assert find_phases([], until=DAY) == []
