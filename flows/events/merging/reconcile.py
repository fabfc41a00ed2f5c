"""What the mentions of one event say together: its type, sides, date, status, casualties and confidence.

Votes are counted in outlet families, so that a copied article or a second feed of one outlet decides nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import TypeVar

from flows.events.merging.grouping import (
    ReportedMention,
    interval_of,
    is_group,
    order_of,
    precision_of,
)
from warehouse.records import Status

Value = TypeVar("Value", bound=Hashable)

PRECISIONS = ("day", "week", "month", "year", "publication")
# The word of whoever says it happened outranks an allegation; a denial never erases what others report.
STATUS_ORDER = (Status.OCCURRED, Status.ALLEGED, Status.DENIED)
# A second family may have read the first: it counts for half of an independent witness.
WITNESS_SHARE = 0.5
# What stays of the confidence when somebody denies what others report.
DENIED_SHARE = 0.8
MAX_CONFIDENCE = 0.99
# Mentions this much less sure than the surest are not asked for numbers.
RELIABLE_WITHIN = 0.25


def vote(group: Sequence[ReportedMention], value_of: Callable[[ReportedMention], Value | None]) -> Value | None:
    """The value most families give, None where all are silent; ties go to the surer, then the smaller value."""
    families: defaultdict[Value, set[str]] = defaultdict(set)
    surest: defaultdict[Value, float] = defaultdict(float)
    for reported in group:
        value = value_of(reported)
        if value is not None:
            families[value].add(reported.family_id)
            surest[value] = max(surest[value], reported.mention.confidence)
    return min(families, key=lambda value: (-len(families[value]), -surest[value], str(value)), default=None)


def best_mention(group: Sequence[ReportedMention], status: str) -> ReportedMention:
    """The mention that speaks for the event: of its status, a group named if any, surest, earliest."""
    with_mode = [reported for reported in group if reported.mention.mode]
    kind = vote(with_mode or group, lambda r: (r.mention.type, r.mention.mode))

    def rank(reported: ReportedMention) -> tuple[object, ...]:
        mention = reported.mention
        return (
            mention.status != status,
            not is_group(mention.target_code),
            (mention.type, mention.mode) != kind,
            -mention.confidence,
            *order_of(reported),
        )

    return min(group, key=rank)


def read_status(group: Sequence[ReportedMention]) -> str:
    """The best-supported claim: occurred before alleged before denied; other claims never mix."""
    given = {reported.mention.status for reported in group}
    return next((status.value for status in STATUS_ORDER if status in given), min(given))


def is_disputed(group: Sequence[ReportedMention]) -> bool:
    """Tell whether some mention denies what another reports."""
    given = {reported.mention.status for reported in group}
    return Status.DENIED in given and len(given) > 1


def read_dates(group: Sequence[ReportedMention]) -> tuple[date, date, str]:
    """The interval most families give at the highest precision, end exclusive, and that precision.

    A bare day of publication is an upper bound: the earliest is taken.
    """
    precision = min((precision_of(reported) for reported in group), key=_precision_rank)
    precise = [reported for reported in group if precision_of(reported) == precision]
    if precision == "publication":
        return *min(interval_of(reported) for reported in precise), precision
    interval = vote(precise, interval_of)
    assert interval is not None  # every mention has an interval
    return *interval, precision


def _precision_rank(precision: str) -> int:
    return PRECISIONS.index(precision) if precision in PRECISIONS else len(PRECISIONS)


def read_confidence(group: Sequence[ReportedMention]) -> float:
    """The probability that the event is as told: the surest family's, raised by each further family."""
    surest: defaultdict[str, float] = defaultdict(float)
    for reported in group:
        surest[reported.family_id] = max(surest[reported.family_id], reported.mention.confidence)
    ordered = sorted(surest.values(), reverse=True)
    doubt = (1 - ordered[0]) * math.prod(1 - WITNESS_SHARE * confidence for confidence in ordered[1:])
    confidence = max(ordered[0], min(MAX_CONFIDENCE, 1 - doubt))
    return confidence * DENIED_SHARE if is_disputed(group) else confidence


def read_casualties(
    group: Sequence[ReportedMention], bounds_of: Callable[[ReportedMention], tuple[int | None, int | None]]
) -> tuple[int | None, int | None]:
    """The latest count among reliable mentions as minimum, the highest of them as maximum (None: open or unknown).

    A count is as old as its first report, so a late copy of an early report does not bring an early count back.
    """
    given = [reported for reported in group if bounds_of(reported) != (None, None)]
    if not given:
        return None, None
    floor = max(reported.mention.confidence for reported in given) - RELIABLE_WITHIN
    first_told: dict[tuple[int | None, int | None], tuple[object, ...]] = {}
    for reported in sorted(given, key=order_of):
        if reported.mention.confidence >= floor:
            first_told.setdefault(bounds_of(reported), (reported.published_at_utc,))
    latest = max(first_told, key=lambda bounds: (*first_told[bounds], bounds[0] or -1, bounds[1] or -1))
    highest = max(bound for bounds in first_told for bound in bounds if bound is not None)
    is_open = latest[1] is None and (latest[0] or 0) >= highest
    return latest[0], None if is_open else max(highest, latest[0] or 0)
