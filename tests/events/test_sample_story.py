"""The sample stories, read from their pages by the coder alone; tests/whole holds the same through the whole system."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from flows.articles.extract import extract_article
from flows.events.code import mentions_of
from tests.records import READ_AT, make_article
from tests.whole.judging import find_leaks, find_missing
from tests.whole.newsstand import render_piece
from tests.whole.stories import EXTRA_LIMIT, STORIES, load_story


@pytest.mark.parametrize("name", sorted(STORIES))
def test_every_event_of_a_sample_story_is_found_and_nothing_else(name: str) -> None:
    piece, gold = load_story(STORIES[name], name)
    page = extract_article(render_piece(piece).encode(), f"https://kabar.example/{name}/")
    article = make_article(title=page.title, text=page.text, language=piece.language, published_at_utc=piece.published)
    rows: list[dict[str, Any]] = [asdict(mention) for mention in mentions_of(article, READ_AT)[1]]
    assert find_missing(gold, rows) == []
    assert find_leaks(gold, rows) == []
    assert len(rows) <= len(gold["events"]) + EXTRA_LIMIT
