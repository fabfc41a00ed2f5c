"""How many were killed or injured, as the text says it."""

from flows.events.casualties.find import CasualtyKind, CasualtySpan, find_casualties

__all__ = ["CasualtyKind", "CasualtySpan", "find_casualties"]
