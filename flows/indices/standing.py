"""What stands of the days before, pair by pair: sums of a day, their decay, and what settles or breaks them.

Coverage: on a day when only a share c of the usual families could be read, an event that f families tell of had
F = f / c tellers, of whom at least one is read with probability 1 - (1 - c)^F. Its impact is divided by that and its
corroboration raised to that of F tellers (after Horvitz and Thompson, 1952). So an outage widens the band and leaves
the level where it was.

The band is a bootstrap over outlet families: each replicate gives each family a random weight (exponential, mean 1,
as in Rubin's Bayesian bootstrap of 1981, but not scaled to a fixed sum: a dyad that one family tells of is the least
certain of all and must not get a band of no width).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from flows.indices.formula import Formula
from flows.indices.marks import PairStanding, Start, list_days_to_mark
from flows.indices.weights import corroboration
from warehouse.records import Direction, EventDyad, stable_id

Draws = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DaySum:
    """What happened between two sides on one day: sums, their replicates, what they undo, and who told of it."""

    conflict: float
    cooperation: float
    conflict_draws: Draws
    cooperation_draws: Draws
    settled_share: float  # of the standing tension
    broken_share: float  # of the standing de-escalation
    event_count: int
    families: frozenset[str]
    outlets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Level:
    """Where one or more pairs stand together on a day with an event."""

    on_date: date
    conflict: float
    cooperation: float
    tension: float
    deescalation: float
    net: float
    lower: float
    upper: float
    event_count: int
    outlet_count: int
    family_count: int
    is_thin: bool


class FamilyDraws:
    """The bootstrap weights of each family, the same for a seed and a family wherever they are asked for."""

    def __init__(self, seed: int, replicates: int) -> None:
        self._seed = seed
        self._replicates = replicates
        self._drawn: dict[str, Draws] = {}

    def of(self, families: frozenset[str]) -> Draws:
        """The mean weight of an event's families, one value a replicate, mean 1."""
        return np.asarray(np.mean([self._draw(family) for family in sorted(families)], axis=0), dtype=np.float64)

    def _draw(self, family: str) -> Draws:
        if family not in self._drawn:
            source = np.random.default_rng(int(stable_id("band", self._seed, family), 16))
            drawn = source.standard_exponential(self._replicates)
            # Scaled to mean 1, so that the middle of the band is the level and not the luck of the draw.
            self._drawn[family] = drawn / drawn.mean()
        return self._drawn[family]


def sum_day(
    told: Sequence[EventDyad],
    event_families: Mapping[str, frozenset[str]],
    event_outlets: Mapping[str, frozenset[str]] | None,
    share: float,
    draws: FamilyDraws,
    formula: Formula,
) -> DaySum:
    """The sums over the events of one pair and day, corrected for coverage, with their replicates."""
    share = min(1.0, max(formula.coverage_floor, share))
    impacts: dict[str, list[float]] = {Direction.ESCALATION: [], Direction.DE_ESCALATION: []}
    stays = dict.fromkeys(impacts, 1.0)
    replicates = {direction: np.zeros(formula.band_replicates) for direction in impacts}
    families = {row.event_id: event_families.get(row.event_id) or frozenset({"unknown"}) for row in told}
    # The order of addition is the content's, not the ids': rounding must not depend on how events were named.
    for row in sorted(
        told, key=lambda row: (row.direction, row.impact, row.undone_share, sorted(families[row.event_id]))
    ):
        if row.direction not in impacts:
            continue
        corrected = row.impact * coverage_factor(len(families[row.event_id]), share, formula=formula)
        impacts[row.direction].append(corrected)
        stays[row.direction] *= 1.0 - row.undone_share
        spread = (draws.of(families[row.event_id]) - 1.0) / math.sqrt(share)
        replicates[row.direction] += corrected * (1.0 + spread)
    everyone = frozenset().union(*families.values())
    outlets = (
        frozenset().union(*(event_outlets.get(row.event_id, frozenset()) for row in told)) if event_outlets else ()
    )
    return DaySum(
        conflict=math.fsum(impacts[Direction.ESCALATION]),
        cooperation=math.fsum(impacts[Direction.DE_ESCALATION]),
        conflict_draws=replicates[Direction.ESCALATION],
        cooperation_draws=replicates[Direction.DE_ESCALATION],
        settled_share=min(formula.settling_maximum, 1.0 - stays[Direction.DE_ESCALATION]),
        broken_share=min(formula.breaking_maximum, 1.0 - stays[Direction.ESCALATION]),
        event_count=len(told),
        families=everyone,
        outlets=frozenset(outlets) or everyone,
    )


def coverage_factor(family_count: int, share: float, *, formula: Formula | None = None) -> float:
    """What an event's impact is multiplied by when only a share of the usual families could be read; 1 at share 1."""
    tellers = family_count / share
    seen_probability = 1.0 - math.pow(1.0 - share, tellers)
    raised = corroboration(tellers, formula=formula) / corroboration(family_count, formula=formula)
    return raised / seen_probability


