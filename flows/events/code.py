"""Code an item: read who did what to whom, where, when, with what effect and how sure, with the sentence that says so.

Rules and lexicons only; every field's rule is in the trace. `code_item` never raises on any text: an item that holds
nothing yields no mentions. The language must have a lexicon; others give an irrelevant item with no mentions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TypedDict

from flows.events.codebook import load_codebook
from flows.events.confidence import choose_sure, compute_confidences, load_weights
from flows.events.garbage import paused_collection
from flows.events.lexicon import lexicon_languages, load_lexicon
from flows.events.pairs import NOTHING_FOUND, find_pair_type
from flows.events.reading import read_reports
from flows.events.relevance import IS_RELEVANT_FROM, compute_distraction, compute_relevance, is_harm_doubtful
from flows.events.reports import Report
from flows.events.sides import SideSpan
from flows.events.staging import Article, stage_article
from warehouse.records import Article as ArticleRecord
from warehouse.records import Mention, stable_id

CODER_VERSION = "rules-12"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Pair(TypedDict):
    """Two texts that name the sides asked about."""

    actor: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text to code; `published` is an aware instant (UTC) or None, `lang` an ISO 639-1 code.

    Without a language nothing is coded: whoever has a text of which none is known asks `flows.articles.language`.
    """

    id: str
    text: str
    title: str = ""
    published: datetime | None = None
    lang: str | None = None
    url: str | None = None
    pair: Pair | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """One event as the item tells it; offsets point into title + newline + text (text alone with no title)."""

    type: str
    mode: str | None
    direction: str
    score: float
    actor: SideSpan | None
    target: SideSpan | None
    is_symmetric: bool
    status: str
    starts_on: date | None
    ends_on: date | None
    date_precision: str | None
    place_name: str | None
    place_country_code: str | None
    latitude: float | None
    longitude: float | None
    place_precision: str | None
    killed_min: int | None
    killed_max: int | None
    injured_min: int | None
    injured_max: int | None
    attribution: str | None
    confidence: float
    evidence_start: int
    evidence_end: int
    evidence_text: str
    trace: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What an item says: relevance 0-1, its events in text order, and the type asked for by a pair."""

    lang: str | None
    is_relevant: bool
    relevance: float
    mentions: list[CodedEvent]
    pair_type: str | None = None


@paused_collection()
def code_item(item: Item) -> Coding:
    """The coding of one item; the same item always gives the same coding."""
    whole = whole_text(item.title, item.text)
    lang = item.lang
    if lang is None or lang not in lexicon_languages():
        return Coding(
            lang=lang, is_relevant=False, relevance=0.0, mentions=[], pair_type=NOTHING_FOUND if item.pair else None
        )
    article, reports, distraction = _read(item, lang, needs_act=item.pair is None)
    relevance = compute_relevance(reports, distraction, is_doubtful=is_harm_doubtful(article))
    is_relevant = relevance >= IS_RELEVANT_FROM
    events = _report_events(reports, compute_confidences(reports, distraction, lang), whole) if is_relevant else []
    pair_type = find_pair_type(article, item.pair["actor"], item.pair["target"]) if item.pair else None
    return Coding(lang=lang, is_relevant=is_relevant, relevance=relevance, mentions=events, pair_type=pair_type)


def whole_text(title: str, text: str) -> str:
    """Title and text as one string, the string all offsets point into."""
    return f"{title}\n{text}"


def _report_events(reports: Sequence[Report], confidences: Sequence[float], whole: str) -> list[CodedEvent]:
    kept = zip(reports, confidences, choose_sure(confidences), strict=True)
    return [event_of(report, confidence, whole) for report, confidence, is_sure in kept if is_sure]


def read_item(item: Item) -> tuple[list[Report], float]:
    """Every report of an item, however unsure, and how much the item speaks of other things.

    The item names its language, one that has a lexicon.
    """
    _, reports, distraction = _read(item, item.lang or "")
    return reports, distraction


def _read(item: Item, lang: str, *, needs_act: bool = False) -> tuple[Article, list[Report], float]:
    # A lone surrogate is no letter of any language, and no matcher takes it; its place is kept.
    readable = LONE_SURROGATE.sub("\ufffd", whole_text(item.title, item.text))
    article = stage_article(readable, len(item.title), load_lexicon(lang), item.published, needs_act=needs_act)
    reports = read_reports(article, _day(item.published))
    return article, reports, compute_distraction(article, reports)


def event_of(report: Report, confidence: float, whole: str) -> CodedEvent:
    """A report as an event of the item whose whole text this is."""
    place = report.place
    return CodedEvent(
        type=report.type,
        mode=report.mode,
        direction=str(report.direction),
        score=report.score,
        actor=report.roles.actor,
        target=report.roles.target,
        is_symmetric=report.roles.is_symmetric,
        status=str(report.status),
        starts_on=report.when.starts_on,
        ends_on=report.when.ends_on,
        date_precision=report.when.precision,
        place_name=place.name if place else None,
        place_country_code=report.country_code,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        place_precision=place.precision if place else None,
        killed_min=report.toll.killed_min,
        killed_max=report.toll.killed_max,
        injured_min=report.toll.injured_min,
        injured_max=report.toll.injured_max,
        attribution=report.attribution,
        confidence=confidence,
        evidence_start=report.start,
        evidence_end=report.end,
        evidence_text=whole[report.start : report.end],
        trace=dict(report.rules),
    )


def _day(instant: datetime | None) -> date | None:
    if instant is None:
        return None
    return (instant if instant.tzinfo is None else instant.astimezone(UTC)).date()


def mentions_of(article: ArticleRecord, now: datetime) -> tuple[ArticleRecord, list[Mention]]:
    """The article with what the coder adds, and its mentions; ids are stable for article, revision and coder."""
    item = Item(
        id=article.article_id,
        text=article.text,
        title=article.title,
        published=article.published_at_utc,
        lang=article.language,
        url=article.url,
    )
    coding = code_item(item)
    coded = replace(
        article,
        coder_version=CODER_VERSION,
        coded_at_utc=now,
        is_relevant=coding.is_relevant,
        relevance=coding.relevance,
    )
    return coded, [_mention(article, event, number, now) for number, event in enumerate(coding.mentions)]


def _mention(article: ArticleRecord, event: CodedEvent, number: int, now: datetime) -> Mention:
    actor, target = event.actor, event.target
    return Mention(
        mention_id=stable_id(
            article.article_id, article.revision, CODER_VERSION, number, event.type, event.evidence_start
        ),
        article_id=article.article_id,
        article_revision=article.revision,
        type=event.type,
        mode=event.mode,
        direction=event.direction,
        score=event.score,
        actor_code=actor.code if actor else None,
        actor_name=actor.name if actor else None,
        actor_country_code=actor.country_code if actor else None,
        actor_sector=actor.sector if actor else None,
        target_code=target.code if target else None,
        target_name=target.name if target else None,
        target_country_code=target.country_code if target else None,
        target_sector=target.sector if target else None,
        is_symmetric=event.is_symmetric,
        status=event.status,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        date_precision=event.date_precision,
        place_name=event.place_name,
        place_country_code=event.place_country_code,
        latitude=event.latitude,
        longitude=event.longitude,
        place_precision=event.place_precision,
        killed_min=event.killed_min,
        killed_max=event.killed_max,
        injured_min=event.injured_min,
        injured_max=event.injured_max,
        attribution=event.attribution,
        confidence=event.confidence,
        evidence_start=event.evidence_start,
        evidence_end=event.evidence_end,
        evidence_text=event.evidence_text,
        trace=json.dumps(event.trace, ensure_ascii=False),
        coder_version=CODER_VERSION,
        coded_at_utc=now,
    )


def load_everything() -> None:
    """Compile codebook and lexicons now, so that the first item costs what the next ones do."""
    load_codebook()
    load_weights()
    for language in lexicon_languages():
        load_lexicon(language)
