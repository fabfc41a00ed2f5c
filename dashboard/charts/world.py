"""The world by country: a value each, the places of events, and disputed areas drawn as the reader chooses."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from dashboard.charts import palette
from dashboard.charts.figure import Figure, choropleth, figure_of, scattergeo
from dashboard.charts.layout import SEE_THROUGH, layout_of
from dashboard.charts.plain_text import plain
from dashboard.translation import t
from dashboard.translation.written import whole_number

APART: Final = "apart"
HOLDERS: Final = "holders"
HEIGHT_PX: Final = 560
SMALL_HEIGHT_PX: Final = 290
# From nothing to much, readable on the light and the dark page, and for eyes that see no red.
SCALES: Final = {
    "tension": [[0, "#f6d9c6"], [1, "#b34700"]],
    "events": [[0, "#cfe0ee"], [1, "#14568c"]],
}
# Of these there are no halves; up to so many each has its own tick.
COUNTED: Final = frozenset({"events"})
FEW: Final = 8


@dataclass(frozen=True, slots=True)
class DisputedArea:
    """An area that the map draws apart: who holds it (None: nobody alone) and who claims it."""

    code: str
    name: str
    holder_code: str | None
    claimant_codes: tuple[str, ...]


@cache
def disputed_areas() -> tuple[DisputedArea, ...]:
    """The areas in `disputed.csv`."""
    with Path(__file__).with_name("disputed.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            DisputedArea(
                row["area_code"], row["name"], row["holder_code"] or None, tuple(row["claimant_codes"].split())
            )
            for row in csv.DictReader(file)
        )


def owners_of_areas(view: str) -> dict[str, str | None]:
    """Whose colour each disputed area has, None: nobody's.

    Args:
        view: `APART`, `HOLDERS`, or the code of a claimant, whose claims are drawn as its own.
    """
    owners: dict[str, str | None] = {}
    for area in disputed_areas():
        if view == HOLDERS:
            owners[area.code] = area.holder_code
        else:
            owners[area.code] = view if view in area.claimant_codes else None
    return owners


def world_figure(
    values: Mapping[str, float],
    names: Mapping[str, str],
    places: pd.DataFrame | None,
    *,
    measure: str,
    unit: str,
    view: str,
    area_names: Mapping[str, str],
    is_small: bool = False,
) -> Figure:
    """Gives the map; clicking a country yields its code.

    Args:
        values: country code -> value; countries without one are left blank.
        names: code -> name.
        places: one row a place: `name`, `latitude`, `longitude`, `event_count`; None: no dots.
        measure: of `SCALES`.
        unit: what the values are, for the scale.
        view: as `owners_of_areas` takes it.
        area_names: code -> name of the disputed areas; one that is missing has its English name.
        is_small: for beside other things on a page, without a scale.
    """
    drawn = dict(values)
    owners = owners_of_areas(view)
    for code, owner in owners.items():
        drawn.pop(code, None)
        if owner is not None and owner in values:
            drawn[code] = values[owner]
    apart = [area for area in disputed_areas() if owners[area.code] is None]
    traces = [_apart(apart, area_names), _countries(drawn, names, owners, measure, unit, has_scale=not is_small)]
    if places is not None and not places.empty:
        traces.append(_places(places.to_dict("records"), unit))
    return figure_of(traces, _layout(is_small=is_small))


def _countries(
    drawn: Mapping[str, float],
    names: Mapping[str, str],
    owners: Mapping[str, str | None],
    measure: str,
    unit: str,
    *,
    has_scale: bool,
) -> Any:
    codes = list(drawn)
    shown = [names.get(owners.get(code) or code, code) for code in codes]
    most, is_counted = max(drawn.values(), default=1), measure in COUNTED
    return choropleth(
        locations=codes,
        z=[drawn[code] for code in codes],
        customdata=[owners.get(code) or code for code in codes],
        text=[plain(name) for name in shown],
        hovertemplate="%{text}<br>%{z:" + (",d" if is_counted else ",.1f") + "} " + plain(unit) + "<extra></extra>",
        colorscale=SCALES[measure],
        zmin=0,
        zmax=most,
        marker={"line": {"width": 0.5, "color": palette.NEUTRAL}},
        showscale=has_scale,
        colorbar={
            "title": {"text": plain(unit), "side": "top"},
            "orientation": "h",
            "thickness": 10,
            "len": 0.5,
            "y": -0.06,
            **({"dtick": 1} if is_counted and most <= FEW else {}),
        },
    )


def _apart(areas: Sequence[DisputedArea], names: Mapping[str, str]) -> Any:
    """Areas of nobody's colour: grey."""
    told = plain(t("disputed"))
    return choropleth(
        locations=[area.code for area in areas],
        z=[0 for _ in areas],
        text=[f"{plain(names.get(area.code, area.name))}<br>{told}" for area in areas],
        hovertemplate="%{text}<extra></extra>",
        colorscale=[[end, palette.neutral_seen_through(0.55)] for end in (0, 1)],
        showscale=False,
        marker={"line": {"width": 0.8, "color": palette.NEUTRAL}},
    )


def _places(rows: Sequence[dict[Any, Any]], unit: str) -> Any:
    return scattergeo(
        lat=[row["latitude"] for row in rows],
        lon=[row["longitude"] for row in rows],
        text=[f"{plain(str(row['name']))}: {whole_number(row['event_count'])}" for row in rows],
        hovertemplate="%{text}<extra></extra>",
        mode="markers",
        showlegend=False,
        marker={
            "size": [5 + 3 * min(int(row["event_count"]), 36) ** 0.5 for row in rows],
            "color": palette.SELECTED,
            "opacity": 0.8,
            "line": {"width": 1, "color": "#1d232b"},
        },
    )


def _layout(*, is_small: bool) -> dict[str, Any]:
    return layout_of(
        SMALL_HEIGHT_PX if is_small else HEIGHT_PX,
        "world",
        margin={"l": 0, "r": 0, "t": 0, "b": 0 if is_small else 40},
        geo={
            "scope": "world",
            "resolution": 110,
            "projection": {"type": "natural earth", "rotation": {"lon": 40}},
            "bgcolor": SEE_THROUGH,
            "showframe": False,
            "showcountries": True,
            "countrycolor": palette.neutral_seen_through(0.5),
            "showland": True,
            "landcolor": palette.neutral_seen_through(0.12),
            "showcoastlines": True,
            "coastlinecolor": palette.neutral_seen_through(0.6),
            "lataxis": {"range": [-58, 84]},
        },
    )
