"""Every kind of feed and of defect, each beside what it must give; `UPDATE_SAMPLES=1` writes that anew, to be read."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.feeds.parse import parse_feed
from flows.feeds.revise import compare_entries
from tests.feeds.world import NOW, build_feed
from warehouse.errors import FeedError

FOLDER = Path(__file__).parent / "data" / "samples"
SAMPLES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expected.json"))
FIELDS = ("guid", "url", "title", "summary", "content", "author", "language", "published_source")


def told(path: Path) -> dict[str, Any]:
    """What one sample gives, without what is empty."""
    try:
        parsed = parse_feed(path.read_bytes(), feed=build_feed("https://harbour.example/feeds/all.xml"), now=NOW)
    except FeedError as error:
        return {"error": str(error)}
    entries = []
    for entry in parsed.entries:
        row = {name: getattr(entry, name) for name in FIELDS if getattr(entry, name)}
        if entry.published_source == "feed" and entry.published_at_utc:
            row["published_at_utc"] = entry.published_at_utc.isoformat()
        entries.append(row)
    whole = {
        "title": parsed.title,
        "home_url": parsed.home_url,
        "entries": entries,
        "problem_count": len(parsed.problems),
        "further_urls": list(parsed.further_urls),
    }
    return {name: value for name, value in whole.items() if value}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: str(path.name))
def test_a_sample_gives_what_lies_beside_it(path: Path) -> None:
    beside = path.with_name(path.name + ".expected.json")
    found = told(path)
    if os.environ.get("UPDATE_SAMPLES"):
        beside.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(beside.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: str(path.name))
def test_the_same_sample_again_gives_nothing_new(path: Path) -> None:
    feed = build_feed("https://harbour.example/feeds/all.xml")
    try:
        first = parse_feed(path.read_bytes(), feed=feed, now=NOW)
    except FeedError:
        return
    states = {entry.entry_id: (entry.content_hash, 1) for entry in first.entries}
    later = NOW + timedelta(hours=1)
    again = compare_entries(parse_feed(path.read_bytes(), feed=feed, now=later).entries, states, later)
    assert (again.new, again.revised, again.revisions) == ([], [], [])
