"""What the recogniser of sides gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flows.events.frozen import frozen

SideKind = Literal["state", "demonym", "capital", "organisation", "group", "person", "role", "institution", "place"]


@frozen
class SideSpan:
    """A place in a text where a side is named; start and end are character offsets, end exclusive.

    code: ISO 3166-1 alpha-3 for states, the organisation's code, a group's slug. country_code: alpha-3 or None for a
    side of no one country. sector: GOV MIL REB CRM CVL MED IGO NGO LEG... head: False where the name only qualifies
    the noun after it ("Iranian missiles") or is opposed ("anti-Iran").
    """

    start: int
    end: int
    code: str
    name: str
    country_code: str | None
    sector: str
    kind: SideKind
    head: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whose side this article told us; known by full name and by surname within it."""

    name: str
    surname: str
    code: str
    role: str
    country_code: str | None = None
    sector: str = "GOV"
