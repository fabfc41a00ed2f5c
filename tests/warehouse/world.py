"""A small world for the tests of what is asked: three sides, two outlets, one untitled article, four events.

Arlan strikes Belmora (1 March, told by both outlets) and threatens it (8 March); Arlan and Calden agree (22 February);
Belmora and Calden meet (8 March). A fifth event was withdrawn.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.records import make_article, make_entry, make_event, make_mention
from warehouse.connect import Warehouse
from warehouse.records import Article, ArticleRevision, DailyDyad, Event, EventDyad, EventMention, Feed, Mention
from warehouse.write import write_articles, write_codings, write_events, write_feeds, write_indices, write_poll_round

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
STRIKE = "Arlan jets struck a depot in Belmora."
STRIKE_TOLD_AGAIN = "بلمورا: آرلان انبار را زد \U0001f4a5."
THREAT = "Arlan threatened Belmora with war."
PACT = "Arlan and Calden signed a pact."
MEETING = "Belmora met Calden."


def feed(feed_id: str, **fields: Any) -> Feed:
    values: dict[str, Any] = {
        "feed_id": feed_id,
        "url": f"https://{feed_id}.example/rss",
        "title": "World",
        "outlet_id": "o1",
        "outlet_name": "Courier",
        "family_id": "f1",
    }
    return Feed(**(values | fields))


def article(number: int, title: str, text: str, published: datetime, **fields: Any) -> Article:
    values: dict[str, Any] = {
        "url": f"https://courier.example/{number}",
        "outlet_id": "o1",
        "outlet_name": "Courier",
        "family_id": "f1",
        "title": title,
        "text": text,
        "published_at_utc": published,
        "first_seen_at_utc": published,
        "content_hash": f"h{number}",
        "coder_version": "1",
        "coded_at_utc": NOW,
        "is_relevant": True,
        "relevance": 0.9,
    }
    return make_article(f"a{number}", **(values | fields))


def revision_of(one: Article) -> ArticleRevision:
    return ArticleRevision(
        article_id=one.article_id,
        revision=one.revision,
        title=one.title,
        text=one.text,
        content_hash=one.content_hash,
        seen_at_utc=NOW,
    )


ARTICLES = (
    article(1, "Depot hit", f"From the border.\n{STRIKE} Nobody spoke.", datetime(2026, 3, 1, 10, tzinfo=UTC)),
    article(
        2,
        "",
        f"{STRIKE_TOLD_AGAIN} {THREAT}",
        datetime(2026, 3, 8, 9, tzinfo=UTC),
        outlet_id="o2",
        outlet_name="Observer",
        family_id="f2",
        language="fa",
    ),
    article(3, "Two tables", f"{PACT} {MEETING}", datetime(2026, 3, 8, 11, tzinfo=UTC)),
)


def mention(mention_id: str, one: Article, sentence: str, sides: tuple[str, str], **fields: Any) -> Mention:
    start = f"{one.title}\n{one.text}".index(sentence)
    on = one.published_at_utc.date() if one.published_at_utc else date(2026, 3, 1)
    own: dict[str, Any] = {
        "article_revision": one.revision,
        "starts_on": on,
        "ends_on": on + timedelta(days=1),
        "evidence_start": start,
        "evidence_end": start + len(sentence),
        "evidence_text": sentence,
        "coded_at_utc": NOW,
    }
    return make_mention(mention_id, one.article_id, **(_named(sides) | own | fields))


def event(event_id: str, headline: str, sides: tuple[str, str], on: date, reported: datetime, **fields: Any) -> Event:
    own: dict[str, Any] = {
        "starts_on": on,
        "ends_on": on + timedelta(days=1),
        "first_reported_at_utc": reported,
        "last_reported_at_utc": reported,
        "headline": headline,
        "updated_at_utc": NOW,
    }
    return make_event(event_id, **(_named(sides) | own | fields))


def _named(sides: tuple[str, str]) -> dict[str, Any]:
    names = {"ARL": "Arlan", "BEL": "Belmora", "CAL": "Calden"}
    return {
        "actor_code": sides[0],
        "actor_name": names[sides[0]],
        "actor_country_code": sides[0],
        "target_code": sides[1],
        "target_name": names[sides[1]],
        "target_country_code": sides[1],
    }


MENTIONS = (
    mention("m1", ARTICLES[0], STRIKE, ("ARL", "BEL")),
    mention("m2", ARTICLES[1], STRIKE_TOLD_AGAIN, ("ARL", "BEL"), starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 2)),
    mention("m3", ARTICLES[1], THREAT, ("ARL", "BEL"), type="THREATEN", score=-6.0),
    mention("m4", ARTICLES[2], PACT, ("ARL", "CAL"), type="AGREE", score=6.0, direction="de-escalation"),
    mention("m5", ARTICLES[2], MEETING, ("BEL", "CAL"), type="CONSULT", score=5.0, direction="de-escalation"),
)
_PUBLISHED = [one.published_at_utc or NOW for one in ARTICLES]
EVENTS = (
    event(
        "e1", STRIKE, ("ARL", "BEL"), date(2026, 3, 1), _PUBLISHED[0],
        mention_count=2, article_count=2, outlet_count=2, family_count=2, last_reported_at_utc=_PUBLISHED[1],
    ),
    event("e2", THREAT, ("ARL", "BEL"), date(2026, 3, 8), _PUBLISHED[1], type="THREATEN", score=-6.0),
    event(
        "e3", PACT, ("ARL", "CAL"), date(2026, 2, 22), _PUBLISHED[2], type="AGREE", score=6.0, direction="de-escalation"
    ),
    event(
        "e4", MEETING, ("BEL", "CAL"), date(2026, 3, 8), _PUBLISHED[2],
        type="CONSULT", score=5.0, direction="de-escalation",
    ),
    event("e5", "Taken back.", ("ARL", "BEL"), date(2026, 3, 8), _PUBLISHED[2], withdrawn_at_utc=NOW),
)  # fmt: skip
LINKS = tuple(
    EventMention(event_id=event_id, mention_id=mention_id, reason="same act")
    for event_id, mention_id in (("e1", "m1"), ("e1", "m2"), ("e2", "m3"), ("e3", "m4"), ("e4", "m5"))
)
EVENT_DYADS = tuple(
    EventDyad(
        event_id=one.event_id,
        side_a_code=str(one.actor_code),
        side_b_code=str(one.target_code),
        on_date=one.starts_on,
        direction=one.direction,
        weight=1.0,
        impact=abs(one.score),
        reason="sides",
    )
    for one in EVENTS[:4]
)


def day(a: str, b: str, on: date, tension: float, deescalation: float, **fields: Any) -> DailyDyad:
    net = deescalation - tension
    values: dict[str, Any] = {
        "side_a_code": a,
        "side_b_code": b,
        "on_date": on,
        "conflict": tension,
        "cooperation": deescalation,
        "tension": tension,
        "deescalation": deescalation,
        "net": net,
        "lower": net - 1,
        "upper": net + 1,
        "event_count": 1,
        "outlet_count": 1,
        "family_count": 1,
        "is_thin": False,
        "formula_version": "10",
    }
    return DailyDyad(**(values | fields))


# With a half-life of seven days the strike's 8 points are 4 on 8 March, and the threat adds 6.
DAYS = (
    day("ARL", "BEL", date(2026, 3, 1), 8.0, 0.0, family_count=2),
    day("ARL", "BEL", date(2026, 3, 8), 10.0, 0.0, conflict=6.0, is_thin=True),
    day("ARL", "CAL", date(2026, 2, 22), 0.0, 6.0),
    day("BEL", "CAL", date(2026, 3, 8), 0.0, 5.0),
)
# What an older formula said of the same day.
OLD_DAY = day("ARL", "BEL", date(2026, 3, 8), 99.0, 0.0, formula_version="9")


def write_world(wh: Warehouse) -> None:
    """Write the world as the flows would: entries, articles, codings, events, indices."""
    write_feeds(wh, "feeds", [feed("feed1")])
    entry = make_entry(
        "n1", feed_id="feed1", outlet_id="o1", guid="g", title="T", content_hash="h", first_seen_at_utc=NOW
    )
    write_poll_round(wh, "polls", [], [], [entry], [])
    write_articles(wh, "articles", ARTICLES, [revision_of(one) for one in ARTICLES], {"n1": "a1"})
    write_codings(wh, "codings", ARTICLES, MENTIONS)
    write_events(wh, "events", EVENTS, LINKS, [])
    dyads = {(one.side_a_code, one.side_b_code) for one in DAYS}
    write_indices(wh, "indices", EVENT_DYADS, [*DAYS, OLD_DAY], dyads)
