"""New, revised, unchanged."""

from __future__ import annotations

from dataclasses import replace

from flows.feeds.revise import compare_entries
from tests.feeds.world import NOW
from warehouse.records import Entry

ENTRY = Entry(
    entry_id="a", feed_id="f", outlet_id="o", guid=None, url=None, title="t", summary="s", content="", content_hash="h1"
)


def test_an_unknown_entry_is_new_with_its_first_revision() -> None:
    compared = compare_entries([ENTRY], {}, NOW)
    assert [entry.revision for entry in compared.new] == [1]
    assert [(row.entry_id, row.revision, row.title, row.seen_at_utc) for row in compared.revisions] == [
        ("a", 1, "t", NOW)
    ]


def test_an_edit_is_the_next_revision() -> None:
    compared = compare_entries([replace(ENTRY, title="t2", content_hash="h2")], {"a": ("h1", 3)}, NOW)
    assert [(entry.title, entry.revision) for entry in compared.revised] == [("t2", 4)]
    assert [row.revision for row in compared.revisions] == [4]
    assert compared.new == []


def test_what_is_known_is_unchanged() -> None:
    compared = compare_entries([ENTRY], {"a": ("h1", 1)}, NOW)
    assert (compared.new, compared.revised, compared.revisions, compared.unchanged_ids) == ([], [], [], ["a"])


def test_the_same_input_twice_changes_nothing_the_second_time() -> None:
    first = compare_entries([ENTRY, ENTRY], {}, NOW)
    states = {entry.entry_id: (entry.content_hash, entry.revision) for entry in first.new}
    assert compare_entries([ENTRY, ENTRY], states, NOW).revisions == []
