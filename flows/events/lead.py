"""What a headline leaves out, taken from the first sentences below it: the day, the country and the toll.

Newsrooms put who did what to whom into the title and when and where into the lead, often in other words than the coder
knows. A report that only the title tells takes what these sentences say, never its sides; one that a sentence tells
without a day takes theirs where they name but one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flows.events.frozen import replace
from flows.events.grounding import When, has_place_preposition, is_deadline, is_owner
from flows.events.reports import Report
from flows.events.scene import Scene
from flows.events.staging import Article
from flows.events.tolls import toll_between
from warehouse.records import Status

NEWS_REACH = timedelta(days=7)  # a headline tells what is new
PLAN_REACH = timedelta(days=365)  # and what is to come within a year
LEAD_SENTENCES = 2
TOLD = (Status.OCCURRED, Status.ALLEGED, Status.DENIED, Status.PLANNED)
PLACED = frozenset(
    {"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "CONSULT", "AGREE", "AID", "RETREAT", "COOPERATE", "SUPPORT"}
)  # what happens somewhere


def fill_from_lead(report: Report, article: Article, published: date | None) -> Report:
    """The report with what it leaves open and the first sentences name: the day, for a headline more."""
    body = [scene for scene in article.scenes if not scene.sentence.is_title][:LEAD_SENTENCES]
    if not body or report.status not in TOLD:
        return report
    if not report.when.is_told and published and (when := _day_of(body, report, published)) is not None:
        report = replace(report, when=when, rules={**report.rules, "date": when.rule})
    if not report.is_title:
        return report
    lead = body[0].sentence
    if report.country_code is None and report.type in PLACED:
        report = replace(report, country_code=find_country(body[0], lead.start, lead.end))
    if report.type == "ASSAULT" and report.toll.killed_min in (None, 1):  # one may be told of several
        told = toll_between(article.casualties, lead.start, body[-1].sentence.end)
        is_more = (told.killed_min or 0) > 1
        report = replace(report, toll=told) if is_more or not report.toll.is_known else report
    return report


def _day_of(body: Sequence[Scene], report: Report, published: date) -> When | None:
    """The day of the news: the first of the lead for a headline, else the only one within reach."""
    is_ahead = report.status is Status.PLANNED
    found = [
        span
        for scene in body
        for span in scene.times
        if span.kind != "anaphoric" and span.precision == "day" and not is_deadline(scene, span)
        if not is_owner(scene, span) or any(h.start > span.end and h.trigger.type == report.type for h in scene.hits)
        if span.starts_on and _is_news(published, span.starts_on, is_ahead=is_ahead)
    ]
    days = {span.starts_on for span in found}
    if not found or (len(days) > 1 and not (report.is_title and found[0].start < body[0].sentence.end)):
        return None
    return When(found[0].starts_on, found[0].ends_on, found[0].precision, "day told in the first sentences")


def _is_news(published: date, day: date, *, is_ahead: bool) -> bool:
    return published < day <= published + PLAN_REACH if is_ahead else published - NEWS_REACH <= day <= published


def find_country(scene: Scene, start: int, end: int) -> str | None:
    """The country of the first place between two offsets that a word or an ending calls where, by name or nation."""
    named = [p for p in scene.places if start <= p.start < end and p.country_code and has_place_preposition(scene, p)]
    if named:
        return named[0].country_code
    where = [p for p in scene.parties if start <= p.start < end and p.case == "place" and p.sides]
    return next((p.sides[0].country_code for p in where if p.sides[0].country_code), None)
