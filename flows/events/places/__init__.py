"""Where things happened: regions, cities and countries named in a text, with coordinates."""

from flows.events.places.find import find_places
from flows.events.places.records import PlacePrecision, PlaceSpan

__all__ = ["PlacePrecision", "PlaceSpan", "find_places"]
