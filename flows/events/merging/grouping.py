"""Which mentions tell of one happening.

Blocks first (claim, type, direction, sides), then time, then place, mode and the group that was hit. Pairwise likeness
and its chains were refused: in a war with a strike every day they tie all the days into one event. Instead days that
texts state sharply are anchors, and vaguer mentions join the anchor they fit best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from warehouse.records import Mention, Status

# What the act is aimed at stands on soil only when the act itself is material and hostile.
SOIL_TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# Types that two sides do together: who is named first means nothing.
MUTUAL_TYPES = frozenset({"AGREE", "CONSULT", "COOPERATE"})
# A promised release and the release are told of in the same words by different outlets.
NEAR_TYPES = {"RETREAT": "CONCEDE"}
# Reporters do not agree on what fell on a place: one strike is "air strike", "drone" and "missiles" in three papers.
NEAR_MODES = dict.fromkeys(
    ("aerial", "drone", "heavy-weapons", "explosives", "unconventional", "destroy"), "bombardment"
)
# A text that gives no date is published up to two days after the act; a day before it where time zones differ.
LATE_DAYS = 2
EARLY_DAYS = 1
# The same sentence within two weeks is a copy; later it may be a new happening told in a stock phrase.
COPY_DAYS = 14
# Two newsrooms do not write the same sentence of this length by chance: the later one is a copy, not a witness.
COPY_CHARS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedMention:
    """A mention with the facts of its article that merging needs."""

    mention: Mention
    outlet_id: str
    family_id: str
    published_at_utc: datetime
    story_id: str | None = None


class Block(NamedTuple):
    """What mentions must share before time and place are looked at; a side is "" where the text names none."""

    claim: str  # happened, planned, demanded, hypothetical, historical
    kind: str
    direction: str
    first_side: str
    second_side: str


def is_group(code: str | None) -> bool:
    """Tell whether a side's code is a group's slug; states and organisations are written in capitals."""
    return code is not None and code != code.upper()


def soil_of(mention: Mention) -> str | None:
    """The state on whose soil a group was hit, or None where that is not so or not known."""
    if mention.type not in SOIL_TYPES or not is_group(mention.target_code):
        return None
    soil = mention.place_country_code or mention.target_country_code
    return None if soil == mention.actor_code else soil


def block_of(mention: Mention) -> Block:
    """The block of a mention; only mentions of one block can be one event."""
    claims_it = mention.status in (Status.OCCURRED, Status.ALLEGED, Status.DENIED)
    first, second = mention.actor_code or "", soil_of(mention) or mention.target_code or ""
    if mention.is_symmetric or mention.type in MUTUAL_TYPES:
        first, second = sorted((first, second))
    kind = NEAR_TYPES.get(mention.type, mention.type)
    return Block("happened" if claims_it else mention.status, kind, mention.direction, first, second)


def order_of(reported: ReportedMention) -> tuple[datetime, str]:
    """The canonical order of mentions: by publication, then by id."""
    return reported.published_at_utc, reported.mention.mention_id


def interval_of(reported: ReportedMention) -> tuple[date, date]:
    """The mention's days, end exclusive; the day of publication where it states none."""
    starts_on = reported.mention.starts_on or reported.published_at_utc.date()
    ends_on = reported.mention.ends_on or starts_on
    return starts_on, max(ends_on, starts_on + timedelta(days=1))


def precision_of(reported: ReportedMention) -> str:
    """How precisely the mention is dated: day, week, month, year or publication."""
    if reported.mention.starts_on is None:
        return "publication"
    return reported.mention.date_precision or "publication"


def family_count(group: Iterable[ReportedMention]) -> int:
    """How many outlet families speak; copies and second feeds never count."""
    return len({reported.family_id for reported in group})


def sentence_of(reported: ReportedMention) -> str:
    """The evidence sentence, freed of case and spacing, by which copies are known."""
    return " ".join(reported.mention.evidence_text.casefold().split())


def hear_voices(group: Sequence[ReportedMention]) -> list[ReportedMention]:
    """The mentions of one time, each copied sentence given to the family that published it first."""
    first: dict[str, str] = {}
    for reported in sorted(group, key=lambda r: (*order_of(r), r.family_id)):
        first.setdefault(sentence_of(reported), reported.family_id)
    return [
        replace(reported, family_id=first[sentence])
        if len(sentence := sentence_of(reported)) >= COPY_CHARS
        else reported
        for reported in group
    ]


