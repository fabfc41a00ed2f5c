"""A report: one event as one article tells it, gathered from the clauses that repeat it.

A headline and the sentence below it are one report. The clause with most detail gives the evidence, the others fill
what it leaves open. Nothing here looks beyond one article; merging across articles is done elsewhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import field
from datetime import timedelta

from flows.events.codebook import load_codebook
from flows.events.discourse import Roles
from flows.events.frozen import frozen, replace
from flows.events.inflection import Voice
from flows.events.places import PlaceSpan
from flows.events.sides import SideSpan
from flows.events.tolls import Toll
from flows.events.when import When
from warehouse.records import Direction, Status

BORROWED_WITHIN = timedelta(days=30)  # a deed and the words on it
FOLD_REACH = 200  # how many reports of one type a further one is held against: a page of a megabyte must end
SETTLED = frozenset({"AGREE", "SUPPORT", "CONCEDE", "RETREAT"})  # what two sides settle between them
INFLICTED = frozenset({"ASSAULT", "COERCE", "SANCTION"})  # what one side does to another, named in many ways
SOIL = "target:soil"
GUESSED = ("target:other side in play", SOIL)
KEEP_ONE_SIDED = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})


@frozen
class Report:
    """One reading of one clause, or several of one event folded together."""

    type: str
    mode: str | None
    direction: Direction
    score: float
    roles: Roles
    status: Status
    when: When
    place: PlaceSpan | None
    country_code: str | None
    toll: Toll
    attribution: str | None
    start: int
    end: int
    is_title: bool
    hit_start: int
    rules: dict[str, str] = field(default_factory=dict)
    topic: str | None = None
    count: int = 1

    @property
    def detail(self) -> int:
        """How much this reading tells; the greatest gives the evidence."""
        told = [not self.is_title, self.when.is_told, self.toll.is_known, self.place is not None, self.mode is not None]
        is_finite = self.type == "AGREE" and self.rules.get("voice") not in (None, Voice.NOUN)
        return 2 * sum(told) + is_finite + (not self.is_title) + 3 * _known_sides(self.roles) - self.roles.carried


def _known_sides(roles: Roles) -> int:
    return (roles.actor is not None) + (roles.target is not None)


def fold_reports(reports: Iterable[Report]) -> list[Report]:
    """Reports with repeats folded, in text order; those that name too little to be an event are left out."""
    by_type: defaultdict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda r: (-_known_sides(r.roles), r.roles.carried, r.is_title, r.hit_start)):
        known = by_type[report.type]
        first = max(0, len(known) - FOLD_REACH)
        at = next((i for i in range(first, len(known)) if _is_same(known[i], report)), None) if known else None
        if at is None:
            known.append(report)
        else:
            known[at] = _fold(known[at], report)
    enough = {name: [r for r in known if _is_enough(r)] for name, known in by_type.items()}
    talks = [r for r in by_type["CONSULT"] if r.when.is_told][:FOLD_REACH]
    kept = [
        _date_by_talks(r, talks) for known in enough.values() for r in known if not _is_summary(r, known[:FOLD_REACH])
    ]
    kept = [r for r in kept if not (_is_headed(r, kept) or _is_mirrored(r, kept) or _is_condition(r, kept))]
    kept = [r for r in kept if not _is_brokering(r, kept)]
    kept = [r for r in kept if not _is_retold(r, kept)]
    kept = _without_echoes(kept)
    return sorted(kept, key=lambda r: (r.start, r.hit_start))


def _is_on_itself(roles: Roles) -> bool:
    """Whether the same body of a side would act on itself, which is a misreading of whose it is."""
    one, other = roles.actor, roles.target
    is_same = one is not None and other is not None and (one.code, one.sector) == (other.code, other.sector)
    return is_same and not roles.is_symmetric


def _is_enough(report: Report) -> bool:
    if _is_on_itself(report.roles):
        return False
    known = _known_sides(report.roles)
    if report.status is Status.HYPOTHETICAL and known < 2:
        return False  # a condition ("if missiles are based there") needs both to say anything
    return known == 2 or (known == 1 and report.type in KEEP_ONE_SIDED)


def _date_by_talks(report: Report, others: list[Report]) -> Report:
    """What two sides agreed or discussed without a date was on the day of the talks the article dates."""
    if report.when.is_told or report.type not in ("AGREE", "CONSULT") or not report.roles.is_symmetric:
        return report
    for talks in others:
        is_dated = talks.type == "CONSULT" and talks.when.is_told and talks.status is Status.OCCURRED
        if is_dated and talks.roles.is_symmetric and _same_pair(talks, report):
            return replace(report, when=replace(talks.when, rule="day of the talks told beside it"))
    return report


def _is_summary(report: Report, others: list[Report]) -> bool:
    """ "Tit-for-tat strikes" adds nothing where the strikes themselves are told."""
    if not report.roles.is_symmetric or load_codebook()[report.type].is_mutual:
        return False
    return any(
        o.type == report.type
        and (o.mode == report.mode or report.type == "ASSAULT")  # a cease-fire is no summary of releases
        and not o.roles.is_symmetric
        and _known_sides(o.roles) == 2  # who names nobody tells nothing better
        and _same_pair(o, report)
        for o in others
    )


def _is_headed(report: Report, others: list[Report]) -> bool:
    """Whether a headline only says in other words what two sides did below it ("seal peace", and signed a treaty)."""
    if not report.is_title or not report.roles.is_symmetric or report.type not in SETTLED:
        return False
    return any(
        o.type in SETTLED
        and o.type != report.type
        and not o.is_title
        and o.roles.is_symmetric
        and o.status == report.status
        and _same_pair(o, report)
        for o in others[:FOLD_REACH]
    )


def _is_retold(report: Report, others: list[Report]) -> bool:
    """Whether a headline only says in other words what the text tells ("throws out", "ordered to leave")."""
    if not report.is_title or report.count > 1 or report.type not in INFLICTED | {"REJECT"}:
        return False
    if report.mode == "seize":
        return False  # a town is first attacked, then taken
    return any(
        o.type in INFLICTED
        and o.type != report.type
        and not o.is_title
        and o.status == report.status
        and _is_of_same(o, report)
        for o in others[:FOLD_REACH]
    )


def _is_of_same(one: Report, other: Report) -> bool:
    """Whether two reports name the same two sides, in the same order unless both are of two alike."""
    a, b = one.roles, other.roles
    if _known_sides(a) < 2 or _known_sides(b) < 2 or a.is_symmetric != b.is_symmetric:
        return False
    return _same_pair(one, other) if a.is_symmetric else _same_side(a.actor, b.actor) and _same_side(a.target, b.target)


def _is_brokering(report: Report, others: list[Report]) -> bool:
    """Whether a third side's mediation between two only led to what they then did to each other, told beside it."""
    if (report.type, report.mode) != ("CONSULT", "third-party") or not report.roles.is_symmetric:
        return False
    return any(
        o.type in ("RETREAT", "COOPERATE")
        and o.roles.is_symmetric
        and o.status == report.status
        and _same_pair(o, report)
        for o in others[:FOLD_REACH]
    )


