"""How well an article fits a story, by what both tell: sides, acts and their days, names, numbers.

The same sides alone never suffice; sides and acts with a name, a number or a day do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from flows.articles.profiles import ABOUT, Profile, undirected

# Chosen by hand with the threshold of `stories`, on the open labelled scenes.
SIDES_WEIGHT, ACTS_WEIGHT, DAYS_WEIGHT, NAMES_WEIGHT, NUMBERS_WEIGHT = 0.25, 0.25, 0.2, 0.18, 0.12
# Reporters and coder differ in who did it to whom; strike and counter-strike differ in it too.
TURNED_SHARE = 0.5
# Each hour of silence makes it less likely that the same sides still do the same thing.
SILENCE_COST = 0.15
# Two reports in one language that share neither a rare name nor a number nor a day tell of two things.
CONFIRMATION = 0.08
UNCONFIRMED_FACTOR = 0.7
# The same act on other days is another happening.
OTHER_DAYS_FACTOR = 0.6
# A day that is only guessed from publication may be so far off.
NEAR_DAYS, GUESSED_DAYS = 1, 2


class Compared:
    """A profile made ready to be compared many times: what each comparison would otherwise count anew."""

    __slots__ = (
        "acts", "dated", "languages", "main", "main_act", "names", "numbers", "sides", "size", "undirected_acts",
    )  # fmt: skip

    def __init__(self, profile: Profile) -> None:
        self.sides = dict(profile.sides)
        self.size = sum(count * count for count in self.sides.values())
        self.acts = profile.acts.keys()
        self.undirected_acts = {undirected(act) for act in self.acts}
        self.names, self.numbers, self.languages = set(profile.names), set(profile.numbers), profile.languages
        # The act told first, with its day, and all days of each act.
        self.main = next((told.acts[0] for told in profile.told.values() if told.acts), None)
        self.main_act = act_of(self.main) if self.main is not None else ""
        self.dated: dict[str, set[str]] = {}
        for told in profile.told.values():
            for act in told.acts:
                self.dated.setdefault(act_of(act), set()).add(act)


def may_fit(a: Compared, b: Compared) -> bool:
    """Whether anything could confirm that an article fits a story: the same sides and acts alone never suffice."""
    return a.main_act in b.dated or not a.names.isdisjoint(b.names) or not a.numbers.isdisjoint(b.numbers)


def compute_fit(a: Compared, b: Compared, silence: float, commonness: Counter[str], *, at_least: float = 0.0) -> float:
    """How well an article fits a story (0-1).

    Args:
        a: of the article.
        b: of the story.
        silence: between the two, as a share of the longest that a story is silent for.
        commonness: how many stories of the time have each name.
        at_least: a fit that cannot reach this is given as 0, at a fraction of the cost.
    """
    # Two rare names, or five that half the stories of the time have, confirm as much as names can.
    names = () if a.names.isdisjoint(b.names) else a.names & b.names
    rarity = math.fsum(max(1, commonness[name]) ** -0.5 for name in names)
    numbers = 0.0 if a.numbers.isdisjoint(b.numbers) else min(1.0, len(a.numbers & b.numbers) / 2)
    days = _compare_days(a, b)
    confirmation = NAMES_WEIGHT * min(1.0, rarity / 1.2) + NUMBERS_WEIGHT * numbers + DAYS_WEIGHT * max(0, days)
    if SIDES_WEIGHT + ACTS_WEIGHT + confirmation < at_least:
        return 0.0
    sides = _cosine(a, b)
    if not sides or SIDES_WEIGHT * sides + ACTS_WEIGHT + confirmation < at_least:
        return 0.0
    fit = SIDES_WEIGHT * sides + ACTS_WEIGHT * _overlap_acts(a, b) + confirmation - SILENCE_COST * silence
    if confirmation < CONFIRMATION and not a.languages.isdisjoint(b.languages):
        fit *= UNCONFIRMED_FACTOR
    if days < 0:
        fit *= OTHER_DAYS_FACTOR
    return max(0.0, fit)


def explain_fit(a: Profile, b: Profile, commonness: Counter[str]) -> str:
    """What an article and its story share, in words for a person."""
    days = _compare_days(Compared(a), Compared(b))
    shared = [
        ("sides", sorted(a.sides.keys() & b.sides.keys())),
        ("acts", sorted(a.acts.keys() & b.acts.keys())),
        ("names", sorted(a.names.keys() & b.names.keys(), key=lambda name: (commonness[name], name))),
        ("numbers", sorted(a.numbers.keys() & b.numbers.keys())),
    ]
    told = "same " + "; ".join(f"{label} {', '.join(values[:3])}" for label, values in shared if values)
    return told + ("; same days" if days > 0 else "; other days" if days < 0 else "")


def _compare_days(a: Compared, b: Compared) -> int:
    """1 where the main act of an article is told by the story of the same day, -1 where only of other days, else 0."""
    ours = a.main
    same_act = b.dated.get(a.main_act)
    if ours is None or not same_act:
        return 0
    if ours in same_act or any(_is_same_day(ours, act) for act in same_act):
        return 1
    # A day apart may be the time zone, or the night between.
    return -1 if all(days_between(_day(ours), _day(act)) > NEAR_DAYS for act in same_act) else 0


def _acts_of(profile: Profile) -> Iterable[tuple[str, ...]]:
    return (told.acts for told in profile.told.values())


@lru_cache(maxsize=100_000)
def act_of(dated: str) -> str:
    """The act of one with its day."""
    return dated.rpartition(" ")[0]


def _day(dated: str) -> str:
    return dated.rpartition(" ")[2]


def _is_same_day(a: str, b: str) -> bool:
    reach = GUESSED_DAYS if ABOUT in a or ABOUT in b else 0
    return days_between(_day(a), _day(b)) <= reach


@lru_cache(maxsize=100_000)
def days_between(a: str, b: str) -> int:
    """How many days lie between two, guessed or not."""
    first, second = (date.fromisoformat(day.removeprefix(ABOUT)) for day in (a, b))
    return abs((first - second).days)


def is_one_happening(a: Profile, b: Profile) -> bool:
    """Whether every first-told act of one that the other has too is told of the same day."""
    mains = [{acts[0] for acts in _acts_of(profile) if acts} for profile in (a, b)]
    shared = [(x, y) for x in mains[0] for y in mains[1] if act_of(x) == act_of(y)]
    return bool(shared) and all(_is_same_day(x, y) for x, y in shared)


def _cosine(a: Compared, b: Compared) -> float:
    theirs = b.sides
    dot = sum(count * theirs[side] for side, count in a.sides.items() if side in theirs)
    return float(dot / (a.size * b.size) ** 0.5) if dot else 0.0


def _overlap_acts(a: Compared, b: Compared) -> float:
    """The share of the smaller set of acts that the other has too, half where only the direction differs."""
    if not a.acts or not b.acts:
        return 0.0
    fewer, more = (a, b) if len(a.acts) <= len(b.acts) else (b, a)
    same = fewer.acts & more.acts
    if len(same) == len(fewer.acts):
        return 1.0
    told = len(same) + TURNED_SHARE * sum(
        undirected(act) in more.undirected_acts for act in fewer.acts if act not in same
    )
    return told / len(fewer.acts)