def group_mentions(mentions: Sequence[ReportedMention]) -> list[tuple[Block, list[ReportedMention]]]:
    """Groups of mentions that tell of one happening each, in an order that depends on their content alone."""
    blocks: defaultdict[Block, list[ReportedMention]] = defaultdict(list)
    for reported in sorted(mentions, key=order_of):
        blocks[block_of(reported.mention)].append(reported)
    groups = []
    for block in sorted(blocks):
        for same_time in _split_by_time(blocks[block]):
            for same_place in _split_by(hear_voices(same_time), lambda r: r.mention.place_country_code):
                for same_mode in _split_by(same_place, lambda r: NEAR_MODES.get(r.mention.mode or "", r.mention.mode)):
                    groups += [(block, group) for group in _split_by(same_mode, _group_hit)]
    return groups


def _group_hit(reported: ReportedMention) -> str | None:
    code = reported.mention.target_code
    return code if soil_of(reported.mention) and is_group(code) else None


def _split_by(
    group: list[ReportedMention], value_of: Callable[[ReportedMention], str | None]
) -> list[list[ReportedMention]]:
    """Parts that agree on a value; the mentions silent about it join the part that most families tell of."""
    parts: defaultdict[str, list[ReportedMention]] = defaultdict(list)
    silent = []
    for reported in group:
        value = value_of(reported)
        if value is None:
            silent.append(reported)
        else:
            parts[value].append(reported)
    if not parts:
        return [group]
    best = min(parts, key=lambda value: (-family_count(parts[value]), value))
    parts[best] = sorted(parts[best] + silent, key=order_of)
    return [parts[value] for value in sorted(parts)]


def _split_by_time(block: list[ReportedMention]) -> list[list[ReportedMention]]:
    """Parts that may be one time: stated days, then wider stated intervals, then bare days of publication."""
    days: defaultdict[date, list[ReportedMention]] = defaultdict(list)
    wide, bare = [], []
    for reported in block:
        starts_on, ends_on = interval_of(reported)
        if precision_of(reported) == "publication":
            bare.append(reported)
        elif ends_on - starts_on > timedelta(days=1):
            wide.append(reported)
        else:
            days[starts_on].append(reported)
    # Counted once and for all, so that what joins early does not draw what comes later.
    support = {day: family_count(hear_voices(group)) for day, group in days.items()}
    spans = _gather_wide(wide, days, support)
    for first_on, group in _gather_bare_by_anchor(bare, days, support):
        spans.setdefault((first_on, first_on), []).extend(group)
    return [sorted(group, key=order_of) for _, group in sorted([*days.items()], key=lambda item: item[0])] + [
        sorted(group, key=order_of) for _, group in sorted(spans.items())
    ]


def _gather_wide(
    wide: list[ReportedMention], days: dict[date, list[ReportedMention]], support: dict[date, int]
) -> dict[tuple[date, date], list[ReportedMention]]:
    """Wide mentions that hold no stated day, by their common interval; the others join the best-told day in place."""
    spans: dict[tuple[date, date], list[ReportedMention]] = {}
    for reported in sorted(wide, key=lambda r: (interval_of(r), order_of(r))):
        starts_on, ends_on = interval_of(reported)
        inside = [day for day in support if starts_on <= day < ends_on]
        if inside:
            days[min(inside, key=lambda day: (-support[day], day))].append(reported)
            continue
        shared = next((span for span in sorted(spans) if starts_on < span[1] and span[0] < ends_on), None)
        joined = spans.pop(shared) if shared else []
        common = (max(starts_on, shared[0]), min(ends_on, shared[1])) if shared else (starts_on, ends_on)
        spans.setdefault(common, []).extend([*joined, reported])
    return spans


def _gather_bare_by_anchor(
    bare: list[ReportedMention], days: dict[date, list[ReportedMention]], support: dict[date, int]
) -> list[tuple[date, list[ReportedMention]]]:
    """Undated mentions near no stated day, by first day of publication; the others join the nearest day in place."""
    left: list[tuple[date, list[ReportedMention]]] = []
    first_told = _first_told(bare)
    for reported in sorted(bare, key=lambda r: (first_told[r.mention.mention_id], order_of(r))):
        on = first_told[reported.mention.mention_id]
        reach = [on + timedelta(days=offset) for offset in range(-LATE_DAYS, EARLY_DAYS + 1)]
        near = [day for day in reach if day in support]
        if near:
            days[min(near, key=lambda day: (abs((day - on).days), day))].append(reported)
        elif left and (on - left[-1][0]).days <= LATE_DAYS:
            left[-1][1].append(reported)
        else:
            left.append((on, [reported]))
    return left


def _first_told(bare: Sequence[ReportedMention]) -> dict[str, date]:
    """The day each undated mention's sentence was first published: a late copy is no new happening."""
    told: defaultdict[str, list[date]] = defaultdict(list)
    for reported in bare:
        told[sentence_of(reported)].append(interval_of(reported)[0])
    days = {}
    for reported in bare:
        on = interval_of(reported)[0]
        same = told[sentence_of(reported)]
        days[reported.mention.mention_id] = min(day for day in same if 0 <= (on - day).days <= COPY_DAYS)
    return days
