"""Who is named in a text: states, organisations, armed groups and the people who stand for them."""

from flows.events.sides.find import find_sides
from flows.events.sides.people import find_people, learn_people
from flows.events.sides.records import Person, SideKind, SideSpan

__all__ = ["Person", "SideKind", "SideSpan", "find_people", "find_sides", "learn_people"]
