"""The words of the pages: one name a side, one way to write a figure, nothing from the web read as Markdown."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.views import wording
from dashboard.views.feeds import written_state
from warehouse.side_names import english_name

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
    ("fields", "shown"),
    [
        ({}, "not polled yet"),
        ({"poll_count": 3, "last_success_at_utc": "2026-03-01"}, "working"),
        ({"poll_count": 0, "last_success_at_utc": "2026-03-01"}, "working"),
        ({"poll_count": 3, "failure_class": "soft"}, "failing, soft"),
        ({"failure_class": "hard", "status": "paused"}, "paused"),
    ],
)
def test_feed_is_said_to_work_only_once_it_has(fields: dict[str, object], shown: str) -> None:
    silent = {"status": "active", "failure_class": None, "last_success_at_utc": None, "poll_count": 0}
    assert written_state(silent | fields) == shown
