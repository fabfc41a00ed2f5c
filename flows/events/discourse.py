"""What one clause leaves to the next: who was spoken of last, who is in play, and the roles that a reading ends in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from flows.events.frozen import frozen
from flows.events.parties import Party
from flows.events.sides import SideSpan


@dataclass(slots=True)
class Discourse:
    """What earlier sentences leave behind: the last subject, the sides in play, the article's pair."""

    subject: SideSpan | None = None
    recent: list[SideSpan] = field(default_factory=list)
    pair: tuple[SideSpan, SideSpan] | None = None
    told_on: date | None = None  # the day of the event told last, of those the text dates
    harmed_on: dict[str, date] = field(default_factory=dict)  # the day of the harm told last, by type
    told_types: set[str] = field(default_factory=set)
    held: tuple[SideSpan, SideSpan] | None = None  # who seized whom, told last
    together: list[tuple[SideSpan, SideSpan]] = field(default_factory=list)  # two named as one phrase, the last first

    def see(self, side: SideSpan) -> None:
        """Put a side at the front of those in play."""
        self.recent = [side, *[known for known in self.recent if known.code != side.code]][:8]

    @property
    def group(self) -> SideSpan | None:
        """The armed group named last, None where none was."""
        return next((side for side in self.recent if side.kind == "group"), None)

    def one_of_pair(self, side: SideSpan | None) -> SideSpan | None:
        """The first of the article's pair that is not this side."""
        return next((one for one in self.pair or () if side is None or not is_same_side(one, side)), None)

    def other_than(self, side: SideSpan | None) -> SideSpan | None:
        """The side most lately in play that is another country's."""
        if side is not None and self.pair and side.code in (self.pair[0].code, self.pair[1].code):
            return self.pair[1] if side.code == self.pair[0].code else self.pair[0]
        return next((known for known in self.recent if side is None or not is_same_side(known, side)), None)


@frozen
class Roles:
    """Actor and target (None where the text does not say), whether they share the act, and the rules that said so."""

    actor: SideSpan | None
    target: SideSpan | None
    is_symmetric: bool
    actor_rule: str
    target_rule: str
    carried: int = 0  # how many of the two were carried from outside the clause
    is_joint: bool = False  # told as the sides' deed together, which may be of another type
    also: tuple[SideSpan, ...] = ()  # further targets, with each of whom the actor did it apart


def is_same_side(one: SideSpan, other: SideSpan) -> bool:
    """Whether two spans stand for one side (a state and its forces are one)."""
    return one.code == other.code


def is_place(party: Party) -> bool:
    """Whether a party only says where."""
    return party.case == "place" or (bool(party.sides) and all(side.kind == "place" for side in party.sides))


def resolve(party: Party, discourse: Discourse) -> SideSpan | None:
    """The side a party stands for: its first, or for a pronoun the one spoken of."""
    if party.kind == "pronoun":
        return discourse.subject
    if party.kind == "both":
        return discourse.pair[0] if discourse.pair else None
    if party.kind == "group":
        return discourse.group
    return party.sides[0]


def best_of(parties: Iterable[Party], weigh: Callable[[Party], float]) -> Party | None:
    """The party of the highest weight, the first of equals; None where no weight is above 0."""
    weighed = [(weight, party) for party in parties if (weight := weigh(party)) > 0]
    return max(weighed, key=lambda pair: pair[0])[1] if weighed else None


def target_rule(party: Party | None) -> str:
    """The rule that made a party the target: its case."""
    return f"target:{party.case or 'bare'}" if party else "target:none"


def other_side(party: Party | None, actor: SideSpan | None, discourse: Discourse) -> SideSpan | None:
    """The first side of a party that is not the actor; for a pronoun the other one in play; None for no party."""
    if party is None:
        return None
    if party.kind == "both" and discourse.pair is not None:
        return discourse.one_of_pair(actor)
    if party.kind == "group" and discourse.group is not None:
        return discourse.group if actor is None or not is_same_side(discourse.group, actor) else None
    if party.kind != "span":
        return discourse.other_than(actor)
    return next((side for side in party.sides if actor is None or not is_same_side(side, actor)), None)
