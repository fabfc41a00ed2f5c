"""Precision, recall and F1 of the coder on labelled items, and how often single fields are right.

Counted over all items: relevance; dyad (an unordered pair of sides with a direction, what a tension curve is made of);
event (an accepted type between accepted sides, in the right order unless symmetric, one to one); type (sides ignored).
Fields are asked of matched events only: actor and target of those matched by type, status, date, country, killed and
injured of those matched by type and sides. Coded events that are only history are not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from flows.events.code import CodedEvent, Coding, code_item
from flows.events.evaluation.gold import GoldEvent, GoldItem
from flows.events.sides import SideSpan
from warehouse.records import Direction, Status

Group = tuple[str, str]  # (kind of group, its name): ("language", "id")
EVERYTHING: Group = ("all", "all")
Pairing = list[tuple[CodedEvent, GoldEvent]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure, shares 0-1: precision, recall and F1 of what is found, or the accuracy of a field."""

    group_kind: str  # all, language, type, status, kind
    group_name: str
    measure: str
    item_count: int  # what it was measured on: gold answers
    precision: float | None
    recall: float | None
    f1: float | None
    accuracy: float | None


@dataclass(slots=True)
class _Counts:
    hit: Counter[str] = field(default_factory=Counter)
    coded: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def add(self, measure: str, hit: int, coded: int, gold: int) -> None:
        self.hit[measure] += hit
        self.coded[measure] += coded
        self.gold[measure] += gold

    def ask(self, measure: str, is_right: bool) -> None:
        self.asked[measure] += 1
        self.right[measure] += is_right


def measure_coder(items: Iterable[GoldItem], coder: Callable[[GoldItem], Coding] | None = None) -> list[Figure]:
    """Figures for all items, then by language, type, status and kind, each group by name; none for no items."""
    counts: dict[Group, _Counts] = defaultdict(_Counts)
    for gold in items:
        coding = coder(gold) if coder else code_item(gold.item)
        _count_item(counts, gold, coding)
    return [
        figure
        for (kind, name), one in sorted(counts.items(), key=lambda pair: (pair[0][0] != "all", pair[0]))
        for figure in _figures(kind, name, one)
    ]


def _count_item(counts: dict[Group, _Counts], gold: GoldItem, coding: Coding) -> None:
    groups: list[Group] = [EVERYTHING, ("language", gold.item.lang or "unknown"), ("kind", gold.kind)]
    coded = [event for event in coding.mentions if event.status != Status.HISTORICAL]
    asked = [event for event in gold.events if not event.is_optional]
    by_type = _pair_up(coded, gold.events, lambda have, want: have.type in want.types)
    matched = match_events(coded, gold.events)
    extra = len(coded) - sum(want.is_optional for _, want in matched)
    for group in groups:
        one = counts[group]
        hit = gold.is_relevant and coding.is_relevant
        one.add("relevance", hit, coding.is_relevant, gold.is_relevant)
        want, have = _gold_dyads(asked), _coded_dyads(coded)
        one.add("dyad", len(want & have), len(have - _gold_dyads(gold.events)) + len(want & have), len(want))
        one.add("type", sum(not want.is_optional for _, want in by_type), extra, len(asked))
        one.add("event", sum(not want.is_optional for _, want in matched), extra, len(asked))
        _ask_fields(one, by_type, matched)
    _count_types(counts, coded, asked, matched)


def _count_types(
    counts: dict[Group, _Counts], coded: Sequence[CodedEvent], asked: Sequence[GoldEvent], matched: Pairing
) -> None:
    """Events by the type and by the status that they are coded as or should be."""
    taken = {id(have): want for have, want in matched}
    for have in coded:
        partner = taken.get(id(have))
        if partner is not None and partner.is_optional:
            continue
        counts["type", partner.types[0] if partner else have.type].add("event", 0, 1, 0)
        counts["status", have.status].add("status", 0, partner is not None, 0)
    for want in asked:
        have_it = next((have for have, one in matched if one is want), None)
        counts["type", want.types[0]].add("event", have_it is not None, 0, 1)
        if have_it is not None:
            counts["status", want.status].add("status", have_it.status == want.status, 0, 1)


