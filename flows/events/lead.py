"""What a headline leaves out, taken from the first sentence below it: the day and the country.

Newsrooms put who did what to whom into the title and when and where into the lead, often in other words than the coder
knows. A report that only the title tells takes what the lead says, no more: never its sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from flows.events.grounding import When, has_place_preposition, is_deadline
from flows.events.reports import Report
from flows.events.scene import Scene
from warehouse.records import Status

NEWS_REACH = timedelta(days=7)  # a headline tells what is new
PLACED = ("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "CONSULT", "AGREE", "AID", "RETREAT")  # happen somewhere


def fill_from_lead(report: Report, scenes: Sequence[Scene], published: date | None) -> Report:
    """The report with the day and the country that the first sentence names, where only the title tells it."""
    lead = next((scene for scene in scenes if not scene.sentence.is_title), None)
    if lead is None or not report.is_title or report.status not in (Status.OCCURRED, Status.ALLEGED, Status.DENIED):
        return report
    if not report.when.is_told and (when := _day_of(lead, published)) is not None:
        report = replace(report, when=when, rules={**report.rules, "date": when.rule})
    if report.country_code is None and report.type in PLACED:
        country = find_country(lead, lead.sentence.start, lead.sentence.end)
        report = replace(report, country_code=country)
    return report


def _day_of(lead: Scene, published: date | None) -> When | None:
    """The day of the news: the first that the sentence names, no further back than a week."""
    for span in lead.times:
        is_day = span.kind != "anaphoric" and span.precision == "day" and not is_deadline(lead, span)
        if is_day and published and span.starts_on and timedelta(0) <= published - span.starts_on <= NEWS_REACH:
            return When(span.starts_on, span.ends_on, span.precision, "day told in the first sentence")
    return None


def find_country(scene: Scene, start: int, end: int) -> str | None:
    """The country of the first place between two offsets that a word or an ending calls where, by name or nation."""
    named = [p for p in scene.places if start <= p.start < end and p.country_code and has_place_preposition(scene, p)]
    if named:
        return named[0].country_code
    where = [p for p in scene.parties if start <= p.start < end and p.case == "place" and p.sides]
    return next((p.sides[0].country_code for p in where if p.sides[0].country_code), None)