def _is_condition(report: Report, others: list[Report]) -> bool:
    """Whether a deed is only what a threat beside it is the answer to ("will hit back if X attacks")."""
    if report.status is not Status.HYPOTHETICAL or _known_sides(report.roles) < 2:
        return False
    is_guess = report.roles.target_rule in GUESSED
    threats = [o for o in others[:FOLD_REACH] if o.type == "THREATEN" and o.start == report.start]
    return any(
        _is_opposite(o, report) or (is_guess and o.roles.target and _same_side(o.roles.target, report.roles.actor))
        for o in threats
    )


def _is_mirrored(report: Report, others: list[Report]) -> bool:
    """Whether a measure only seems to be the sufferer's own ("X extends Y sanctions": none of Y's on X)."""
    roles = report.roles
    is_guessed = report.rules.get("voice") == Voice.NOUN and roles.target_rule in GUESSED
    if report.type != "SANCTION" or not is_guessed or _known_sides(roles) < 2:
        return False
    return any(
        o.type == report.type and o.rules.get("voice") != Voice.NOUN and _is_opposite(o, report)
        for o in others[:FOLD_REACH]
    )


def _is_opposite(one: Report, other: Report) -> bool:
    """Whether two reports of one sentence name the same two sides the other way round."""
    first, second = one.roles, other.roles
    is_swapped = _same_side(first.actor, second.target) and _same_side(first.target, second.actor)
    return one.start == other.start and _known_sides(first) == 2 and is_swapped


