"""What the recogniser of places gives back."""

from __future__ import annotations

from typing import Literal

from flows.events.frozen import frozen

PlacePrecision = Literal["exact", "city", "region", "country"]


@frozen
class PlaceSpan:
    """A place named in a text; start and end are character offsets, end exclusive.

    country_code: alpha-3, None for seas and straits. Coordinates in degrees (WGS 84), None for countries.
    """

    start: int
    end: int
    name: str
    country_code: str | None
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision
