"""Which mentions are worth a question: those the rules are unsure of and that would move a curve."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.records import Direction, Mention


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Who is asked about: confidence below, impact from on. Settings, whose reasons stand with them."""

    confidence_below: float
    impact_from: float


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether a mention is asked about, and why."""

    is_asked: bool
    reason: str


def compute_impact(mention: Mention, status_weight: float) -> float:
    """What the mention would move if it were certain and alone, weight points from 0 to 10.

    That is |score| x the weight of its status (0..1, from the indices' formula), and 0 where no curve can move: for a
    neutral direction, or where the two sides of a dyad are not both known.
    """
    sides = {mention.actor_code, mention.target_code}
    if mention.direction == Direction.NEUTRAL or None in sides or len(sides) < 2:
        return 0.0
    return abs(mention.score) * status_weight


def choose(mention: Mention, impact: float, thresholds: Thresholds) -> Choice:
    """Whether to ask about this mention: only where confidence is low *and* impact is high.

    Args:
        mention: a mention of the rules.
        impact: as `compute_impact` gives it, weight points.
        thresholds: confidence 0..1, impact in weight points; a mention at `impact_from` is asked about, one at
            `confidence_below` is not.
    """
    if mention.superseded_at_utc is not None:
        return Choice(False, "superseded by a later reading of its article")
    if mention.confidence >= thresholds.confidence_below:
        return Choice(False, "the rules are sure enough")
    if impact <= 0:
        return Choice(False, "moves no curve")
    if impact < thresholds.impact_from:
        return Choice(False, "moves a curve too little")
    return Choice(True, "doubtful, and it would move a curve")