def _ask_fields(one: _Counts, by_type: Pairing, matched: Pairing) -> None:
    for have, want in by_type:
        one.ask(
            "actor", _is_side(have.actor, want.actors) or (want.is_symmetric and _is_side(have.actor, want.targets))
        )
        one.ask(
            "target", _is_side(have.target, want.targets) or (want.is_symmetric and _is_side(have.target, want.actors))
        )
    for have, want in matched:
        one.ask("status", have.status == want.status)
        told = (
            ("date", want.date, have.starts_on.isoformat() if have.starts_on else None),
            ("country", want.country, have.place_country_code),
            ("killed", want.killed, have.killed_min),
            ("injured", want.injured, have.injured_min),
        )
        for measure, expected, found in told:
            if expected is not None:
                one.ask(measure, expected == found)


def match_events(coded: Sequence[CodedEvent], gold: Sequence[GoldEvent]) -> Pairing:
    """The coded events that are right in type and sides, each with the labelled one that it is, one to one."""
    return _pair_up(coded, gold, lambda have, want: have.type in want.types and _sides_match(have, want))


def _pair_up(
    coded: Sequence[CodedEvent], gold: Sequence[GoldEvent], is_same: Callable[[CodedEvent, GoldEvent], bool]
) -> Pairing:
    """One-to-one, gold in its order, what must be found before what may be."""
    left, pairs = list(coded), []
    for want in sorted(gold, key=lambda event: event.is_optional):
        hit = next((have for have in left if is_same(have, want)), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((hit, want))
    return pairs


def _names(side: SideSpan | None) -> set[str]:
    return set() if side is None else {name.lower() for name in (side.code, side.name, side.country_code) if name}


def _is_side(side: SideSpan | None, accepted: Sequence[str]) -> bool:
    names = _names(side)
    return not accepted or any(
        want.lower() in names or (len(want) > 3 and any(want.lower() in name for name in names)) for want in accepted
    )


def _sides_match(have: CodedEvent, want: GoldEvent) -> bool:
    straight = _is_side(have.actor, want.actors) and _is_side(have.target, want.targets)
    return straight or (want.is_symmetric and _is_side(have.target, want.actors) and _is_side(have.actor, want.targets))


def _gold_dyads(events: Sequence[GoldEvent]) -> set[tuple[frozenset[str], str]]:
    return {
        (frozenset((event.actors[0].lower(), event.targets[0].lower())), event.direction)
        for event in events
        if event.actors and event.targets and event.direction != Direction.NEUTRAL
    }


def _coded_dyads(events: Sequence[CodedEvent]) -> set[tuple[frozenset[str], str]]:
    return {
        (frozenset((_dyad_code(event.actor), _dyad_code(event.target))), event.direction)
        for event in events
        if event.actor and event.target and event.direction != Direction.NEUTRAL
    }


def _dyad_code(side: SideSpan) -> str:
    """The state a side stands for in a dyad, or the side itself where it is no state's."""
    return (side.country_code or side.code).lower()


def _figures(kind: str, name: str, counts: _Counts) -> list[Figure]:
    figures = []
    for measure in counts.gold:
        hit, coded, gold = counts.hit[measure], counts.coded[measure], counts.gold[measure]
        precision, recall = hit / coded if coded else 0.0, hit / gold if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
        figures.append(
            Figure(
                group_kind=kind,
                group_name=name,
                measure=measure,
                item_count=gold,
                precision=precision,
                recall=recall,
                f1=f1,
                accuracy=None,
            )
        )
    figures += [
        Figure(
            group_kind=kind,
            group_name=name,
            measure=measure,
            item_count=asked,
            precision=None,
            recall=None,
            f1=None,
            accuracy=counts.right[measure] / asked,
        )
        for measure, asked in counts.asked.items()
    ]
    return figures
