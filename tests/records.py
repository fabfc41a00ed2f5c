"""Records with plain values, for tests that tell of each only what matters to them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from warehouse.records import Article, Entry, Event, Mention

READ_AT = datetime(2026, 3, 1, tzinfo=UTC)
_ACT: dict[str, Any] = {
    "type": "ASSAULT",
    "direction": "escalation",
    "score": -8.0,
    "is_symmetric": False,
    "status": "occurred",
    "date_precision": "day",
    "confidence": 0.8,
}
_CODED: dict[str, Any] = {"coder_version": "1", "coded_at_utc": READ_AT}


def make_entry(entry_id: str = "e", **told: Any) -> Entry:
    """An entry without words of its own, of feed `f`."""
    plain = dict(feed_id="f", outlet_id="o", guid=None, url=None, title="t", summary="", content="")
    return Entry(entry_id=entry_id, **(plain | told))


def make_article(article_id: str = "a", **told: Any) -> Article:
    """An English page of outlet `o`, not coded yet; its title and text are to be told."""
    plain = dict(
        url=f"https://{article_id}.example/1",
        outlet_id="o",
        outlet_name="O",
        family_id="f",
        text_source="page",
        language="en",
    )
    return Article(article_id=article_id, **(plain | told))


def make_mention(mention_id: str, article_id: str, **told: Any) -> Mention:
    """A strike that occurred; of what may be unknown, such as sides and days, only what is told is known."""
    plain: dict[str, Any] = {
        "article_revision": 1,
        "evidence_start": 0,
        "evidence_end": 1,
        "evidence_text": "x",
        "trace": "{}",
    }
    return Mention(mention_id=mention_id, article_id=article_id, **(_unknown(Mention) | _ACT | _CODED | plain | told))


def make_event(event_id: str, **told: Any) -> Event:
    """A strike told once; of what may be unknown only what is told is known. Days and instants are to be told."""
    counts = dict.fromkeys(("mention_count", "article_count", "outlet_count", "family_count", "revision"), 1)
    return Event(event_id=event_id, **(_unknown(Event) | _ACT | counts | told))


def _unknown(record: type[Mention] | type[Event]) -> dict[str, Any]:
    """Every field that may be None, as None."""
    return {name: None for name, one in record.__dataclass_fields__.items() if "None" in str(one.type)}
