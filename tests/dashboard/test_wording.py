"""The words of the pages: one name a side, one way to write a figure, nothing from the web read as Markdown."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from dashboard.views import feeds, wording
from warehouse.side_names import english_name

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SIDES = Path(__file__).parents[2] / "flows" / "events" / "sides" / "data"


def coded_sides() -> Iterator[str]:
    """Every organisation and armed group the coder knows."""
    for name, column in (("organisations", "code"), ("groups", "slug")):
        with (SIDES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            yield from (row[column] for row in csv.DictReader(file))


def test_every_side_the_coder_knows_has_one_english_name() -> None:
    nameless = [code for code in coded_sides() if english_name(code) is None]
    assert nameless == [], f"add to warehouse/side_names.csv: {nameless}"


@pytest.mark.parametrize(
    ("code", "as_written", "shown"),
    [
        ("UNO", "PBB", "United Nations"),
        ("IRN", "Teheran", "Iran"),
        ("PSE", "Gaza", "Palestine"),
        ("houthi", "Ansar Allah", "Houthis"),
        ("no-such-group", "Front of Tavor", "Front of Tavor"),
        ("no-such-group", None, "no-such-group"),
        (None, None, "unnamed side"),
    ],
)
def test_side_is_shown_by_the_name_it_is_known_by(code: str | None, as_written: str | None, shown: str) -> None:
    assert wording.side_name({"actor_code": code, "actor_name": as_written}, "actor") == shown


def test_signs_of_markdown_are_shown_and_not_obeyed() -> None:
    assert wording.plain_markdown("*a* [b](c) :red[d] $e$") == r"\*a\* \[b\]\(c\) \:red\[d\] \$e\$"


@pytest.mark.parametrize(("value", "shown"), [(3.14, "+3.1"), (-0.42, "−0.4"), (0.04, "0.0"), (-0.04, "0.0")])
def test_figures_carry_their_sign(value: float, shown: str) -> None:
    assert wording.signed(value) == shown


@pytest.mark.parametrize(("code", "shown"), [("id", "Indonesian"), ("fa", "Persian"), ("xx", "xx"), (None, "")])
def test_languages_have_english_names(code: str | None, shown: str) -> None:
    assert wording.language_name(code) == shown


@pytest.mark.parametrize(
    ("state", "shown"),
    [("failing", "failing, soft"), ("waiting", "not polled yet"), ("silently dead", "silently dead"), ("fine", "fine")],
)
def test_a_feed_is_said_to_be_as_the_warehouse_finds_it(state: str, shown: str) -> None:
    assert feeds.written_state({"state": state, "failure_class": "soft"}) == shown


def test_trouble_has_its_beginning_and_the_rest_has_none() -> None:
    begun = {"failing_since_utc": NOW - timedelta(hours=5), "newest_entry_at_utc": NOW - timedelta(days=9)}
    assert feeds.written_since({"state": "failing", **begun}, NOW) == "5 hours ago"
    assert feeds.written_since({"state": "stale", **begun}, NOW) == "9 days ago"
    assert feeds.written_since({"state": "fine", **begun}, NOW) == ""


def test_lengths_and_waits_are_in_one_unit() -> None:
    assert wording.written_length(5400) == "2 hours"
    assert wording.written_length(None) == ""
    assert feeds.written_wait(NOW + timedelta(minutes=7), NOW) == "in 7 minutes"
    assert feeds.written_wait(None, NOW) == feeds.written_wait(NOW, NOW) == "now"
    assert feeds.written_lag({"lag_median_s": 300, "lag_p90_s": 4000}) == "5 minutes, 1 hour"


def test_only_troubled_states_are_counted() -> None:
    frame = pd.DataFrame({"state": ["stale", "fine", "stale", "failing"]})
    assert feeds.written_states(frame) == "4 feeds, 2 stale, 1 failing"
