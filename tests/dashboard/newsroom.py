"""A small warehouse for the dashboard's tests: two pairs, one of them of long ago, with traps in their texts."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.records import make_article, make_event
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import DATABASE_NAME
from warehouse.migrate import migrate
from warehouse.records import (
    Article,
    ArticleRevision,
    DailyDyad,
    DailyState,
    Event,
    EventDyad,
    EventMention,
    Feed,
    Mention,
    Story,
    stable_id,
)
from warehouse.search_index import index_articles
from warehouse.write import (
    set_meta,
    write_articles,
    write_codings,
    write_events,
    write_feeds,
    write_indices,
    write_stories,
)

NOW = datetime.now(UTC).replace(microsecond=0)
STRIKE = "Arlan jets struck a border depot of Belmora on Monday."
TALKS = "<b>Belmora</b> and Arlan agreed to *ease* tension & reopen the crossing."
TREATY = "Arlan and Corva signed a treaty on fishing rights in the strait."
TREATY_DAYS_AGO = 600
PERSIAN = "بلمورا سفیر آرلان را فرا خواند."
STORY_ID = stable_id("story", 1)
FIRST_TITLE = "Crossing may open"


def _event(number: int, day: date, sentence: str, **fields: Any) -> Event:
    values: dict[str, Any] = {
        "mode": "air_strike",
        "score": -9.0,
        "actor_code": "XAR",
        "actor_name": "Arlan",
        "actor_country_code": "XAR",
        "target_code": "XBE",
        "target_name": "Belmora",
        "target_country_code": "XBE",
        "starts_on": day,
        "ends_on": day + timedelta(days=1),
        "place_name": "Tavor",
        "place_country_code": "XBE",
        "killed_min": 3,
        "confidence": 0.84,
        "first_reported_at_utc": NOW - timedelta(hours=number),
        "last_reported_at_utc": NOW - timedelta(hours=number),
        "headline": sentence,
        "updated_at_utc": NOW,
    } | fields
    return make_event(stable_id("event", number), **values)


def _article(number: int, title: str, sentence: str, language: str, url: str) -> Article:
    is_page = sentence != TREATY
    text = f"Correspondents report from the border.\n{sentence} Both capitals were silent in the evening."
    return make_article(
        stable_id("article", number),
        url=url,
        outlet_id=f"outlet-{number}",
        outlet_name=f"The Tavor Courier {number}",
        family_id=f"family-{number}",
        title=title,
        text=text,
        text_source="page" if is_page else "entry",
        text_source_reason=None if is_page else "page not available: answered 404",
        language=language,
        published_at_utc=NOW - timedelta(hours=number + 1),
        first_seen_at_utc=NOW - timedelta(hours=number),
        content_hash=str(number),
        coder_version="1",
        coded_at_utc=NOW,
        is_relevant=True,
        relevance=0.9,
    )


def _mention(event: Event, article: Article) -> Mention:
    start = f"{article.title}\n{article.text}".index(event.headline)
    shared = {name: getattr(event, name) for name in Mention.__dataclass_fields__ if hasattr(event, name)}
    own: dict[str, Any] = {
        "mention_id": stable_id("mention", event.event_id, article.article_id),
        "article_id": article.article_id,
        "article_revision": 1,
        "actor_sector": "MIL",
        "target_sector": None,
        "place_precision": "city",
        "attribution": "a spokesman",
        "evidence_start": start,
        "evidence_end": start + len(event.headline),
        "evidence_text": event.headline,
        "trace": '{"type": ["trigger: struck"], "date": "weekday before publication"}',
        "coder_version": "1",
        "coded_at_utc": NOW,
    }
    return Mention(**(shared | own))


def _day(on: date, tension: float, deescalation: float, **fields: Any) -> DailyDyad:
    net = deescalation - tension
    values: dict[str, Any] = {
        "side_a_code": "XAR",
        "side_b_code": "XBE",
        "on_date": on,
        "conflict": tension,
        "cooperation": deescalation,
        "tension": tension,
        "deescalation": deescalation,
        "net": net,
        "lower": net - 3,
        "upper": net + 3,
        "event_count": 1,
        "outlet_count": 1,
        "family_count": 1,
        "is_thin": False,
        "formula_version": "1",
    } | fields
    return DailyDyad(**values)


def _state(code: str, day: DailyDyad) -> DailyState:
    shared = {name: getattr(day, name) for name in DailyState.__dataclass_fields__ if hasattr(day, name)}
    return DailyState(state_code=code, **shared)


def write_world(home: Path, *, is_demo: bool = False) -> None:
    """Write three events of these days between Arlan and Belmora, and one of long ago between Arlan and Corva.

    All with their articles, mentions and daily rows; the old one was reported last. Made once a process and copied.
    """
    home.mkdir(parents=True, exist_ok=True)
    (home / DATABASE_NAME).write_bytes(_made_world(is_demo))


@cache
def _made_world(is_demo: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        _make_world(Path(folder), is_demo)
        return (Path(folder) / DATABASE_NAME).read_bytes()


def _make_world(home: Path, is_demo: bool) -> None:
    migrate(home)
    today = NOW.date()
    stories = [
        (_event(1, today - timedelta(days=9), STRIKE, family_count=3), "Depot hit", "en", "https://courier.example/1"),
        (
            _event(2, today - timedelta(days=4), PERSIAN, type="SANCTION", mode="recall", score=-6.0, status="alleged"),
            "فراخوان سفیر",
            "fa",
            "javascript:alert(1)",
        ),
        (
            _event(3, today - timedelta(days=1), TALKS, type="AGREE", mode=None, score=2.5, direction="de-escalation"),
            "Crossing <script>alert(1)</script>",
            "en",
            "https://courier.example/3",
        ),
        (
            _event(
                4,
                today - timedelta(days=TREATY_DAYS_AGO),
                TREATY,
                type="AGREE",
                mode=None,
                score=2.5,
                direction="de-escalation",
                target_code="XCO",
                target_name="Corva",
                last_reported_at_utc=NOW,
            ),
            "Treaty signed",
            "en",
            "https://courier.example/4",
        ),
    ]
    events = [story[0] for story in stories]
    articles = [_article(n, title, event.headline, lang, url) for n, (event, title, lang, url) in enumerate(stories, 1)]
    mentions = [_mention(event, article) for event, article in zip(events, articles, strict=True)]
    revisions = [
        ArticleRevision(
            article_id=a.article_id,
            revision=1,
            title=a.title,
            text=a.text,
            content_hash=a.content_hash,
            seen_at_utc=NOW,
        )
        for a in articles
    ]
    # The outlet of the third article changed its title after it was first seen.
    edited = articles[2]
    revisions[2] = replace(revisions[2], revision=1, title=FIRST_TITLE, seen_at_utc=NOW - timedelta(hours=2))
    revisions.append(replace(revisions[2], revision=2, title=edited.title, text=edited.text + " More soon."))
    articles[2] = replace(edited, revision=2)
    mentions[2] = _mention(events[2], replace(edited, title=FIRST_TITLE))
    story = Story(
        story_id=STORY_ID,
        title="Depot <b>hit</b>",
        first_published_at_utc=NOW - timedelta(hours=4),
        last_published_at_utc=NOW - timedelta(hours=2),
        article_count=3,
        outlet_count=3,
        family_count=3,
        language_count=2,
        signature="{}",
        updated_at_utc=NOW,
    )
    feed = Feed(
        feed_id="f1",
        url="https://courier.example/rss",
        title="World",
        outlet_id="outlet-1",
        outlet_name="Courier",
        family_id="x",
    )
    dyads = [
        EventDyad(
            event_id=e.event_id,
            side_a_code="XAR",
            side_b_code=str(e.target_code),
            on_date=e.starts_on,
            direction=e.direction,
            weight=1.0,
            impact=abs(e.score),
            reason="sides",
        )
        for e in events
    ]
    days = [
        _day(events[0].starts_on, 9.0, 0.0),
        _day(events[1].starts_on, 11.5, 0.0, is_thin=True),
        _day(events[2].starts_on, 8.5, 2.5),
        _day(events[3].starts_on, 0.0, 2.1, side_b_code="XCO"),
    ]
    states = [_state("XAR", day) for day in days] + [_state("XCO", days[3])]
    with open_warehouse(home) as wh:
        write_feeds(wh, "feeds", [feed])
        write_articles(wh, "articles", articles, revisions, {})
        write_codings(wh, "codings", articles, mentions, [])
        write_stories(wh, "stories", [story], {article.article_id: STORY_ID for article in articles[:3]})
        links = [
            EventMention(event_id=e.event_id, mention_id=m.mention_id, reason="the first to report it")
            for e, m in zip(events, mentions, strict=True)
        ]
        write_events(wh, "events", events, links, [])
        write_indices(wh, "indices", dyads, days, [("XAR", "XBE"), ("XAR", "XCO")], daily_states=states)
        index_articles(wh, 100)
        set_meta(wh, "is_demo", "true" if is_demo else None)


def write_third_side(home: Path) -> None:
    """Write two more events: Corva hosts Belmora, and accuses Arlan, so that it acts with both sides of their pair."""
    on = NOW.date() - timedelta(days=2)
    corva: dict[str, Any] = {"actor_code": "XCO", "actor_name": "Corva"}
    told: dict[str, Any] = {"type": "CONSULT", "mode": "third-party", "score": 1.0, "direction": "de-escalation"}
    blamed: dict[str, Any] = {"type": "ACCUSE", "mode": None, "score": -3.0}
    events = [
        _event(5, on, "Corva hosted Belmora.", **corva, **told),
        _event(6, on, "Corva accused Arlan.", target_code="XAR", target_name="Arlan", **corva, **blamed),
    ]
    dyads = [
        EventDyad(
            event_id=e.event_id, side_a_code=str(e.target_code), side_b_code="XCO", on_date=on, direction=e.direction,
            weight=1.0, impact=abs(e.score), reason="sides",
        )
        for e in events
    ]  # fmt: skip
    with open_warehouse(home) as wh:
        write_events(wh, "third-side", events, [], [])
        write_indices(wh, "third-side-indices", dyads, [], [])


def add_day(wh: Warehouse, batch: str = "indices-later", *, rise: float = 0.0) -> None:
    """Write one more day of the same pair, as a flow would while somebody watches: tenser by `rise`."""
    today = NOW.date()
    days = [_day(today - timedelta(days=n), 9.0 + n + rise, 1.0) for n in (9, 4, 1, 0)]
    dyads = [
        EventDyad(
            event_id=stable_id("event", n),
            side_a_code="XAR",
            side_b_code="XBE",
            on_date=today - timedelta(days=back),
            direction=direction,
            weight=1.0,
            impact=5.0,
            reason="sides",
        )
        for n, back, direction in ((1, 9, "escalation"), (2, 4, "escalation"), (3, 1, "de-escalation"))
    ]
    write_indices(wh, batch, dyads, days, [("XAR", "XBE")])


__all__ = [
    "FIRST_TITLE",
    "NOW",
    "PERSIAN",
    "STORY_ID",
    "STRIKE",
    "TALKS",
    "TREATY",
    "TREATY_DAYS_AGO",
    "add_day",
    "write_third_side",
    "write_world",
]
