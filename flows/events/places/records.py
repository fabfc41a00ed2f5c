"""What the recogniser of places gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PlacePrecision = Literal["exact", "city", "region", "country"]


@dataclass(frozen=True, slots=True)
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
