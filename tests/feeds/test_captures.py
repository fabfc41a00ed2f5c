"""Archived captures in order of time: nothing raised, nothing twice, every edit kept."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.etree
import pytest

from flows.feeds.captures import find_captures, read_captures
from flows.feeds.parse import parse_feed
from flows.feeds.revise import compare_entries
from warehouse.errors import FeedError
from warehouse.records import Entry, EntryRevision

OWN = Path(__file__).parent / "data" / "captures"
REAL = Path(__file__).parents[3] / "shared" / "corpus" / "feeds" / "captures"


def replay(folder: Path) -> tuple[dict[str, Entry], list[EntryRevision]]:
    entries: dict[str, Entry] = {}
    revisions: list[EntryRevision] = []
    states: dict[str, tuple[str, int]] = {}
    for feed, body, seen_at_utc in read_captures(folder):
        try:
            parsed = parse_feed(body, feed=feed, content_type=None, now=seen_at_utc)
        except FeedError:
            continue
        compared = compare_entries(parsed.entries, states, seen_at_utc)
        for entry in [*compared.new, *compared.revised]:
            assert (entry.entry_id in states) == (entry.revision > 1)
            entries[entry.entry_id] = entry
            states[entry.entry_id] = (entry.content_hash, entry.revision)
        revisions += compared.revisions
    return entries, revisions


def count_independently(folder: Path) -> int:
    """Distinct (feed, guid or link) over all files, read with lxml alone."""
    found: set[tuple[str, str]] = set()
    for path in folder.rglob("*__*"):
        if not path.is_file():
            continue
        root = lxml.etree.fromstring(path.read_bytes(), lxml.etree.XMLParser(recover=True))
        if root is None:
            continue
        for item in root.iter("{*}item", "{*}entry"):
            fields = {
                child.tag.rpartition("}")[2]: "".join(child.itertext()).strip()
                for child in item
                if isinstance(child.tag, str)
            }
            title = re.sub(r"\s+", " ", fields.get("title", ""))
            key = fields.get("guid") or fields.get("id") or fields.get("link") or title
            if key:
                found.add((path.name.split("__")[0], key))
    return len(found)


def check_replay(folder: Path) -> None:
    entries, revisions = replay(folder)
    assert len(entries) == count_independently(folder)
    keys = [(revision.entry_id, revision.revision) for revision in revisions]
    assert len(keys) == len(set(keys))
    latest = {revision.entry_id: revision for revision in revisions}
    assert all(latest[entry_id].title == entry.title for entry_id, entry in entries.items())
    titles: dict[str, set[str]] = {}
    for revision in revisions:
        titles.setdefault(revision.entry_id, set()).add(revision.title)
    assert any(len(each) > 1 for each in titles.values()), "some outlet changed a title"


def test_own_captures_are_replayed() -> None:
    check_replay(OWN)
    entries, revisions = replay(OWN)
    titles = sorted(revision.title for revision in revisions)
    assert len(entries) == 4
    assert "Envoys of Norland and Sudria agree to talk again" in titles
    assert "Envoys of Norland and Sudria meet" in titles
    assert "Café closed by décrét" in titles


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared captures are not here")
def test_real_captures_are_replayed() -> None:
    check_replay(REAL)


def test_captures_come_in_order_of_time_and_misnamed_files_are_told(tmp_path: Path) -> None:
    for name in ("b__20260102000000__x.xml", "a__20260103000000__x.xml", "notes.txt", "a__99999999999999__x.xml"):
        (tmp_path / name).write_bytes(b"")
    found = find_captures(tmp_path)
    assert [capture.feed.feed_id for capture in found.captures] == ["b", "a"]
    assert sorted(path.name for path in found.unnamed) == ["a__99999999999999__x.xml", "notes.txt"]


def test_a_missing_folder_is_a_feed_error(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="not a folder"):
        find_captures(tmp_path / "none")
