"""What the tests of the coder share: one call, and the world's data where it is present."""

from datetime import UTC, datetime
from pathlib import Path

from flows.events.code import CodedEvent, Coding, Item, code_item

SHARED = Path(__file__).parents[2] / "../shared"
PUBLISHED = datetime(2025, 3, 16, 6, 0, tzinfo=UTC)  # a Sunday


def code(text: str, lang: str = "en", title: str = "", published: datetime | None = PUBLISHED) -> Coding:
    return code_item(Item(id="t", text=text, title=title, lang=lang, published=published))


def summary(event: CodedEvent) -> tuple[str, str | None, str | None, str]:
    return (
        event.type,
        event.actor.code if event.actor else None,
        event.target.code if event.target else None,
        event.status,
    )


def summaries(text: str, lang: str = "en") -> set[tuple[str, str | None, str | None, str]]:
    return {summary(event) for event in code(text, lang).mentions}
