"""What a reader waits for on a large warehouse: every read model, first paints, redraws, and twenty readers at once.

    python -m tests.benchmarks.dashboard [--events 1000000] [--articles 100000] [--home DIR] [--kept]

The warehouse is made by `tests.benchmarks.large` (in DIR, kept with --kept and used again where it is there) and served
as ever; read models are asked as the dashboard asks them, over the wire, each warm: asked twice before it is measured.
Beside the time on the wall stands what warehouse and dashboard worked for it, in seconds of the processor, all threads
together: on a machine that does other things too only that says something.
A redraw is a page drawn again after something was committed: after every table changed, so that every answer on it is
asked anew, and after a round of polls.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import psutil
from playwright.sync_api import expect

from flows.indices.daily import state_codes
from tests.benchmarks.large.fill import fill_warehouse
from tests.benchmarks.large.questions import questions_of
from tests.benchmarks.sessions import Session
from tests.browsing import open_browser
from tests.dashboard.screens import DESK, wait_until_drawn
from tests.ports import free_port
from warehouse.changes import Statement
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import read_endpoint
from warehouse.versions import known_tables

ROOT = Path(__file__).parents[2]
# A read model is asked so often, less where that takes longer than so many seconds: it has missed its goal already.
TRIES, LEAST_TRIES = 20, 3
A_MODEL_S = 2.0
MODEL_GOAL_MS = 100
READERS = 20
ROUNDS = 3
PAGES = {
    "Today": "",
    "Pair": "pair",
    "Map": "map",
    "Stories": "stories",
    "Search": "search",
    "Feeds": "feeds",
    "Quality": "quality",
    "Method": "method",
}
MIB = 1024 * 1024
Commit = Callable[[Collection[str]], None]
# What a commit changes, and the tables it says it touched.
CHANGES: dict[str, Collection[str]] = {
    "after all changed": known_tables(),
    "after polls": ("polls", "feeds", "entries", "articles"),
    "after nothing": (),
}


@contextmanager
def running(log: Path, *arguments: str, **environment: str) -> Iterator[psutil.Process]:
    """A module of ours in a process of its own while the block lasts."""
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=ROOT, env=os.environ | environment, stdout=written, stderr=written
        )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=120)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies, the nearest one."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def worked_s(*processes: psutil.Process) -> float:
    """Seconds of the processor that these processes have used so far, all threads together."""
    return sum(times.user + times.system for times in (process.cpu_times() for process in processes))


def measure_models(wh: Warehouse, today: date, warehouse: psutil.Process) -> Iterator[str]:
    """A line for each read model: p50 and p95 on the wall, what the warehouse worked for one, rows."""
    for name, ask in questions_of(wh, today).items():
        began = time.perf_counter()
        rows = len(ask(wh))
        ask(wh)
        tries = max(LEAST_TRIES, min(TRIES, round(A_MODEL_S / (time.perf_counter() - began) * 2)))
        waits, worked = [], worked_s(warehouse)
        for _ in range(tries):
            began = time.perf_counter()
            ask(wh)
            waits.append(1000 * (time.perf_counter() - began))
        work = 1000 * (worked_s(warehouse) - worked) / tries
        tail = percentile(waits, 0.95)
        yield (
            f"  {name:<36} p50 {statistics.median(waits):8.1f}  p95 {tail:8.1f} ms  worked {work:7.1f} ms  "
            f"{rows:7,d} rows{'' if tail <= MODEL_GOAL_MS else '  above the goal'}\n"
        )


def measure_first_paints(address: str, processes: Sequence[psutil.Process]) -> Iterator[str]:
    """A line for each page: opened in a browser that has not seen it, until all is drawn; one before is not counted."""
    expect.set_options(timeout=120_000)
    with open_browser() as browser:
        for number, (title, path) in enumerate([("warming", ""), *PAGES.items()]):
            context = browser.new_context(viewport=DESK, reduced_motion="reduce")
            page = context.new_page()
            began, worked = time.perf_counter(), worked_s(*processes)
            page.goto(f"{address}/{path}", timeout=120_000)
            expect(page.get_by_role("heading").first).to_be_visible()
            seen = time.perf_counter() - began
            wait_until_drawn(page)
            drawn, work = time.perf_counter() - began, worked_s(*processes) - worked
            if number:
                yield f"  {title:<10} heading {seen:5.2f}  all drawn {drawn:5.2f}  worked {work:5.2f} s\n"
            context.close()


async def measure_redraws(address: str, commit: Commit, processes: Sequence[psutil.Process]) -> str:
    """A line for each page: drawn again after each kind of change, and after none."""
    lines = []
    for title, path in PAGES.items():
        async with Session(address, path) as session:
            await session.draw()
            told = []
            for change, tables in CHANGES.items():
                waits, works = [], []
                for _ in range(3):
                    await asyncio.to_thread(commit, tables)
                    worked = worked_s(*processes)
                    waits.append(await session.draw())
                    works.append(worked_s(*processes) - worked)
                told.append(f"{change} {statistics.median(waits):5.2f}  worked {statistics.median(works):5.2f}  ")
        lines.append(f"  {title:<10} {''.join(told)}s\n")
    return "".join(lines)


async def measure_readers(address: str, commit: Commit, processes: Sequence[psutil.Process]) -> str:
    """A line on readers at once, each with a page open, all redrawn at once after every table changed; and memory."""
    paths = list(PAGES.values())
    sessions = [Session(address, paths[number % len(paths)]) for number in range(READERS)]
    waits: list[float] = []
    for session in sessions:
        await session.__aenter__()
    try:
        await asyncio.gather(*(session.draw() for session in sessions))
        worked = worked_s(*processes)
        for _ in range(ROUNDS):
            await asyncio.to_thread(commit, known_tables())
            waits += await asyncio.gather(*(session.draw() for session in sessions))
        work = (worked_s(*processes) - worked) / ROUNDS
        memory = [process.memory_info().rss / MIB for process in processes]
    finally:
        for session in sessions:
            await session.__aexit__(None, None, None)
    return (
        f"  {READERS} readers, {ROUNDS} rounds: p50 {statistics.median(waits):.2f}  "
        f"p95 {percentile(waits, 0.95):.2f}  worked {work:.2f} s a round; "
        f"memory: warehouse {memory[0]:,.0f}, dashboard {memory[1]:,.0f} MiB\n"
    )


@contextmanager
def served(home: Path) -> Iterator[tuple[str, list[psutil.Process]]]:
    """The address of a dashboard on this home, and the processes of warehouse and dashboard."""
    port = str(free_port())
    with running(home / "serve.log", "warehouse.serve", "--home", str(home)) as warehouse:
        # One that was killed leaves its endpoint behind.
        while (endpoint := read_endpoint(home)) is None or endpoint.pid != warehouse.pid:
            if warehouse.status() == psutil.STATUS_ZOMBIE:
                raise RuntimeError(f"The warehouse of {home} did not start: see {home / 'serve.log'}.")
            time.sleep(0.1)
        asked = ("streamlit", "run", "dashboard/app.py", "--server.port", port)
        with running(home / "dashboard.log", *asked, MEREDA_HOME=str(home)) as dashboard:
            with httpx.Client(transport=httpx.HTTPTransport(retries=10), timeout=60) as client:
                client.get(f"http://127.0.0.1:{port}/_stcore/health").raise_for_status()
            yield f"http://127.0.0.1:{port}", [warehouse, dashboard]


def measure(home: Path) -> Iterator[str]:
    """The report on the warehouse of this home, piece by piece."""
    with served(home) as (address, processes), open_warehouse(home) as writer:

        def commit(tables: Collection[str]) -> None:
            if tables:
                key = f"benchmark {datetime.now(UTC).isoformat()}"
                writer.apply(key, [Statement(f"DELETE FROM {table} WHERE false", table) for table in sorted(tables)])

        with open_warehouse(home, role="read") as reader:
            yield f"Read models, over the wire, warm; the goal is a p95 of {MODEL_GOAL_MS} ms\n"
            yield from measure_models(reader, datetime.now(UTC).date(), processes[0])
        yield f"Memory of the warehouse after them: {processes[0].memory_info().rss / MIB:,.0f} MiB\n"
        yield "First paint in a browser that has seen nothing; the goal is 2 s\n"
        yield from measure_first_paints(address, processes)
        yield "A page drawn again; the goal is 1 s\n"
        yield asyncio.run(measure_redraws(address, commit, processes))
        yield "Readers at once; the goal is a p95 of 2 s and 1,500 MiB\n" + asyncio.run(
            measure_readers(address, commit, processes)
        )


def main(arguments: Sequence[str]) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--home", type=Path, help="the folder of the large warehouse (default: one that goes away)")
    parser.add_argument("--kept", action="store_true", help="leave the large warehouse where it is")
    given = parser.parse_args(arguments)
    # Asked to stop, it stops what it started too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    home = given.home or Path(tempfile.mkdtemp(prefix="mereda-large-"))
    try:
        if not (home / "warehouse.duckdb").exists():
            began = time.perf_counter()
            today = datetime.now(UTC).date()
            fill_warehouse(home, given.events, given.articles, last_on=today, side_codes=sorted(state_codes()))
            size = (home / "warehouse.duckdb").stat().st_size / MIB
            sys.stdout.write(f"made in {time.perf_counter() - began:,.0f} s, {size:,.0f} MiB\n")
        for part in measure(home):
            sys.stdout.write(part)
            sys.stdout.flush()
    finally:
        if not given.kept:
            shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
