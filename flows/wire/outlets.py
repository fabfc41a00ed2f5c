"""The six invented outlets of the wire, read from `outlets.toml`, and the feeds that they publish."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from warehouse.records import Feed

_OUTLETS_PATH = Path(__file__).parent / "outlets.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes: `feed_format` is rss or atom, `utc_offset_h` the clock its bylines are written in."""

    outlet_id: str
    name: str
    family_id: str
    country_code: str
    language: str
    feed_format: str
    utc_offset_h: float
    has_full_text: bool = False
    is_flaky: bool = False


def load_outlets() -> dict[str, Outlet]:
    """The outlets by id, in the order of the file."""
    with _OUTLETS_PATH.open("rb") as file:
        rows = tomllib.load(file)["outlet"]
    return {row["outlet_id"]: Outlet(**row) for row in rows}


def feeds_of(base_url: str) -> list[Feed]:
    """One feed record for each outlet of the wire at `base_url` (such as `http://127.0.0.1:8099`)."""
    root = base_url.rstrip("/")
    return [
        Feed(
            feed_id=f"demo-{outlet.outlet_id}",
            url=f"{root}/{outlet.outlet_id}/feed.xml",
            title=outlet.name,
            outlet_id=outlet.outlet_id,
            outlet_name=outlet.name,
            family_id=outlet.family_id,
            country_code=outlet.country_code,
            language=outlet.language,
            topic="world",
            reason="Demo newsroom on this machine; an invented outlet.",
            origin="demo",
        )
        for outlet in load_outlets().values()
    ]
