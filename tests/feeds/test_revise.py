"""New, revised, unchanged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.revise import compare_entries, recognise_entries
from tests.feeds.world import NOW
from tests.records import make_entry

ENTRY = make_entry("a", summary="s", content_hash="h1")


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


AT_A_LINK = replace(ENTRY, guid="1", url="https://news.example/1", published_at_utc=NOW, published_source="feed")


def test_an_item_of_changing_guid_is_found_by_its_link() -> None:
    seen_again = replace(AT_A_LINK, entry_id="b", guid="2", url="http://news.example/1?utm_source=x", title="edited")
    (found,) = recognise_entries([seen_again], {"a"}, [AT_A_LINK])
    assert (found.entry_id, found.title) == ("a", "edited")
    redated = replace(AT_A_LINK, entry_id="b", published_at_utc=NOW + timedelta(hours=1))
    assert recognise_entries([redated], {"a"}, [AT_A_LINK])[0].entry_id == "a"


def test_another_item_at_the_same_link_stays_another() -> None:
    other = replace(AT_A_LINK, entry_id="b", title="other", published_at_utc=NOW + timedelta(hours=1))
    of_another_outlet = replace(AT_A_LINK, entry_id="c", outlet_id="p")
    linkless = replace(AT_A_LINK, entry_id="d", url=None)
    entries = [other, of_another_outlet, linkless]
    assert recognise_entries(entries, {"a"}, [AT_A_LINK]) == entries
    # Both shown at once are two items, and of two that come for one only one can be it.
    both = [AT_A_LINK, replace(AT_A_LINK, entry_id="b")]
    assert recognise_entries(both, {"a"}, [AT_A_LINK]) == both
    twins = [replace(AT_A_LINK, entry_id=name) for name in "bc"]
    assert [entry.entry_id for entry in recognise_entries(twins, {"a"}, [AT_A_LINK])] == ["a", "c"]


TITLES = st.text("ab", min_size=1, max_size=2)


@given(st.lists(st.tuples(TITLES, TITLES, st.booleans()), min_size=1, max_size=6, unique_by=lambda item: item[0]))
def test_an_edit_is_one_revision_and_no_edit_is_none(items: list[tuple[str, str, bool]]) -> None:
    first = [replace(ENTRY, entry_id=name, title=title, content_hash=title) for name, title, _ in items]
    later = [
        replace(entry, title=entry.title + "!", content_hash=entry.title + "!") if is_edited else entry
        for entry, (_, _, is_edited) in zip(first, items, strict=True)
    ]
    known = {entry.entry_id: (entry.content_hash, 1) for entry in compare_entries(first, {}, NOW).new}
    compared = compare_entries(later, known, NOW)
    edited = [name for name, _, is_edited in items if is_edited]
    assert compared.new == []
    assert [(revision.entry_id, revision.revision) for revision in compared.revisions] == [(name, 2) for name in edited]
    again = {entry.entry_id: (entry.content_hash, entry.revision) for entry in compared.revised}
    assert compare_entries(later, known | again, NOW).revisions == []
