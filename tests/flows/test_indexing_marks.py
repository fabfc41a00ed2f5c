"""Indices that go on from marks come out to the last bit as from scratch, whatever changed, and however far back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.rounds.indexing import compute_indices
from flows.settings import Settings
from tests.records import make_article, make_event, make_mention
from warehouse.connect import Warehouse, open_warehouse
from warehouse.records import Article, Event, EventMention, Mention
from warehouse.write import write_articles, write_codings, write_events

FIRST = date(2026, 3, 2)
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PAIRS = [("IRN", "PAK"), ("IRN", "IND"), ("IND", "PAK"), ("UNO", "IRN")]
ACTS = [("ASSAULT", "escalation", -9.0), ("AGREE", "de-escalation", 2.5), ("ACCUSE", "escalation", -3.0)]
TABLES = ("event_dyads", "daily_dyads", "daily_states", "dyad_phases")


def events_of(days: int, a_day: int = 2) -> list[Event]:
    """So many events a day, half of them between Iran and Pakistan, the others as chance has it."""
    chance = random.Random(5)
    made = []
    for number in range(a_day * days):
        on = FIRST + timedelta(days=number // a_day)
        actor, target = PAIRS[0] if number % 2 else chance.choice(PAIRS)
        kind, direction, score = chance.choice(ACTS)
        reported = datetime.combine(on, datetime.min.time(), UTC)
        made.append(
            make_event(
                f"e{number:03}",
                type=kind,
                direction=direction,
                score=score,
                actor_code=actor,
                target_code=target,
                starts_on=on,
                ends_on=on + timedelta(days=1),
                confidence=round(chance.uniform(0.4, 0.95), 3),
                first_reported_at_utc=reported,
                last_reported_at_utc=reported,
                headline="x",
                updated_at_utc=NOW,
            )
        )
    return made


def tell(wh: Warehouse, events: Sequence[Event], key: str, alone_from: int = 1000) -> None:
    """Each event told by one of five families, those of higher numbers by the first alone."""
    articles: list[Article] = []
    mentions: list[Mention] = []
    for event in events:
        number = int(event.event_id[1:])
        family = f"f{number % 5 if number < alone_from else 0}"
        articles.append(
            make_article(
                f"a{event.event_id}", title="t", text="x", family_id=family, outlet_id=family, content_hash="1"
            )
        )
        mentions.append(make_mention(f"m{event.event_id}", f"a{event.event_id}"))
    write_articles(wh, f"articles {key}", articles, [], {})
    write_codings(wh, f"codings {key}", articles, mentions)
    links = [EventMention(event_id=e.event_id, mention_id=f"m{e.event_id}", reason="") for e in events]
    write_events(wh, f"events {key}", events, links, [])


def rows_of(wh: Warehouse) -> dict[str, list[dict[str, object]]]:
    """What the indices hold; of a calm that goes on, not until when it was judged: time alone does not change it."""
    # Which number an event has is a matter of when it arrived.
    kept = "COLUMNS(one -> one <> 'event_number')"
    rows = {name: wh.query(f"SELECT {kept} FROM {name} ORDER BY ALL") for name in TABLES}
    last = {(row["side_a_code"], row["side_b_code"]): row["starts_on"] for row in rows["dyad_phases"]}
    for row in rows["dyad_phases"]:
        if row["name"] == "calm" and row["starts_on"] == last[row["side_a_code"], row["side_b_code"]]:
            row |= {"ends_on": None, "tension_at_end": None}
    return rows


def test_going_on_gives_what_one_run_gives(tmp_path: Path) -> None:
    days = 45
    events = events_of(days)
    by_id = {event.event_id: event for event in events}
    # What is known at the end: one event withdrawn, one moved to another day and pair, one far back, one of tomorrow.
    gone = replace(by_id["e061"], withdrawn_at_utc=NOW)
    moved = replace(by_id["e071"], starts_on=FIRST + timedelta(days=28), actor_code="IND", target_code="PAK")
    old = replace(by_id["e005"], confidence=0.31)
    coming = make_event(
        "e999",
        **{name: getattr(by_id["e001"], name) for name in ("actor_code", "target_code", "headline", "type")},
        starts_on=FIRST + timedelta(days=36),
        ends_on=FIRST + timedelta(days=37),
        first_reported_at_utc=NOW,
        last_reported_at_utc=NOW,
        updated_at_utc=NOW,
    )
    final = by_id | {one.event_id: one for one in (gone, moved, old, coming)}
    last = datetime.combine(FIRST + timedelta(days=days), datetime.min.time(), UTC)

    with open_warehouse(tmp_path / "whole") as whole:
        tell(whole, list(final.values()), "all")
        compute_indices(whole, Settings(home=tmp_path / "whole"), last)
        expected = rows_of(whole)

    steps: list[tuple[int, list[Event]]] = [
        (30, events[:60]),
        (34, [*events[60:68], coming]),
        (38, events[68:76]),  # the day that was to come has come
        (39, [gone, moved]),
        (days, events[76:]),
        (days, [old]),
    ]
    with open_warehouse(tmp_path / "stepwise") as stepwise:
        settings = Settings(home=tmp_path / "stepwise")
        for number, (until, told) in enumerate(steps):
            now = last - timedelta(days=days - until, seconds=60 * (len(steps) - 1 - number))
            tell(stepwise, [replace(event, updated_at_utc=now) for event in told], str(number))
            compute_indices(stepwise, settings, now)
        assert rows_of(stepwise) == expected
        marked = stepwise.query("SELECT DISTINCT subject, on_date FROM standing_marks ORDER BY ALL")
    assert {row["subject"] for row in marked} >= {"IRN PAK", "IRN", "PAK"}
    assert len(marked) >= 6


def test_what_the_last_round_saw_is_not_indexed_twice(tmp_path: Path) -> None:
    events = [replace(event, updated_at_utc=NOW) for event in events_of(4)]
    settings = Settings(home=tmp_path)
    with open_warehouse(tmp_path) as wh:
        tell(wh, events, "all")
        assert compute_indices(wh, settings, NOW).read == len(events)
        wh.execute("UPDATE daily_dyads SET net = -999")
        assert compute_indices(wh, settings, NOW).read == 0
        # Of the same instant, but not what the round saw.
        late = replace(events[-1], revision=2, confidence=0.2)
        tell(wh, [late], "late")
        assert compute_indices(wh, settings, NOW).read == 1
        pair = "side_a_code = 'IRN' AND side_b_code = 'PAK'"
        newest = wh.query(f"SELECT net FROM daily_dyads WHERE on_date = $day AND {pair}", day=late.starts_on)
        earlier = wh.query("SELECT DISTINCT net FROM daily_dyads WHERE on_date < $day", day=late.starts_on)
    assert earlier == [{"net": -999.0}]
    assert newest[0]["net"] != -999


def test_days_of_much_news_go_on_from_the_day_before(tmp_path: Path) -> None:
    a_day, days = 12, 12
    # That others spoke is known from before the mark alone, and keeps the last days from being thin.
    alone_from = a_day * (days - 4)
    events = events_of(days, a_day)
    chance = random.Random(3)
    last = datetime.combine(FIRST + timedelta(days=days), datetime.min.time(), UTC)
    final: dict[str, Event] = {}
    with open_warehouse(tmp_path / "stepwise") as stepwise:
        settings = Settings(home=tmp_path / "stepwise")
        for day in range(days):
            told = events[a_day * day : a_day * (day + 1)]
            # What comes late is of the days just before, and of one further back now and then.
            known = sorted(final.values(), key=lambda event: event.starts_on)
            late = chance.sample(known[-4 * a_day :], 3) + chance.sample(known, 1) if known else []
            for number, fresh in enumerate((told, late)):
                now = last - timedelta(days=days - 1 - day, hours=2 - number)
                made = [
                    replace(one, confidence=round(one.confidence * 0.9**number, 4), updated_at_utc=now) for one in fresh
                ]
                final |= {one.event_id: one for one in made}
                tell(stepwise, made, f"{day} {number}", alone_from)
                compute_indices(stepwise, settings, now)
        marked = stepwise.query("SELECT DISTINCT on_date FROM standing_marks WHERE subject = 'IRN PAK' ORDER BY 1")
        found = rows_of(stepwise)
    with open_warehouse(tmp_path / "whole") as whole:
        tell(whole, list(final.values()), "all", alone_from)
        compute_indices(whole, Settings(home=tmp_path / "whole"), last - timedelta(hours=1))
        assert found == rows_of(whole)
    # The three days before the newest, and the last of a stretch.
    assert {row["on_date"] for row in marked} >= {FIRST + timedelta(days=days - 1 - n) for n in (1, 2, 3)}
    assert len(marked) <= 5


def test_days_before_the_first_changed_one_are_left_alone(tmp_path: Path) -> None:
    events = events_of(40)
    settings = Settings(home=tmp_path)
    now = datetime.combine(FIRST + timedelta(days=40), datetime.min.time(), UTC)
    with open_warehouse(tmp_path) as wh:
        tell(wh, [replace(event, updated_at_utc=now) for event in events[:-1]], "most")
        compute_indices(wh, settings, now)
        # Who is made anew loses this mark.
        wh.execute("UPDATE daily_dyads SET net = -999 WHERE on_date < $day", day=events[-1].starts_on)
        later = now + timedelta(minutes=5)
        wh.execute("UPDATE events SET updated_at_utc = $then", then=now - timedelta(days=1))
        tell(wh, [replace(events[-1], updated_at_utc=later)], "last")
        compute_indices(wh, settings, later)
        assert wh.query("SELECT DISTINCT net FROM daily_dyads WHERE on_date < $day", day=events[-1].starts_on) == [
            {"net": -999.0}
        ]
        newest = wh.query("SELECT event_count FROM daily_dyads WHERE on_date = $day", day=events[-1].starts_on)
    assert sum(row["event_count"] for row in newest) == 2
