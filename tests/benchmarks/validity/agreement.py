"""How two series of the same weeks agree."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

# Below this a rank correlation says nothing: by chance alone it lies beyond .6 in one case of twenty or more.
WEEKS_AT_LEAST = 12
WORST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Agreement:
    """Spearman's rank correlation and the share of the worst weeks that both name, over so many points."""

    points: int
    spearman: float
    hit_rate: float

    @property
    def is_enough(self) -> bool:
        """Whether there are points enough to speak of agreement."""
        return self.points >= WEEKS_AT_LEAST


def agreement_of(ours: pd.Series[float], theirs: pd.Series[float]) -> Agreement:
    """How two series agree where both have a value; NaN where fewer than three points are shared."""
    both = pd.concat([ours.rename("ours"), theirs.rename("theirs")], axis=1, join="inner").dropna()
    if len(both) < 3:
        return Agreement(len(both), float("nan"), float("nan"))
    ranks = both.rank()
    count = max(1, round(len(both) * WORST_SHARE))
    worst_ours = set(both["ours"].nsmallest(count).index)
    worst_theirs = set(both["theirs"].nsmallest(count).index)
    return Agreement(len(both), float(ranks["ours"].corr(ranks["theirs"])), len(worst_ours & worst_theirs) / count)
