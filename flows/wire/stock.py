"""The stock of written articles, one TOML file for each outlet, and the true events that they report.

An article's `reports` names events of `events.toml`; `told` holds what it says otherwise until it is corrected (an
early, lower number of killed, another status); `toll_untold` names events whose killed it leaves out. Body blocks are
paragraphs; a block `>> article_id` is a read-also link, and `[[article_id]]` one inside a paragraph.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warehouse.errors import FeedError

_ROOM = Path(__file__).parent
_TRUTH_KEYS = frozenset({"reports", "told", "toll_untold"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueEvent:
    """An event as it should be coded: a PLOVER type, side codes, first day, status, and the killed where told."""

    event_id: str
    type: str
    on_date: date
    actor: str | None = None
    target: str | None = None
    status: str = "occurred"
    killed: int | None = None
    is_symmetric: bool = False
    direction: str = "neutral"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A written article. `page` is served, missing (404) or disallowed (robots); `corrected_after` counts paces."""

    article_id: str
    outlet_id: str
    language: str
    published_at_utc: datetime
    title: str
    body: str
    events: tuple[TrueEvent, ...]
    byline: str = ""
    section: str = "world"
    page: str = "served"
    copy_of: str | None = None
    corrected_after: int | None = None
    corrected_title: str | None = None
    corrected_body: str | None = None
    corrected_events: tuple[TrueEvent, ...] | None = None

    @property
    def path(self) -> str:
        """The address of its page under the root of the wire."""
        members = "members/" if self.page == "disallowed" else ""
        return f"/{self.outlet_id}/{members}{self.published_at_utc:%Y/%m/%d}/{self.article_id}"

    def corrected(self) -> Article:
        """The article after its correction; itself where it has none."""
        return replace(
            self,
            title=self.corrected_title or self.title,
            body=self.corrected_body or self.body,
            events=self.corrected_events or self.events,
        )


def load_events() -> dict[str, TrueEvent]:
    """The true events by id."""
    with (_ROOM / "events.toml").open("rb") as file:
        rows = tomllib.load(file)["event"]
    return {row["event_id"]: TrueEvent(**row) for row in rows}


def load_articles() -> list[Article]:
    """All articles in order of publication; raises FeedError for an unknown event or an article told twice."""
    events = load_events()
    rows: dict[str, dict[str, Any]] = {}
    for path in sorted((_ROOM / "articles").glob("*.toml")):
        with path.open("rb") as file:
            loaded = tomllib.load(file)
        for row in loaded["article"]:
            if row["article_id"] in rows:
                raise FeedError(f"{path.name}: article {row['article_id']} is there twice; rename one")
            rows[row["article_id"]] = {"outlet_id": path.stem, "language": loaded["language"], **row}
    articles = [_article_of(row, rows, events) for row in rows.values()]
    return sorted(articles, key=lambda article: (article.published_at_utc, article.article_id))


def _article_of(row: dict[str, Any], rows: dict[str, dict[str, Any]], events: dict[str, TrueEvent]) -> Article:
    source = rows[row["copy_of"]] if "copy_of" in row else row
    try:
        final = {name: events[name] for name in source.get("reports", ())}
    except KeyError as error:
        raise FeedError(f"article {row['article_id']} reports {error}, which events.toml does not have") from error
    for name in source.get("toll_untold", ()):
        final[name] = replace(final[name], killed=None)
    told = source.get("told", {})
    kept = {key: value for key, value in row.items() if key not in _TRUTH_KEYS | {"body", "title"}}
    return Article(
        **kept,
        title=row.get("title", source["title"]),
        body=row.get("body", source["body"]),
        events=tuple(replace(event, **told.get(name, {})) for name, event in final.items()),
        corrected_events=tuple(final.values()) if "corrected_after" in row else None,
    )
