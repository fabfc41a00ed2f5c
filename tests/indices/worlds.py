"""Small worlds for merging and indices: one strike, told by whom a test likes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flows.events.merging import ReportedMention
from tests.records import make_mention
from warehouse.records import EventDyad, Mention, stable_id

NOW = datetime(2024, 2, 1, tzinfo=UTC)
DAY = date(2024, 1, 16)


def a_mention(article: str = "a1", **told: Any) -> Mention:
    """Iran's strike on Jaish al-Adl in Pakistan on 16 January 2024, unless told otherwise."""
    facts: dict[str, Any] = {
        "type": "ASSAULT", "mode": "aerial", "direction": "escalation",
        "score": -9.5, "actor_code": "IRN", "actor_name": "Iran", "actor_country_code": "IRN", "actor_sector": "MIL",
        "target_code": "jaish-al-adl", "target_name": "Jaish al-Adl", "target_country_code": "PAK",
        "target_sector": "REB", "is_symmetric": False, "status": "occurred", "starts_on": DAY,
        "ends_on": None, "date_precision": "day", "place_name": "Panjgur",
        "place_country_code": "PAK", "killed_min": 2, "killed_max": 2, "injured_min": 3, "injured_max": None,
        "confidence": 0.8, "evidence_end": 10, "evidence_text": f"Iran struck a camp, says {article}.",
    }  # fmt: skip
    facts |= told
    if facts["starts_on"] is not None and facts["ends_on"] is None:
        facts["ends_on"] = facts["starts_on"] + timedelta(days=1)
    mention_id = facts.pop("mention_id", None) or stable_id(article, *facts.values())
    return make_mention(mention_id, article, **facts)


def a_report(
    article: str = "a1", *, family: str = "family-1", outlet: str | None = None, published: int = 17, **told: Any
) -> ReportedMention:
    """A mention in an article published at noon of that day of January 2024."""
    return ReportedMention(
        mention=a_mention(article, **told),
        outlet_id=outlet or f"{family}-daily",
        family_id=family,
        published_at_utc=datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=published - 1),
    )


def an_event_dyad(event_id: str = "e1", **told: Any) -> EventDyad:
    """Ten weight points of escalation between Iran and Pakistan, unless told otherwise."""
    facts: dict[str, Any] = {
        "event_id": event_id, "side_a_code": "IRN", "side_b_code": "PAK", "on_date": DAY, "direction": "escalation",
        "weight": 1.0, "impact": 10.0, "reason": "sides",
    }  # fmt: skip
    return EventDyad(**(facts | told))