def _without_echoes(reports: list[Report]) -> list[Report]:
    """Reports less the deeds by nobody, on the soil of whom it may be, told beside another deed or accusation."""
    if len(reports) < 2:
        return reports
    beside = Counter(r.start for r in reports if r.direction is Direction.ESCALATION)
    total = beside.total()

    def is_echo(report: Report) -> bool:
        if report.roles.actor is not None or "soil" not in report.roles.target_rule or report.toll.is_known:
            return False
        others = total if report.is_title else beside[report.start]
        return others - (report.direction is Direction.ESCALATION) > 0

    return [report for report in reports if not is_echo(report)]


def _codes(side: SideSpan | None) -> set[str]:
    return set() if side is None else {code for code in (side.code, side.country_code) if code}


def _same_side(one: SideSpan | None, other: SideSpan | None) -> bool:
    if one is None or other is None or one.code == other.code:
        return True
    codes = (other.code, other.country_code)
    return bool((one.code and one.code in codes) or (one.country_code and one.country_code in codes))


def _same_pair(one: Report, other: Report) -> bool:
    a, b = one.roles, other.roles
    straight = _same_side(a.actor, b.actor) and _same_side(a.target, b.target)
    return straight or (_same_side(a.actor, b.target) and _same_side(a.target, b.actor))


def _is_same(known: Report, report: Report) -> bool:
    if known.type != report.type or known.topic != report.topic or not _same_status(known, report):
        return False
    a, b = known.roles, report.roles
    if a.is_symmetric or b.is_symmetric:
        is_bare = not _known_sides(a) or not _known_sides(b)
        if a.is_symmetric != b.is_symmetric and not is_bare and not load_codebook()[known.type].is_mutual:
            return False
        if not _same_pair(known, report):
            return False
    elif not (_same_side(a.actor, b.actor) and (_same_side(a.target, b.target) or _is_guessed(a, b))):
        return False
    actor, target = a.actor or b.actor, a.target or b.target
    if actor is not None and target is not None and actor.code == target.code and None in (a.target, b.target):
        return False  # "Y's attack" and an attack on Y are two
    is_counted = min(known.toll.killed_min or 0, report.toll.killed_min or 0) > 1  # one may be told of several
    if known.is_title != report.is_title and _is_rounded(*sorted((known, report), key=lambda one: not one.is_title)):
        is_counted = False
    return is_same_day(known.when, report.when) and (not is_counted or _same_toll(known.toll, report.toll))


def _is_guessed(one: Roles, other: Roles) -> bool:
    """Whether one of two targets was only carried or taken from the soil, so that the other may be right.

    Of two blows on different soils only one and the same striker says that they are one.
    """
    rules = (one.target_rule, other.target_rule)
    if (rules[0] in GUESSED) == (rules[1] in GUESSED):
        return False
    return SOIL not in rules or (one.actor is not None and other.actor is not None)


