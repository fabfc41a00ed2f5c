"""How many were killed or injured, as the text says it."""

from flows.events.casualties.find import CasualtySpan, find_casualties
from flows.events.casualties.words import CasualtyKind

__all__ = ["CasualtyKind", "CasualtySpan", "find_casualties"]
