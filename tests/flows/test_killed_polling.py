"""The process that polls, killed at any moment and started again: no entry lost, none doubled."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.flows.polling_process import START
from tests.newsroom import Newsroom, open_newsroom
from tests.newsroom.publishing import Publication, write_item
from warehouse.connect import open_warehouse
from warehouse.records import Feed
from warehouse.write import write_feeds

FEEDS, KILLS = 60, 5
MOST_ITEMS = 3000  # a machine that is slow to start a process would else make its feeds ever longer
ADDRESSES = [f"127.9.0.{number + 1}" for number in range(FEEDS)]


@contextmanager
def publishing(papers: list[Publication]) -> Iterator[None]:
    """Every paper brings out something again and again, while the block lasts."""
    ended = threading.Event()

    def write() -> None:
        number = 0
        while number < MOST_ITEMS and not ended.wait(0.01):
            paper = papers[number % len(papers)]
            paper.publish(write_item(number, START, signs=60))
            number += 1

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(10)


def start(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.flows.polling_process", str(home), ",".join(ADDRESSES)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def wait_for_round(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "round\n"


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait(10)
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_at_any_moment_it_loses_and_doubles_nothing(tmp_path: Path) -> None:
    room = Newsroom()
    papers = [Publication(name=f"p{number}", window=100_000) for number in range(FEEDS)]
    rng = random.Random()
    with open_newsroom(room, addresses=ADDRESSES, after_s=0.005):
        urls = [room.put(address, "/", paper) for address, paper in zip(ADDRESSES, papers, strict=True)]
        feeds = [
            Feed(
                feed_id=f"f{number}", url=url, title="t", outlet_id=f"o{number}", outlet_name="o", family_id="o",
                next_poll_at_utc=START,
            )
            for number, url in enumerate(urls)
        ]  # fmt: skip
        with open_warehouse(tmp_path) as wh:
            write_feeds(wh, "stock", feeds, keeps_history=False)
        with publishing(papers):
            for _ in range(KILLS):
                process = start(tmp_path)
                wait_for_round(process)
                time.sleep(rng.random())
                kill(process)
        process = start(tmp_path)
        for _ in range(2):  # the first may be without feeds that a killed round had claimed
            wait_for_round(process)
        kill(process)
    with open_warehouse(tmp_path) as wh:
        rows = wh.query("SELECT feed_id, guid FROM entries")
        revisions = wh.query("SELECT count(*) AS n FROM entry_revisions")[0]["n"]
    kept = {(row["feed_id"], row["guid"]) for row in rows}
    published = {(f"f{number}", paper.guid(item, 1)) for number, paper in enumerate(papers) for item in paper.items}
    assert len(published) > FEEDS
    assert kept == published
    assert len(rows) == len(kept) == revisions
