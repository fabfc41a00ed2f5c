"""The map: a value a country, disputed areas as chosen, borders from this machine."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from dashboard.charts import world
from dashboard.charts.world import APART, HOLDERS, disputed_areas, owners_of_areas, world_figure
from tests.dashboard.checked import checked

BORDERS = Path(world.__file__).parents[1] / "static" / "topojson" / "world_110m.json"
NO_PLACES = pd.DataFrame({"name": [], "latitude": [], "longitude": [], "event_count": []})


def drawn(view: str) -> dict[str, float]:
    figure = checked(
        world_figure(
            {"IND": 4.0, "PAK": 2.0},
            {"IND": "India"},
            NO_PLACES,
            measure="events",
            unit="events",
            view=view,
            area_names={},
        )
    )
    return dict(zip(figure.data[1].locations, figure.data[1].z, strict=True))


def test_every_disputed_area_is_one_the_map_can_draw() -> None:
    borders = json.loads(BORDERS.read_text(encoding="utf-8"))
    known = {shape["id"] for shape in borders["objects"]["countries"]["geometries"]}
    assert {area.code for area in disputed_areas()} <= known


def test_disputed_areas_stand_apart_until_somebody_chooses() -> None:
    assert drawn(APART) == {"IND": 4.0, "PAK": 2.0}
    assert set(owners_of_areas(APART).values()) == {None}


def test_holder_and_claimant_give_an_area_their_value() -> None:
    assert drawn(HOLDERS) == {"IND": 4.0, "PAK": 2.0, "XAP": 4.0}
    assert drawn("PAK") == {"IND": 4.0, "PAK": 2.0, "XJK": 2.0}
    assert drawn("IND") == {"IND": 4.0, "PAK": 2.0, "XJK": 4.0, "XAC": 4.0, "XAP": 4.0}


def test_area_of_nobody_is_grey_and_said_to_be_disputed() -> None:
    figure = checked(world_figure({}, {}, NO_PLACES, measure="tension", unit="u", view=APART, area_names={}))
    assert set(figure.data[0].locations) == {area.code for area in disputed_areas()}
    assert all(text.endswith("<br>disputed") for text in figure.data[0].text)


def test_events_are_counted_in_whole_numbers_and_tension_is_not() -> None:
    counted, measured = (
        checked(world_figure({"IND": 4.0}, {}, None, measure=measure, unit="u", view=APART, area_names={})).data[1]
        for measure in ("events", "tension")
    )
    assert "%{z:,d}" in counted.hovertemplate
    assert counted.colorbar.dtick == 1
    assert "%{z:,.1f}" in measured.hovertemplate
    assert measured.colorbar.dtick is None


def test_small_map_is_the_same_without_scale_and_dots() -> None:
    small = checked(
        world_figure({"IND": 4.0}, {}, None, measure="events", unit="events", view=APART, is_small=True, area_names={})
    )
    assert len(small.data) == 2
    assert not small.data[1].showscale
    assert list(small.data[0].locations) == [area.code for area in disputed_areas()]
    assert small.layout.height < world.HEIGHT_PX


@pytest.mark.browser
def test_map_is_drawn_from_this_machine_as_its_address_says(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/map?days=all&disputed=IND")
    page.wait_for_selector(".mereda-chart[data-drawn] .choroplethlayer path")
    expect(page.get_by_role("combobox", name="Disputed areas")).to_have_value("As India claims them")
    assert page.evaluate("() => document.querySelectorAll('.choroplethlayer path').length") > 4
    page.reload()
    expect(page.get_by_role("combobox", name="Disputed areas")).to_have_value("As India claims them")
