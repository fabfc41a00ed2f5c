"""The voice of a surface form: what it says of where its actor stands."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property


class Voice(StrEnum):
    """How a surface form places its actor."""

    ACTIVE = "active"  # the actor comes first
    PASSIVE = "passive"  # the target comes first
    PARTICIPLE = "participle"  # active or passive: the words around it decide
    NOUN = "noun"
    EITHER = "either"  # verb or noun: the words around it decide
    GERUND = "gerund"  # a verb that names its act ("that X struck Y"): the actor is its owner, the target its object
    PASSIVE_GERUND = "passive_gerund"  # "that Y was struck": the owner is the target

    @cached_property
    def is_noun(self) -> bool:
        """Whether it names an act instead of telling it."""
        return self in _NOUNS

    @cached_property
    def is_passive(self) -> bool:
        """Whether what it belongs to suffers it."""
        return self in _PASSIVES

    @property
    def gerund(self) -> Voice:
        """The same, naming the act."""
        return Voice.PASSIVE_GERUND if self.is_passive else Voice.GERUND


_NOUNS = (Voice.NOUN, Voice.GERUND, Voice.PASSIVE_GERUND)
_PASSIVES = (Voice.PASSIVE, Voice.PASSIVE_GERUND)
Forms = list[tuple[str, Voice]]
