"""GDELT's codes and columns in our words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.events import sides
from flows.events.codebook import load_codebook
from flows.events.gdelt import gdelt_event_of_line
from flows.events.gdelt.mapping import (
    _load,
    cameo_types,
    country_of_cameo,
    country_of_fips,
    side_of_actor,
    type_of_cameo,
)
from tests.archives import gdelt_line
from warehouse.errors import CodebookError

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def test_a_line_is_read_column_by_column() -> None:
    event = gdelt_event_of_line(gdelt_line(), NOW)
    assert (event.gdelt_event_id, event.on_date, event.added_at_utc) == (
        1150000001,
        date(2024, 1, 16),
        datetime(2024, 1, 17, 0, 15, tzinfo=UTC),
    )
    assert (event.actor_code, event.actor_name, event.actor_country_code, event.actor_cameo_code) == (
        "IRN",
        "IRAN",
        "IRN",
        "IRNMIL",
    )
    assert (event.actor_cameo_type_code, event.target_code, event.target_cameo_type_code) == ("MIL", "PAK", None)
    assert (event.cameo_code, event.quad_class, event.is_root_event) == ("195", 4, True)
    assert (event.type, event.mode, event.direction, event.score) == ("ASSAULT", "aerial", "escalation", -9.5)
    assert (event.goldstein_score, event.average_tone) == (-10.0, -6.25)
    assert (event.mention_count, event.source_count, event.article_count) == (12, 3, 10)
    assert (event.place_name, event.place_precision, event.place_country_code, event.place_fips_code) == (
        "Panjgur, Balochistan, Pakistan",
        "city",
        "PAK",
        "PK",
    )
    assert (event.latitude, event.longitude, event.place_feature_id) == (26.97, 64.09, "-2770000")
    assert (event.source_url, event.imported_at_utc) == ("https://news.example/strike", NOW)


def test_what_gdelt_leaves_out_is_none() -> None:
    gone = {index: "" for index in (5, 6, 7, 12, 15, 16, 17, 30, 34, 52, 53, 54, 56, 57, 58, 60)} | {51: "0"}
    event = gdelt_event_of_line(gdelt_line(gone), NOW)
    assert [event.actor_code, event.actor_name, event.target_code, event.goldstein_score, event.average_tone] == [
        None
    ] * 5
    assert [event.place_name, event.place_precision, event.place_country_code, event.latitude] == [None] * 4


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("010", None),
        ("020", ("REQUEST", None)),
        ("0254", ("REQUEST", "yield")),
        ("0356", ("AGREE", None)),
        ("042", ("CONSULT", "visit")),
        ("0813", ("RETREAT", None)),
        ("0811", ("CONCEDE", None)),
        ("0871", ("RETREAT", "ceasefire")),
        ("1123", ("ACCUSE", "allege")),
        ("163", ("SANCTION", "discontinue")),
        ("1712", ("ASSAULT", "destroy")),
        ("191", ("COERCE", "restrict")),
        ("---", None),
        ("", None),
    ],
)
def test_cameo_codes_are_types_of_our_codebook(code: str, expected: tuple[str, str | None] | None) -> None:
    found = type_of_cameo(code)
    assert (None if found is None else (found.type, found.mode)) == expected


def test_every_root_but_statements_has_a_type_and_every_type_is_reached() -> None:
    assert [f"{root:02d}" for root in range(1, 21) if type_of_cameo(f"{root:02d}0") is None] == ["01"]
    assert {coded.type for coded in cameo_types().values()} == set(load_codebook())


def test_direction_follows_the_quad_of_cameo_apart_from_what_is_reviewed() -> None:
    """CAMEO's roots 03-08 cooperate and 11-20 are in conflict, so their lines must not say the opposite."""
    for code, coded in cameo_types().items():
        if "03" <= code[:2] <= "08":
            assert coded.direction == "de-escalation", code
        if "11" <= code[:2] <= "20":
            assert coded.direction == "escalation", code


def test_actors_are_states_organisations_and_groups_of_our_lists() -> None:
    assert side_of_actor("IRN", "") == "IRN"
    assert side_of_actor("", "UNO") == "UNO"
    assert side_of_actor("LBN", "HEZ") == "hezbollah"
    assert side_of_actor("USA", "XFM") == "USA"
    assert side_of_actor("EUR", "") is None
    assert (country_of_cameo("ROM"), country_of_cameo("GZS"), country_of_cameo("AFR")) == ("ROU", "PSE", None)
    assert (country_of_fips("UK"), country_of_fips("WE"), country_of_fips("OC"), country_of_fips("")) == (
        "GBR",
        "PSE",
        None,
        None,
    )


def test_every_code_of_a_group_is_one_of_ours() -> None:
    data = Path(sides.__file__).parent / "data"
    lines = [line for name in ("organisations.csv", "groups.csv") for line in (data / name).read_text().splitlines()]
    ours = {line.partition(",")[0] for line in lines}
    assert set(_load("actors.toml")["groups"].values()) <= ours
    assert all(re.fullmatch("[A-Z]{3}", code) for code in _load("actors.toml")["countries"].values())


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (gdelt_line(column_count=58), "58 columns, expected the 61"),
        ("", "1 columns"),
        (gdelt_line({0: "one"}), "GlobalEventID is 'one'"),
        (gdelt_line({0: "٣"}), "GlobalEventID"),
        (gdelt_line({1: "20240230"}), "SQLDATE is '20240230'"),
        (gdelt_line({1: ""}), "SQLDATE"),
        (gdelt_line({59: "today"}), "DATEADDED is 'today'"),
        (gdelt_line({30: "-11"}), "GoldsteinScale is '-11', expected a number from -10 to 10"),
        (gdelt_line({34: "nan"}), "AvgTone"),
        (gdelt_line({31: "-4"}), "NumMentions"),
        (gdelt_line({56: "91"}), "ActionGeo_Lat"),
    ],
)
def test_a_line_that_cannot_be_read_says_which_column(line: str, named: str) -> None:
    with pytest.raises(CodebookError, match=re.escape(named)):
        gdelt_event_of_line(line, NOW)
