"""Daily tension and de-escalation of each dyad, with bands.

Each dyad is computed from its own events alone, so a changed dyad computed again equals one computed from scratch to
the last digit. Sums do not depend on the order of their parts (`math.fsum`).

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
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from flows.indices.weights import Formula, corroboration, load_formula
from warehouse.records import DailyDyad, Direction, EventDyad, stable_id

Draws = npt.NDArray[np.float64]
Decaying = Literal["tension", "deescalation", "net", "lower", "upper"]


@dataclass(frozen=True, slots=True)
class _Day:
    """What happened in one dyad on one day: sums, their replicates, and who told of it."""

    conflict: float
    cooperation: float
    conflict_draws: Draws
    cooperation_draws: Draws
    event_count: int
    families: frozenset[str]
    outlets: frozenset[str]


def compute_daily_dyads(
    event_dyads: Sequence[EventDyad],
    *,
    event_families: Mapping[str, frozenset[str]],
    until: date,
    half_life_days: float | None = None,
    coverage: Mapping[date, float] | None = None,
    seed: int = 0,
    event_outlets: Mapping[str, frozenset[str]] | None = None,
) -> list[DailyDyad]:
    """One row per dyad and day with at least one event, sorted by dyad and day.

    Days without events are absent, not zero: `decayed_value` draws the decay between rows.

    Args:
        event_dyads: all rows of the dyads asked for; neutral ones count as events and move neither series.
        event_families: event id to the families that tell of it; an event not named has one family, unknown.
        until: the last day, included; later events are not counted yet.
        half_life_days: of the decayed sums; the formula's where not given. Above 0.
        coverage: share of the usual families that could be read, by day, 0..1; 1 for a day not named.
        seed: the same seed gives the same bands, whatever else is computed beside.
        event_outlets: event id to outlets, for `outlet_count`; families are counted where not given.

    Returns:
        Sums in weight points, 0 and up; `lower` and `upper` are the 90 % band of `net` and hold it.

    Raises:
        ValueError: `half_life_days` is not above 0.
    """
    formula = load_formula()
    half_life = formula.half_life_days if half_life_days is None else half_life_days
    if half_life <= 0:
        raise ValueError(f"half_life_days is {half_life}, expected above 0")
    draws = _FamilyDraws(seed, formula.band_replicates)
    by_dyad: defaultdict[tuple[str, str], defaultdict[date, dict[str, EventDyad]]]
    by_dyad = defaultdict(lambda: defaultdict(dict))
    for row in event_dyads:
        if row.on_date <= until:
            by_dyad[row.side_a_code, row.side_b_code][row.on_date][row.event_id] = row
    rows: list[DailyDyad] = []
    for dyad in sorted(by_dyad):
        days = {}
        for on, told in sorted(by_dyad[dyad].items()):
            share = 1.0 if coverage is None else coverage.get(on, 1.0)
            days[on] = _sum_day(list(told.values()), event_families, event_outlets, share, draws, formula)
        rows += _decay_dyad(dyad, days, half_life, coverage or {}, formula)
    return rows


def decayed_value(row: DailyDyad, on: date, *, of: Decaying = "net", half_life_days: float | None = None) -> float:
    """What is left of a row's value on a later day if nothing came after, in weight points; 0 before the row.

    The band decays as the value does. Charts draw the days between rows with it.

    Args:
        row: the dyad's last row on or before the day.
        on: the day asked for.
        of: which value of the row.
        half_life_days: as the row was computed with; the formula's where not given.
    """
    half_life = load_formula().half_life_days if half_life_days is None else half_life_days
    days = (on - row.on_date).days
    value: float = getattr(row, of)
    return 0.0 if days < 0 else value * math.pow(0.5, days / half_life)


class _FamilyDraws:
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


def _sum_day(
    told: Sequence[EventDyad],
    event_families: Mapping[str, frozenset[str]],
    event_outlets: Mapping[str, frozenset[str]] | None,
    share: float,
    draws: _FamilyDraws,
    formula: Formula,
) -> _Day:
    """The day's sums over its events, corrected for coverage, with their replicates."""
    share = min(1.0, max(formula.coverage_floor, share))
    impacts: dict[str, list[float]] = {Direction.ESCALATION: [], Direction.DE_ESCALATION: []}
    replicates = {direction: np.zeros(formula.band_replicates) for direction in impacts}
    families = {row.event_id: event_families.get(row.event_id) or frozenset({"unknown"}) for row in told}
    # The order of addition is the content's, not the ids': rounding must not depend on how events were named.
    for row in sorted(told, key=lambda row: (row.direction, row.impact, sorted(families[row.event_id]))):
        if row.direction not in impacts:
            continue
        corrected = row.impact * coverage_factor(len(families[row.event_id]), share)
        impacts[row.direction].append(corrected)
        spread = (draws.of(families[row.event_id]) - 1.0) / math.sqrt(share)
        replicates[row.direction] += corrected * (1.0 + spread)
    everyone = frozenset().union(*families.values())
    outlets = (
        frozenset().union(*(event_outlets.get(row.event_id, frozenset()) for row in told)) if event_outlets else ()
    )
    return _Day(
        conflict=math.fsum(impacts[Direction.ESCALATION]),
        cooperation=math.fsum(impacts[Direction.DE_ESCALATION]),
        conflict_draws=replicates[Direction.ESCALATION],
        cooperation_draws=replicates[Direction.DE_ESCALATION],
        event_count=len(told),
        families=everyone,
        outlets=frozenset(outlets) or everyone,
    )


def coverage_factor(family_count: int, share: float) -> float:
    """What an event's impact is multiplied by when only a share of the usual families could be read; 1 at share 1."""
    tellers = family_count / share
    seen_probability = 1.0 - math.pow(1.0 - share, tellers)
    return corroboration(tellers) / corroboration(family_count) / seen_probability


def _decay_dyad(
    dyad: tuple[str, str],
    days: Mapping[date, _Day],
    half_life: float,
    coverage: Mapping[date, float],
    formula: Formula,
) -> list[DailyDyad]:
    """The dyad's rows; one pass, so linear in its days."""
    rows = []
    tension = deescalation = 0.0
    net_draws = np.zeros(formula.band_replicates)
    heard: dict[str, date] = {}
    before: date | None = None
    for on, day in sorted(days.items()):
        left = 0.0 if before is None else 0.5 ** ((on - before).days / half_life)
        tension = tension * left + day.conflict
        deescalation = deescalation * left + day.cooperation
        net_draws = net_draws * left + (day.cooperation_draws - day.conflict_draws)
        heard.update(dict.fromkeys(day.families, on))
        since = on - timedelta(days=formula.thin_window_days)
        heard = {family: last for family, last in heard.items() if last > since}
        net = deescalation - tension
        lower, upper = np.percentile(net_draws, (formula.band_lower_pct, formula.band_upper_pct))
        rows.append(
            DailyDyad(
                side_a_code=dyad[0],
                side_b_code=dyad[1],
                on_date=on,
                conflict=day.conflict,
                cooperation=day.cooperation,
                tension=tension,
                deescalation=deescalation,
                net=net,
                lower=min(net, float(lower)),
                upper=max(net, float(upper)),
                event_count=day.event_count,
                outlet_count=len(day.outlets),
                family_count=len(day.families),
                is_thin=len(heard) < formula.thin_families or coverage.get(on, 1.0) < formula.coverage_thin_below,
                formula_version=formula.version,
            )
        )
        before = on
    return rows
