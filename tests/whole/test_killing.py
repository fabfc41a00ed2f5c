"""Killed at any moment and started again: nothing is lost, nothing is stuck, nothing is counted twice."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from flows.processes import MARK_NAME, RUN_NAME
from flows.rounds import assessing, fetching, polling
from flows.settings import Settings
from flows.wire import Wire, feeds_of, load_outlets, serve_wire
from tests.supervised import RunningHome, processes_of
from tests.waiting import PATIENCE_S, wait_for, wait_for_one
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.read import read_entries_without_article, read_feeds
from warehouse.write import write_feeds

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(3600)]

UNENDED = ("RUNNING", "PENDING", "CANCELLING")
SERVICES = ("warehouse", "prefect", "dashboard", "worker")
RUN = "run"  # the process of a flow run, which the worker starts
QUESTIONS = {
    "entries": "SELECT entry_id, content_hash, article_id FROM entries",
    "articles": "SELECT article_id, content_hash, text_source, is_relevant FROM articles",
    "mentions": "SELECT mention_id, article_id, type, status FROM mentions WHERE superseded_at_utc IS NULL",
    "events": "SELECT type, actor_code, target_code, status, starts_on, list_sort(list(mention_id)) AS told "
    "FROM events JOIN event_mentions USING (event_id) WHERE withdrawn_at_utc IS NULL GROUP BY ALL",
    "days": "SELECT side_a_code, side_b_code, on_date, event_count, round(conflict, 6), round(cooperation, 6) "
    "FROM daily_dyads",
}
Picture = dict[str, list[tuple[Any, ...]]]


def draw(wh: Warehouse) -> Picture:
    """What the warehouse holds, but for instants and for ids that depend on them."""
    return {name: sorted((tuple(row.values()) for row in wh.query(q)), key=repr) for name, q in QUESTIONS.items()}


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    with serve_wire(start_full=True) as serving:
        yield serving


def stock(home: Path, wire: Wire) -> None:
    with open_warehouse(home) as wh:
        # Without the feed that refuses now and then, which would be asked again only minutes later.
        flaky = {f"demo-{outlet.outlet_id}" for outlet in load_outlets().values() if outlet.is_flaky}
        write_feeds(wh, "stock", [feed for feed in feeds_of(wire.base_url) if feed.feed_id not in flaky])


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, wire: Wire) -> Picture:
    settings = Settings(
        home=tmp_path_factory.mktemp("undisturbed") / "home", allow_private_hosts=("127.0.0.1",), host_spacing_s=0
    )
    stock(settings.home, wire)
    with open_warehouse(settings.home) as wh:
        now = datetime.now(UTC)
        asyncio.run(polling.poll_feeds(wh, settings, read_feeds(wh), now))
        entries = read_entries_without_article(wh, 10_000)
        asyncio.run(fetching.fetch_articles(wh, settings, entries, fetches_pages=True, now=now))
        assessing.assess_all(wh, settings, now)
        return draw(wh)


def find_victim(running: RunningHome, name: str) -> psutil.Process | None:
    """The process of a service or of a flow run; None where there is none just now."""
    for process in processes_of(running.home):
        try:
            found = process.environ()
            if name == RUN and RUN_NAME in found:
                return process
            if found[MARK_NAME] == f"{name}:{running.home}" and RUN_NAME not in found and is_child(running, process):
                return process
        except (psutil.NoSuchProcess, KeyError):
            continue
    return None


def is_child(running: RunningHome, process: psutil.Process) -> bool:
    return running.process is not None and process.ppid() == running.process.pid


def kill_one(running: RunningHome, name: str) -> None:
    """Kills it, and comes back once the supervisor has put things right."""
    victim = wait_for_one(lambda: find_victim(running, name), PATIENCE_S, f"a {name} to kill")
    if name == RUN:
        run_id = victim.environ()[RUN_NAME]
        victim.kill()
        wait_for(
            lambda: running.ask(f"flow_runs/{run_id}").json()["state_type"] not in UNENDED,
            PATIENCE_S,
            "the killed run to end",
        )
    else:
        victim.kill()
        wait_for(
            lambda: (again := find_victim(running, name)) is not None and again.pid != victim.pid,
            PATIENCE_S,
            f"{name} again",
        )


def is_collecting(running: RunningHome) -> bool:
    wish = {"flow_runs": {"state": {"type": {"any_": ["RUNNING"]}}}, "flows": {"name": {"any_": ["collect"]}}}
    return bool(running.ask("flow_runs/filter", wish).json())


def is_as(expected: Picture, home: Path) -> bool:
    with open_warehouse(home, role="read") as wh:
        return draw(wh) == expected


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.long)])
def test_any_process_killed_at_any_moment_changes_nothing_in_the_end(
    tmp_path: Path, wire: Wire, undisturbed: Picture, kills: int
) -> None:
    seed = int.from_bytes(os.urandom(4))
    rng = random.Random(seed)
    home = tmp_path / "home"
    stock(home, wire)
    settings = {
        "uses_catalogue": "false",
        "allow_private_hosts": "127.0.0.1",
        "host_spacing_s": "0.2",  # so that a collection lasts, and is met by what is killed
        "collect_every_s": "10",
        "assess_every_s": "15",
    }
    with RunningHome(home, settings=settings) as running:
        for name in rng.sample([*SERVICES, RUN] * (1 + kills // 5), kills):
            wait_for(lambda: is_collecting(running), PATIENCE_S, "a collection to be met")
            time.sleep(2 * rng.random())
            kill_one(running, name)
        wait_for(lambda: is_collecting(running), PATIENCE_S, "a collection to be met")
        time.sleep(2 * rng.random())
        before = draw_ids(home)
        assert running.process is not None
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait(60)
        running.start()
        assert any("left behind" in line for line in running.output)
        after = draw_ids(home)
        assert all(before[name] <= after[name] for name in before), "what was committed is still there"
        # Feeds that were being asked when their round was killed are asked again two minutes later: waited for by the
        # long run.
        if kills < 20:
            running.run_by_form("collect", {"is_forced": True})
        wait_for(lambda: is_as(undisturbed, home), PATIENCE_S, f"the same as undisturbed (seed {seed})")
        assert running.stop() == 0
        assert processes_of(home) == []
        assert not (home / "warehouse.endpoint").exists()
    assert read_unended_runs(home) == []
    with open_warehouse(home) as wh:
        assert draw(wh) == undisturbed
        assert check_warehouse(wh) == []


def draw_ids(home: Path) -> dict[str, set[str]]:
    with open_warehouse(home, role="read") as wh:
        return {
            table: {row["id"] for row in wh.query(f"SELECT {key} AS id FROM {table}")}
            for table, key in {"entries": "entry_id", "articles": "article_id", "mentions": "mention_id"}.items()
        }


def read_unended_runs(home: Path) -> list[tuple[str, str]]:
    """Runs that Prefect's own database, once nobody has it open, says are still at work."""
    with sqlite3.connect(home / "prefect" / "prefect.db") as database:
        rows = database.execute("SELECT name, state_type FROM flow_run").fetchall()
    database.close()
    assert rows
    return [row for row in rows if row[1] in UNENDED]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_stopped_while_it_starts_it_leaves_no_orphan(tmp_path: Path, number: signal.Signals) -> None:
    running = RunningHome(tmp_path / "home", "--demo")
    try:
        running.launch()
        wait_for(lambda: any("Starting" in line for line in running.output), PATIENCE_S, "the start to begin")
        time.sleep(random.random() * 4)
        assert running.stop(number) == 0
        assert processes_of(running.home) == []
    finally:
        running.kill()