def levels_of(
    pairs: Mapping[str, Mapping[date, DaySum]],
    half_life_days: float,
    coverage: Mapping[date, float],
    formula: Formula,
    *,
    start: Start | None = None,
) -> tuple[list[Level], list[Start]]:
    """Where these pairs stand together, one level a day on which any of them has an event, by day; and the marks made.

    Each pair settles and breaks its own alone. One pass, linear in days times pairs.

    Args:
        pairs: partner to the days of the pair, after the day of `start` where one is given.
        start: the day that the levels go on from.
    """
    partners = sorted({*pairs, *(start.pairs if start else ())})
    own = [pairs.get(partner, {}) for partner in partners]
    standing = _Standing(partners, formula.band_replicates, start)
    last_heard, before = dict(start.heard if start else {}), start.on_date if start else None
    counts = Counter[date]()
    for pair in own:
        counts.update({day: told.event_count for day, told in pair.items()})
    to_mark = list_days_to_mark(counts, goes_on=start is not None)
    levels, marks = [], []
    for on in sorted(counts):
        today = [(index, pair[on]) for index, pair in enumerate(own) if on in pair]
        standing.decay(0.0 if before is None else 0.5 ** ((on - before).days / half_life_days))
        for index, day in today:
            standing.add(index, day)
        last_heard.update(dict.fromkeys(frozenset().union(*(day.families for _, day in today)), on))
        since = on - timedelta(days=formula.thin_window_days)
        last_heard = {family: last for family, last in last_heard.items() if last > since}
        is_thin = len(last_heard) < formula.thin_families or coverage.get(on, 1.0) < formula.coverage_thin_below
        levels.append(_level_of(on, [day for _, day in today], standing, formula, is_thin=is_thin))
        if on in to_mark:
            marks.append(Start(on, standing.pairs(), last_heard))
        before = on
    return levels, marks


def _level_of(on: date, today: Sequence[DaySum], standing: _Standing, formula: Formula, *, is_thin: bool) -> Level:
    tension, deescalation = math.fsum(standing.tension), math.fsum(standing.deescalation)
    net = deescalation - tension
    lower, upper = np.percentile(standing.net_draws(), (formula.band_lower_pct, formula.band_upper_pct))
    return Level(
        on_date=on,
        conflict=math.fsum(day.conflict for day in today),
        cooperation=math.fsum(day.cooperation for day in today),
        tension=tension,
        deescalation=deescalation,
        net=net,
        lower=min(net, float(lower)),
        upper=max(net, float(upper)),
        event_count=sum(day.event_count for day in today),
        outlet_count=len(frozenset().union(*(day.outlets for day in today))),
        family_count=len(frozenset().union(*(day.families for day in today))),
        is_thin=is_thin,
    )


class _Standing:
    """The two levels of each pair with their replicates, all of one day."""

    def __init__(self, partners: Sequence[str], replicates: int, start: Start | None) -> None:
        nothing = PairStanding(0.0, 0.0, np.zeros(replicates), np.zeros(replicates))
        pairs = [start.pairs.get(partner, nothing) if start else nothing for partner in partners]
        self._partners = partners
        self.tension = [pair.tension for pair in pairs]
        self._faded = [0.0] * len(pairs)  # of the tension, since the day before
        self.deescalation = [pair.deescalation for pair in pairs]
        self._tension_draws = np.array([pair.tension_draws for pair in pairs], dtype=np.float64)
        self._deescalation_draws = np.array([pair.deescalation_draws for pair in pairs], dtype=np.float64)

    def decay(self, left: float) -> None:
        """Goes on to a later day, on which this share is left of everything."""
        self._faded = [value * (1.0 - left) for value in self.tension]
        self.tension = [value * left for value in self.tension]
        self.deescalation = [value * left for value in self.deescalation]
        self._tension_draws *= left
        self._deescalation_draws *= left

    def add(self, index: int, day: DaySum) -> None:
        """Lets a day of one pair settle, break, and come on top."""
        # Blows that only make up for what has faded are the end of a crisis; more of them is its going on.
        fresh = max(0.0, day.conflict - self._faded[index])
        settled = max(0.0, self.tension[index] * day.settled_share - fresh)
        kept = 1.0 - day.broken_share
        settled_draws = self._tension_draws[index] * day.settled_share
        self.tension[index] = self.tension[index] - settled + day.conflict
        self.deescalation[index] = self.deescalation[index] * kept + settled + day.cooperation
        self._tension_draws[index] += day.conflict_draws - settled_draws
        self._deescalation_draws[index] *= kept
        self._deescalation_draws[index] += day.cooperation_draws + settled_draws

    def net_draws(self) -> Draws:
        """The net of all pairs, one value a replicate."""
        return np.asarray((self._deescalation_draws - self._tension_draws).sum(axis=0), dtype=np.float64)

    def pairs(self) -> dict[str, PairStanding]:
        """Where each partner stands, as it is now; those with whom nothing ever happened are left out."""
        return {
            partner: PairStanding(
                self.tension[index],
                self.deescalation[index],
                self._tension_draws[index].copy(),
                self._deescalation_draws[index].copy(),
            )
            for index, partner in enumerate(self._partners)
            if self._tension_draws[index].any() or self._deescalation_draws[index].any()
        }
