"""Writers that meet: two processes at a server, two transactions at one row, a file that is held."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from tests.records import make_entry as entry
from tests.warehouse.serving import serving
from tests.warehouse.world import NOW, feed
from tests.warehouse.writing_process import COUNT_UP
from warehouse.changes import Rows
from warehouse.connect import open_warehouse
from warehouse.endpoint import DATABASE_NAME, LOCK_NAME
from warehouse.errors import WarehouseError
from warehouse.feed_list import address_set, status_set, write_feed_list
from warehouse.migrate import migrate
from warehouse.read import read_feeds, read_meta
from warehouse.records import Entry, EntryRevision
from warehouse.tables import record_of
from warehouse.write import set_meta, write_feeds, write_poll_round

ROOT = Path(__file__).parents[2]
BATCHES = 40


def test_two_processes_write_at_once_and_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    with serving(tmp_path), open_warehouse(tmp_path) as wh:
        set_meta(wh, "count", "0")
        command = [sys.executable, "-m", "tests.warehouse.writing_process", str(tmp_path)]
        writers = [subprocess.Popen([*command, name, str(BATCHES)], cwd=ROOT) for name in ("left", "right")]
        assert [writer.wait(120) for writer in writers] == [0, 0]
        expected = [f"{name}-{number}" for name in ("left", "right") for number in range(BATCHES)]
        assert Counter(one.feed_id for one in read_feeds(wh)) == Counter(expected)
        assert read_meta(wh, "count") == str(2 * BATCHES)
        keys = wh.query("SELECT batch_key FROM batches WHERE batch_key NOT LIKE 'meta %'")
        assert sorted(row["batch_key"] for row in keys) == sorted(one.replace("-", " ") for one in expected)


def test_a_batch_that_meets_another_transaction_is_tried_again_until_it_is_through(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        set_meta(wh, "count", "0")
        other = duckdb.connect(str(tmp_path / DATABASE_NAME))
        other.execute("BEGIN TRANSACTION")
        other.execute("UPDATE meta SET value = '10' WHERE name = 'count'")
        outcome: list[bool] = []
        writer = threading.Thread(target=lambda: outcome.append(wh.apply("k", [Rows([feed("1")]), COUNT_UP])))
        writer.start()
        writer.join(0.3)
        assert outcome == []
        other.execute("COMMIT")
        writer.join(20)
        other.close()
        assert outcome == [True]
        assert read_meta(wh, "count") == "11"
        assert not wh.apply("k", [COUNT_UP])


def test_a_conflict_that_does_not_pass_is_said_to_be_worth_a_retry(tmp_path: Path) -> None:
    with open_warehouse(tmp_path, retry_s=0.2) as wh:
        set_meta(wh, "count", "0")
        other = duckdb.connect(str(tmp_path / DATABASE_NAME))
        other.execute("BEGIN TRANSACTION")
        other.execute("UPDATE meta SET value = '10' WHERE name = 'count'")
        with pytest.raises(WarehouseError) as refused:
            wh.apply("k", [Rows([feed("1")]), COUNT_UP])
        other.execute("ROLLBACK")
        other.close()
        assert refused.value.is_retryable
        assert read_feeds(wh) == []


def test_a_held_file_is_not_migrated_and_one_line_says_so(tmp_path: Path) -> None:
    with FileLock(tmp_path / LOCK_NAME), pytest.raises(WarehouseError) as refused:
        migrate(tmp_path, wait_s=0.05)
    assert refused.value.is_retryable
    assert "Another process holds" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert migrate(tmp_path), "let go, it is migrated"
    assert migrate(tmp_path) == []


def test_a_file_that_is_no_warehouse_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).write_bytes(b"not a database" * 1000)
    for attempt in (migrate, open_warehouse):
        with pytest.raises(WarehouseError) as refused:
            attempt(tmp_path)
        assert not refused.value.is_retryable
        assert len(str(refused.value).splitlines()) == 1


def test_a_held_file_is_not_opened_either(tmp_path: Path) -> None:
    with FileLock(tmp_path / LOCK_NAME), pytest.raises(WarehouseError, match="Another process holds") as refused:
        open_warehouse(tmp_path, wait_s=0.05)
    assert refused.value.is_retryable


@pytest.mark.parametrize("status", ["paused", "retired"])
def test_a_feed_stopped_by_a_person_while_it_is_polled_stays_stopped(tmp_path: Path, status: str) -> None:
    with serving(tmp_path), open_warehouse(tmp_path) as poller, open_warehouse(tmp_path) as person:
        write_feeds(person, "stock", [feed("stopped"), feed("other")])
        asked = {one.feed_id: one for one in read_feeds(poller)}
        assert write_feed_list(person, "word", [status_set("stopped", status)])
        after = [replace(one, last_polled_at_utc=NOW, etag="e", failure_count=0) for one in asked.values()]
        assert write_poll_round(poller, "round", [], [(asked[one.feed_id], one) for one in after], [], [])
        found = {one.feed_id: one for one in read_feeds(person)}
        assert (found["stopped"].status, found["other"].status) == (status, "active")
        assert all((one.last_polled_at_utc, one.etag) == (NOW, "e") for one in found.values())


def test_a_feed_resumed_by_a_person_while_it_is_polled_stays_resumed(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        write_feeds(wh, "stock", [feed("1", status="paused")])
        asked = read_feeds(wh)[0]
        later = NOW + timedelta(hours=1)
        assert write_feed_list(wh, "word", [status_set("1", "active", next_poll_at_utc=NOW)])
        write_poll_round(wh, "round", [], [(asked, replace(asked, next_poll_at_utc=later))], [], [])
        found = read_feeds(wh)[0]
        assert (found.status, found.next_poll_at_utc) == ("active", later)


def test_an_address_and_a_title_given_by_a_person_while_the_feed_is_polled_stay(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        write_feeds(wh, "stock", [feed("1", title="", etag="old"), feed("2")])
        first, second = sorted(read_feeds(wh), key=lambda one: one.feed_id)
        write_feeds(wh, "word", [replace(first, url="https://new.example/rss", title="Mine")])
        learned: dict[str, Any] = {
            "url": "https://moved.example/rss",
            "title": "Theirs",
            "etag": "new",
            "status": "paused",
        }
        write_poll_round(wh, "round", [], [(one, replace(one, **learned)) for one in (first, second)], [], [])
        found = {one.feed_id: (one.url, one.title, one.etag, one.status) for one in read_feeds(wh)}
        # What the old address gave, its being gone included, says nothing of the new one.
        assert found["1"] == ("https://new.example/rss", "Mine", "old", "active")
        assert found["2"] == ("https://moved.example/rss", "Theirs", "new", "paused")


def test_a_persons_word_leaves_what_polling_knows(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        write_feeds(wh, "stock", [feed("1")])
        asked = read_feeds(wh)[0]
        polled = replace(asked, etag="e", failure_count=3, next_poll_at_utc=NOW)
        write_poll_round(wh, "round", [], [(asked, polled)], [], [])
        write_feed_list(wh, "word", [status_set("1", "paused")])
        assert read_feeds(wh) == [replace(polled, status="paused")]


def test_a_replaced_address_begins_anew_whatever_a_poll_of_the_old_one_says(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        write_feeds(wh, "stock", [feed("1")])
        fresh = read_feeds(wh)[0]
        failing = replace(
            fresh, failing_since_utc=NOW, failure_class="hard", failure_reason="answered 410", failure_count=7,
            etag="e", redirect_url="https://a.example/x", redirect_count=2, longest_gap_s=60.0, status="paused",
        )  # fmt: skip
        write_poll_round(wh, "old round", [], [(fresh, failing)], [], [])
        moved = replace(failing, url="https://new.example/rss", status="active")
        write_feed_list(wh, "word", [address_set(moved, next_poll_at_utc=NOW)])
        replaced = read_feeds(wh)[0]
        assert replaced == replace(
            fresh, url="https://new.example/rss", original_url="https://new.example/rss", longest_gap_s=60.0,
            next_poll_at_utc=NOW, next_poll_reason="its address was replaced",
        )  # fmt: skip
        write_poll_round(wh, "late round", [], [(failing, replace(failing, failure_count=8))], [], [])
        assert read_feeds(wh)[0] == replaced


@pytest.mark.parametrize("is_served", [False, True])
def test_every_state_of_an_entry_is_kept_with_its_own_texts(tmp_path: Path, is_served: bool) -> None:
    first = entry("n1", title="Talks", summary="It's on", content_hash="a", revision=1, first_seen_at_utc=NOW)
    second = replace(first, title="Talks end", summary="It's $$ over", content_hash="b", revision=2)
    other = entry("n2", title="Calm", content_hash="c", revision=3, first_seen_at_utc=NOW)
    later = NOW + timedelta(minutes=1)
    states = [state_of(first, NOW), state_of(second, later), replace(state_of(other, later), title="An older one")]
    with serving(tmp_path) if is_served else nullcontext(), open_warehouse(tmp_path) as wh:
        assert write_poll_round(wh, "round", [], [], [first, second, other], states)
        kept = wh.query("SELECT * FROM entry_revisions ORDER BY entry_id, revision")
        assert [record_of(EntryRevision, row) for row in kept] == states
        found = wh.query("SELECT entry_id, title, summary, revision FROM entries ORDER BY entry_id")
        assert [tuple(row.values()) for row in found] == [
            ("n1", "Talks end", "It's $$ over", 2),
            ("n2", "Calm", other.summary, 3),
        ]


def state_of(one: Entry, seen_at_utc: datetime) -> EntryRevision:
    return EntryRevision(
        entry_id=one.entry_id, revision=one.revision, title=one.title, summary=one.summary, content=one.content,
        published_at_utc=one.published_at_utc, seen_at_utc=seen_at_utc,
    )  # fmt: skip
