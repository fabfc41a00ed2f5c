"""What is published when: a share of the articles at the start, then one every pace, and corrections later.

Pure: the seconds since the start come in, the articles as readers see them go out. Articles keep their historical
dates; only their appearance follows the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.wire.stock import Article

# Half at the start: enough for a full first screen, and enough left that a watcher sees the curves move.
START_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Edition:
    """An article as it stands, and the seconds after the start at which it last changed."""

    article: Article
    changed_at_s: float


class Newsroom:
    """The published articles as a function of elapsed seconds; immutable, so safe to share among threads."""

    def __init__(self, articles: Sequence[Article], *, pace_s: float, is_full: bool = False) -> None:
        """Plan the publication of `articles` (in order); with `is_full` all are out, and corrected, from the start."""
        if pace_s <= 0:
            raise ValueError(f"the pace must be above 0 seconds, not {pace_s}")
        self._articles = tuple(articles)
        self._pace_s = pace_s
        self._is_full = is_full
        self._start_count = len(articles) if is_full else round(len(articles) * START_SHARE)

    def published(self, elapsed_s: float) -> list[Edition]:
        """The articles that are out after `elapsed_s` seconds, oldest first, corrected where that is due."""
        editions = []
        for number, article in enumerate(self._articles):
            at_s = max(0, number - self._start_count + 1) * self._pace_s
            if at_s <= elapsed_s:
                editions.append(self._edition_of(article, at_s, elapsed_s))
        return editions

    def of_outlet(self, outlet_id: str, elapsed_s: float) -> list[Edition]:
        """The published articles of one outlet, newest first, as feeds list them."""
        return [edition for edition in reversed(self.published(elapsed_s)) if edition.article.outlet_id == outlet_id]

    def at_path(self, path: str, elapsed_s: float) -> Edition | None:
        """The published article with this address, or None."""
        return next((e for e in self.published(elapsed_s) if e.article.path == path), None)

    def _edition_of(self, article: Article, at_s: float, elapsed_s: float) -> Edition:
        if article.corrected_after is None:
            return Edition(article, at_s)
        corrected_at_s = 0.0 if self._is_full else at_s + article.corrected_after * self._pace_s
        if corrected_at_s > elapsed_s:
            return Edition(article, at_s)
        return Edition(article.corrected(), corrected_at_s)
