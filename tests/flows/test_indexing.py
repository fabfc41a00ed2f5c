"""Indices are made anew only where something changed, and come out as one run over everything gives them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from flows.articles.compose import content_hash_of, revision_of
from flows.rounds.assessing import assess_all
from flows.rounds.indexing import compute_indices
from flows.settings import Settings
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import SettingsError
from warehouse.records import Article
from warehouse.write import write_articles

START = datetime(2026, 11, 2, 12, tzinfo=UTC)
# (day, outlet, title, text); invented.
REPORTS = [
    (0, "harbour", "Iran fires missiles at Pakistan", "Iran fired missiles at a camp in Pakistan on Monday."),
    (0, "ridge", "Iranian missiles hit Pakistan", "Iran launched missiles into Pakistan on Monday, officials said."),
    (1, "harbour", "Pakistan recalls its ambassador from Iran", "Pakistan recalled its envoy from Iran on Tuesday."),
    (2, "ridge", "Pakistan bombs targets in Iran", "Pakistan carried out air strikes in Iran on Wednesday."),
    (2, "harbour", "Iran condemns India", "Iran condemned India over the seizure of a ship on Wednesday."),
    (5, "ridge", "Iran and Pakistan agree to ease tension", "Iran and Pakistan agreed on Saturday to ease tension."),
    (8, "harbour", "Iran and India sign accord", "Iran and India signed an agreement on ports on Tuesday."),
]  # fmt: skip
TABLES = ("event_dyads", "daily_dyads", "daily_states", "dyad_phases")


def tell(wh: Warehouse, reports: list[tuple[int, str, str, str]]) -> None:
    articles = [
        Article(
            article_id=f"{outlet}-{day}-{len(title)}",
            url=f"https://{outlet}.example/{day}/{len(title)}",
            outlet_id=outlet,
            outlet_name=outlet,
            family_id=outlet,
            title=title,
            text=text,
            text_source="import",
            language="en",
            published_at_utc=START + timedelta(days=day),
            first_seen_at_utc=START + timedelta(days=day),
            content_hash=content_hash_of(title, text),
        )
        for day, outlet, title, text in reports
    ]
    write_articles(
        wh, f"told {len(reports)} {reports[0][2]}", articles, [revision_of(one, START) for one in articles], {}
    )


def rows_of(wh: Warehouse) -> dict[str, list[dict[str, object]]]:
    # Which number an event has is a matter of when it arrived.
    return {name: wh.query(f"SELECT COLUMNS(one -> one <> 'event_number') FROM {name} ORDER BY ALL") for name in TABLES}


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[str], tuple[Warehouse, Settings]]:
    def open_home(name: str) -> tuple[Warehouse, Settings]:
        home = tmp_path / name
        return open_warehouse(home), Settings(home=home, older_formulas=("1",))

    return open_home


def test_day_by_day_gives_what_one_run_gives(opened: Callable[[str], tuple[Warehouse, Settings]]) -> None:
    last = START + timedelta(days=9)
    whole, settings = opened("whole")
    with whole:
        tell(whole, REPORTS)
        assess_all(whole, settings, last)
        expected = rows_of(whole)
        assert check_warehouse(whole) == []
    stepwise, settings = opened("stepwise")
    with stepwise:
        for number, report in enumerate(REPORTS):
            tell(stepwise, [report])
            assess_all(stepwise, settings, last - timedelta(minutes=len(REPORTS) - number))
        assert rows_of(stepwise) == expected
    assert {row["formula_version"] for row in expected["daily_states"]} == {"1", "3"}
    assert {row["state_code"] for row in expected["daily_states"]} >= {"IRN", "PAK", "IND"}


def test_untouched_dyad_is_left_alone(settings: Settings, wh: Warehouse) -> None:
    tell(wh, REPORTS[:4])
    assess_all(wh, settings, START + timedelta(days=9))
    # What changed in the very minute of the last run is looked at once more.
    compute_indices(wh, settings, START + timedelta(days=9, seconds=30))
    before = wh.query("SELECT * FROM daily_dyads WHERE side_b_code = 'PAK' ORDER BY on_date")
    wh.execute("UPDATE daily_dyads SET net = -999 WHERE side_b_code = 'PAK'")  # who is made anew loses this mark
    tell(wh, [REPORTS[4]])
    assess_all(wh, settings, START + timedelta(days=9, minutes=1))
    marked = wh.query("SELECT net FROM daily_dyads WHERE side_b_code = 'PAK'")
    assert before
    assert {row["net"] for row in marked} == {-999}
    assert wh.query("SELECT 1 FROM daily_dyads WHERE side_a_code = 'IND' AND side_b_code = 'IRN'")


def test_another_half_life_or_formula_makes_everything_anew(settings: Settings, wh: Warehouse) -> None:
    tell(wh, REPORTS)
    now = START + timedelta(days=9)
    assess_all(wh, settings, now)
    week = wh.query("SELECT max(tension) AS top, count(*) AS n FROM daily_dyads")[0]
    slower = settings.model_copy(update={"half_life_days": 30.0})
    compute_indices(wh, slower, now + timedelta(minutes=1))
    month = wh.query("SELECT max(tension) AS top, count(*) AS n FROM daily_dyads")[0]
    assert month["top"] > week["top"]
    assert month["n"] == week["n"]
    both = settings.model_copy(update={"older_formulas": ("1",)})
    compute_indices(wh, both, now + timedelta(minutes=2))
    counts = wh.query("SELECT formula_version, count(*) AS n FROM daily_dyads GROUP BY 1 ORDER BY 1")
    assert [row["formula_version"] for row in counts] == ["1", "3"]
    compute_indices(wh, settings, now + timedelta(minutes=3))
    assert wh.query("SELECT DISTINCT formula_version FROM daily_dyads") == [{"formula_version": "3"}]


def test_formula_that_is_not_there_is_named(settings: Settings, wh: Warehouse) -> None:
    with pytest.raises(SettingsError, match="older_formulas names '7'"):
        compute_indices(wh, settings.model_copy(update={"older_formulas": ("7",)}), START)


def test_phases_go_on_while_nothing_happens(settings: Settings, wh: Warehouse) -> None:
    tell(wh, REPORTS[:4])
    assess_all(wh, settings, START + timedelta(days=3))
    first = wh.query("SELECT * FROM dyad_phases WHERE side_b_code = 'PAK' ORDER BY starts_on")
    compute_indices(wh, settings, START + timedelta(days=60))
    later = wh.query("SELECT * FROM dyad_phases WHERE side_b_code = 'PAK' ORDER BY starts_on")
    assert [row["name"] for row in first] == ["escalating"]
    assert first[0]["driver_event_ids"]
    assert [row["name"] for row in later][-1] == "calm"
    assert all(one["ends_on"] == two["starts_on"] for one, two in pairwise(later))