def _same_status(known: Report, report: Report) -> bool:
    if known.status == report.status:
        return True
    pair = {known.status, report.status}
    return known.is_title != report.is_title and Status.OCCURRED in pair and Status.HISTORICAL not in pair


def is_same_day(one: When, other: When) -> bool:
    """Whether two times told of may be one."""
    if not (one.is_told and other.is_told) or one.starts_on is None or other.starts_on is None:
        return True
    if one.is_borrowed or other.is_borrowed:
        return abs(one.starts_on - other.starts_on) <= BORROWED_WITHIN
    if one.ends_on is None or other.ends_on is None:
        return one.starts_on == other.starts_on
    return one.starts_on < other.ends_on and other.starts_on < one.ends_on


def _same_toll(one: Toll, other: Toll) -> bool:
    return one.killed_min is None or other.killed_min is None or one.killed_min == other.killed_min


def _is_rounded(title: Report, told: Report) -> bool:
    """Whether a headline only rounds the toll that is told below it ("Over 100 dead" and 104)."""
    low, exact = title.toll.killed_min, told.toll.killed_min
    return low is not None and exact is not None and title.toll.killed_max is None and exact >= low


def _fold(one: Report, other: Report) -> Report:
    """The richer of two readings, with what only the other tells."""
    best, rest = (one, other) if one.detail >= other.detail else (other, one)
    toll = _fold_tolls(best.toll, rest.toll)
    if best.is_title and not rest.is_title and _is_rounded(best, rest):
        toll = rest.toll
    has_place = best.place is not None or rest.place is None
    status = best.status
    if best.is_title != rest.is_title:
        status = rest.status if best.is_title else best.status
        if status is Status.OCCURRED and (best if best.is_title else rest).status is Status.DENIED:
            status = Status.DENIED
    return replace(
        best,
        mode=best.mode or rest.mode,
        score=best.score if best.mode or not rest.mode else rest.score,
        roles=_fold_roles(best.roles, rest.roles),
        status=status,
        when=rest.when if _dates_better(rest.when, best.when) else best.when,
        place=best.place if has_place else rest.place,
        country_code=best.country_code or rest.country_code,
        toll=toll,
        attribution=best.attribution or rest.attribution,
        count=best.count + rest.count,
    )


def _dates_better(one: When, other: When) -> bool:
    """Whether of two times only the first is told, or both are and only the second is that of something else."""
    return (one.is_told, not one.is_borrowed) > (other.is_told, not other.is_borrowed)


def _fold_tolls(best: Toll, rest: Toll) -> Toll:
    """The toll of the richer reading, with the killed or injured that only the other counts."""
    if not best.is_known or not rest.is_known:
        return best if best.is_known else rest
    if best.killed_min == 1 and (rest.killed_min or 0) > 1:  # one of them was named by himself
        best = replace(best, killed_min=rest.killed_min, killed_max=rest.killed_max)
    if best.killed_min is None and rest.injured_min in (None, best.injured_min):
        best = replace(best, killed_min=rest.killed_min, killed_max=rest.killed_max)
    if best.injured_min is None and rest.killed_min in (None, best.killed_min):
        best = replace(best, injured_min=rest.injured_min, injured_max=rest.injured_max)
    return best


def _fold_roles(best: Roles, rest: Roles) -> Roles:
    is_guess = best.target_rule in GUESSED and rest.target_rule not in GUESSED
    if is_guess and rest.target is not None and not (_codes(rest.target) & _codes(best.actor)):
        best = replace(best, target=rest.target, target_rule=rest.target_rule)
    if best.actor is not None and best.target is not None:
        return best
    filled = replace(
        best,
        actor=best.actor or rest.actor,
        target=best.target or rest.target,
        actor_rule=best.actor_rule if best.actor else rest.actor_rule,
        target_rule=best.target_rule if best.target else rest.target_rule,
    )
    return rest if _is_on_itself(filled) else filled  # one took whose blow it is for who suffers it
