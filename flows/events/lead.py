"""What a headline leaves out, taken from the first sentences below it: the day, the country and the toll.

Newsrooms put who did what to whom into the title and when and where into the lead, often in other words than the coder
knows. A report that only the title tells takes what these sentences say, never its sides; one that a sentence tells
without a day takes theirs where they name but one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flows.events.frozen import replace
from flows.events.grounding import SPOKEN_OF, WORDS, is_owner
from flows.events.placing import has_place_preposition
from flows.events.reports import Report
from flows.events.scene import Scene
from flows.events.sides import SideSpan
from flows.events.staging import Article
from flows.events.times import TimeSpan
from flows.events.tolls import toll_between
from flows.events.when import When, is_deadline
from warehouse.records import Status

NEWS_REACH = timedelta(days=7)  # a headline tells what is new
PLAN_REACH = timedelta(days=365)  # and what is to come within a year
LEAD_SENTENCES = 2
TOLD = (Status.OCCURRED, Status.ALLEGED, Status.DENIED, Status.PLANNED)
PLACED = frozenset(
    {"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "CONSULT", "AGREE", "AID", "RETREAT", "COOPERATE", "SUPPORT"}
)  # what happens somewhere


def fill_from_lead(report: Report, article: Article, published: date | None, others: Sequence[Report] = ()) -> Report:
    """The report with what it leaves open and the first sentences name: the day, for a headline more.

    `others` are all reports of the article, one of which may have the day.
    """
    body = [scene for scene in article.scenes if not scene.sentence.is_title][:LEAD_SENTENCES]
    if not body or report.status not in TOLD:
        return report
    when = (
        None
        if report.when.is_told or not published
        else _day_told(report, others) or _day_of(body, report, published, others)
    )
    if when is not None:
        report = replace(report, when=when, rules={**report.rules, "date": when.rule})
    if not report.is_title:
        return report
    if (day := _day_within(body, report.when)) is not None:
        report = replace(report, when=day, rules={**report.rules, "date": day.rule})
    lead = body[0].sentence
    if report.country_code is None and report.type in PLACED:
        report = replace(report, country_code=find_country(body[0], lead.start, lead.end))
    if report.type == "ASSAULT" and report.toll.killed_min in (None, 1):  # one may be told of several
        told = toll_between(article.casualties, lead.start, body[-1].sentence.end)
        is_more = (told.killed_min or 0) > 1
        report = replace(report, toll=told) if is_more or not report.toll.is_known else report
    return report


def _day_within(body: Sequence[Scene], when: When) -> When | None:
    """The day that the first sentences name of a headline's month."""
    if when.precision != "month" or when.starts_on is None or when.ends_on is None:
        return None
    days = [span for scene in body for span in scene.times if span.precision == "day" and span.starts_on]
    within = [span for span in days if span.starts_on and when.starts_on <= span.starts_on < when.ends_on]
    if not within:
        return None
    return When(within[0].starts_on, within[0].ends_on, "day", "day told in the first sentences")


def _day_told(report: Report, told: Sequence[Report]) -> When | None:
    """The day that another report has: of the headline's deed below it, of what the same side said just before."""
    others = [r for r in told if r is not report and r.when.precision == "day" and not r.when.is_borrowed]
    if report.is_title:
        alike = [r for r in others if r.type == report.type and not r.is_title and _may_be_one(r, report)]
        is_one = len({r.when.starts_on for r in alike}) == 1
        return replace(alike[0].when, rule="day of the deed told below") if is_one else None
    said = [r for r in others if r.type in WORDS and r.start < report.start and not r.is_title]
    if report.type not in WORDS or not said:
        return None
    is_same = _is_side(said[-1].roles.actor, report.roles.actor)
    return replace(said[-1].when, rule="day of what the same side said before") if is_same else None


def _may_be_one(told: Report, report: Report) -> bool:
    """Whether a report may tell the headline's deed: done, alleged or denied alike, and no answer to it."""
    is_plan = Status.PLANNED in (told.status, report.status)
    return not _is_answer(told, report) and (told.status == report.status or not is_plan)


def _is_answer(told: Report, report: Report) -> bool:
    """Whether two reports tell the same kind of deed done the one way and the other."""
    one, other = told.roles, report.roles
    is_turned = _is_side(one.actor, other.target) and _is_side(one.target, other.actor)
    return is_turned and told.type == report.type and told.status == report.status


def _is_side(one: SideSpan | None, other: SideSpan | None) -> bool:
    """Whether two sides are known and of one country."""
    return one is not None and other is not None and one.country_code == other.country_code


def _day_of(body: Sequence[Scene], report: Report, published: date, others: Sequence[Report]) -> When | None:
    """The day of the news: the first of the lead for a headline, else the only one within reach."""
    answered = {r.hit_start for r in others if _is_answer(r, report)}
    is_ahead = report.status is Status.PLANNED
    is_spoken_of = report.type in SPOKEN_OF and report.status in (Status.ALLEGED, Status.DENIED)
    found = [
        span
        for scene in body
        for span in scene.times
        if span.kind != "anaphoric" and not is_deadline(scene, span)
        if span.precision == "day" or (is_spoken_of and span.precision == "week")
        if not is_owner(scene, span) or _owns(scene, span, report.type) - answered
        if span.starts_on and _is_news(published, span.starts_on, is_ahead=is_ahead, is_spoken_of=is_spoken_of)
    ]
    if is_spoken_of and found:  # the others are those of the words on it
        found = [min(found, key=lambda span: span.starts_on or date.max)]
    if report.is_title:
        found.sort(key=lambda span: _is_aside(body, span))
    days = {span.starts_on for span in found}
    if not found or (len(days) > 1 and not (report.is_title and found[0].start < body[0].sentence.end)):
        return None
    return When(found[0].starts_on, found[0].ends_on, found[0].precision, "day told in the first sentences")


def _owns(scene: Scene, span: TimeSpan, type_name: str) -> set[int]:
    """Where the deeds of a type begin that a time may own ("Tuesday's deadly attack")."""
    return {h.start for h in scene.hits if h.start > span.end and h.trigger.type == type_name}


def _is_aside(body: Sequence[Scene], span: TimeSpan) -> bool:
    """Whether a time is that of what the sentence only looks back on ("after the raid on Friday, ...")."""
    scene = next(scene for scene in body if scene.sentence.start <= span.start < scene.sentence.end)
    start, _ = scene.clause_of(span.start)
    border = scene.border_before(start)
    return border is not None and border.kind == "adverbial"


def _is_news(published: date, day: date, *, is_ahead: bool, is_spoken_of: bool) -> bool:
    reach = 2 * NEWS_REACH if is_spoken_of else NEWS_REACH
    return published < day <= published + PLAN_REACH if is_ahead else published - reach <= day <= published


def find_country(scene: Scene, start: int, end: int) -> str | None:
    """The country of the first place between two offsets that a word or an ending calls where, by name or nation."""
    named = [p for p in scene.places if start <= p.start < end and p.country_code and has_place_preposition(scene, p)]
    if named:
        return named[0].country_code
    where = [p for p in scene.parties if start <= p.start < end and p.case == "place" and p.sides]
    return next((p.sides[0].country_code for p in where if p.sides[0].country_code), None)
