"""What the tests of second readings share: articles that tell strikes, a round that asks, answers and what was kept."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.rounds import assessing, history, second_readings
from flows.rounds.report import StageCount
from flows.settings import Settings
from tests.llm_endpoint import Answer, Asked, Endpoint, Sent, completion, reading, told_event
from warehouse.connect import Warehouse
from warehouse.tables import tables

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
STRIKE = "Iran attacked Pakistan on Tuesday."
KEY = "sk-the-key-that-nobody-may-see"


def write_articles(home: Path, *texts: str, title: str = "Border news") -> Path:
    file = home / "list.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        {
            "url": f"https://news.example/{number}",
            "title": title,
            "text": text,
            "published": "2024-01-17",
            "outlet": "News",
            "lang": "en",
        }
        for number, text in enumerate(texts)
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def assess(wh: Warehouse, settings: Settings, *texts: str) -> None:
    """Reads these articles, if any, and assesses what there is."""
    if texts:
        history.read_archive(wh, "articles", [write_articles(settings.home, *texts)], NOW)
    assessing.assess_all(wh, settings, NOW)


def many(count: int) -> tuple[str, ...]:
    """Articles that each tell another strike, so that none is a copy of another."""
    places = ["Quetta", "Panjgur", "Turbat", "Gwadar", "Karachi", "Lahore", "Multan", "Peshawar", "Zhob", "Khuzdar"]
    return tuple(f"Iran attacked Pakistan on Tuesday near {place}." for place in places[:count])


def at(endpoint: Endpoint, settings: Settings, **update: Any) -> Settings:
    return settings.model_copy(update={"llm_base_url": endpoint.base_url, **update})


def read_again(wh: Warehouse, settings: Settings, now: datetime = NOW) -> StageCount:
    return asyncio.run(second_readings.read_again(wh, settings, now))


def agreeing(asked: Asked) -> Sent:
    """A model that reads Iran's assault on Pakistan in any sentence."""
    return reading(told_event(asked.told["sentence"]))


def of_content(content: str) -> Answer:
    return lambda asked: completion(content)


def of_event(**fields: Any) -> Answer:
    return lambda asked: reading(told_event(asked.told["sentence"]) | fields)


def of_status(status: int, **headers: str) -> Answer:
    return lambda asked: Sent(f"no, not with {KEY}".encode(), status=status, headers=headers)


def outcomes(wh: Warehouse) -> list[tuple[str, str | None]]:
    rows = wh.query("SELECT outcome, reason FROM second_readings ORDER BY mention_id")
    return [(row["outcome"], row["reason"]) for row in rows]


def requests(wh: Warehouse) -> list[str]:
    return [row["outcome"] for row in wh.query("SELECT outcome FROM llm_requests ORDER BY asked_at_utc, request_id")]


def as_bytes(wh: Warehouse, *names: str) -> bytes:
    """Whole tables with every value to its last digit."""
    return "\n".join(repr(wh.query(f"SELECT * FROM {name} ORDER BY ALL")) for name in names).encode()


def everything(wh: Warehouse) -> str:
    return "\n".join(str(wh.query(f"SELECT * FROM {name}")) for name in tables())
