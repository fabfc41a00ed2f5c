"""How long one round over 1,000 feeds of 30 KB takes, beside `reader` and `newsboat` over the same newsroom.

Each candidate runs in a process of its own, against a newsroom in another that answers after 20 ms: a first round that
knows nothing, one after 30 % of the feeds have changed, one after nothing has. Ours is the real one: plan, ask, parse,
compare, write to a warehouse, once with the file opened directly and once through the serving process.
`python -m tests.benchmarks.polling [--feeds N] [--kib N]`; `reader` comes into a throw-away environment, and is left
out with a line where that cannot be made, as `newsboat` is where it is not installed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from flows.rounds import polling
from flows.settings import Settings
from warehouse.connect import open_warehouse
from warehouse.endpoint import read_endpoint
from warehouse.records import Feed
from warehouse.write import write_feeds

CHANGED_SHARE = 0.3
CONCURRENCY = 64
ROUNDS = ("first", "30 % changed", "nothing changed")
READER_PROGRAM = """
import json, resource, sys, time
from reader import make_reader
reader = make_reader(sys.argv[1])
urls = json.loads(sys.stdin.readline())["urls"]
for url in urls:
    reader.add_feed(url)
while sys.stdin.readline():
    start, cpu = time.perf_counter(), time.process_time()
    reader.update_feeds(workers=int(sys.argv[2]), scheduled=False)
    print(json.dumps({"wall_s": time.perf_counter() - start, "cpu_s": time.process_time() - cpu,
                      "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                      "entries": reader.get_entry_counts().total}), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One round of one candidate: seconds on the wall and on the processor, largest memory so far in MiB."""

    wall_s: float
    cpu_s: float
    mib: float
    entries: int


class EndedEarlyError(Exception):
    """A candidate's process is gone."""


class Newsroom:
    """The newsroom's process, and what it is told."""

    def __init__(self, feeds: int, kib: int) -> None:
        command = [sys.executable, "-m", "tests.newsroom", "--feeds", str(feeds), "--kib", str(kib)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.urls: list[str] = self._read()["urls"]

    def _read(self) -> dict[str, Any]:
        if self._process.stdout is None:
            raise RuntimeError("the newsroom says nothing")
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def tell(self, command: str) -> dict[str, Any]:
        """What a command gives back."""
        if self._process.stdin is None:
            raise RuntimeError("the newsroom hears nothing")
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        return self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)


class Candidate:
    """A process that does a round at every line it is given, and says how it went."""

    def __init__(self, command: list[str], urls: list[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._say(json.dumps({"urls": urls}))

    def _say(self, line: str) -> None:
        if self._process.stdin is None:
            raise RuntimeError("the candidate hears nothing")
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def round(self) -> Measured:
        """Does one."""
        self._say("round")
        if self._process.stdout is None or not (line := self._process.stdout.readline()):
            raise EndedEarlyError("it ended without an answer")
        return Measured(**json.loads(line))

    def end(self) -> None:
        """Lets it go."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(60)


def do_rounds(home: Path) -> None:
    """Our own candidate: a round of polling at every line of the standard input."""
    urls = json.loads(sys.stdin.readline())["urls"]
    hosts = tuple(str(urlsplit(url).hostname) for url in urls)
    settings = Settings(home=home, allow_private_hosts=hosts, feed_concurrency=CONCURRENCY)
    now = datetime.now(UTC)
    feeds = [
        Feed(feed_id=f"f{n}", url=url, title=f"f{n}", outlet_id=f"o{n}", outlet_name=f"o{n}", family_id=f"o{n}",
             next_poll_at_utc=now)
        for n, url in enumerate(urls)
    ]  # fmt: skip
    with open_warehouse(home) as wh:
        write_feeds(wh, "stock", feeds, keeps_history=False)
    while sys.stdin.readline():
        start, cpu = time.perf_counter(), time.process_time()
        now += timedelta(days=2)  # everything is due again
        with open_warehouse(home) as wh:
            due = polling.plan_round(wh, now, limit=len(feeds))
            asyncio.run(polling.poll_feeds(wh, settings, due, now))
        measured = {"wall_s": time.perf_counter() - start, "cpu_s": time.process_time() - cpu}
        with open_warehouse(home) as wh:
            entries = wh.query("SELECT count(*) AS n FROM entries")[0]["n"]
        mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(json.dumps({**measured, "mib": mib, "entries": entries}) + "\n")
        sys.stdout.flush()


@contextmanager
def served(home: Path) -> Iterator[None]:
    """The serving process of this home while the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "warehouse.serve", "--home", str(home)], stderr=subprocess.DEVNULL
    )
    while read_endpoint(home) is None:
        time.sleep(0.05)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def measure(room: Newsroom, do_round: Callable[[], Measured]) -> list[Measured]:
    """The three rounds."""
    found = [do_round()]
    room.tell(f"publish {CHANGED_SHARE}")
    return [*found, do_round(), do_round()]


def measure_ours(room: Newsroom, folder: Path) -> list[Measured]:
    """Our own rounds with this home."""
    candidate = Candidate([sys.executable, "-m", "tests.benchmarks.polling", "--home", str(folder)], room.urls)
    try:
        return measure(room, candidate.round)
    finally:
        candidate.end()


def measure_reader(room: Newsroom, folder: Path) -> list[Measured] | str:
    """The rounds of `reader`, or why there are none."""
    environment = folder / "reader-environment"
    made = subprocess.run([sys.executable, "-m", "venv", str(environment)], capture_output=True, text=True, check=False)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "reader", "sgmllib3k"]
    if made.returncode or subprocess.run(pip, capture_output=True, text=True, check=False).returncode:
        return "it could not be installed"
    program = folder / "rounds.py"
    program.write_text(READER_PROGRAM, encoding="utf-8")
    python = str(environment / "bin" / "python")
    candidate = Candidate([python, str(program), str(folder / "reader.sqlite"), str(CONCURRENCY)], room.urls)
    try:
        return measure(room, candidate.round)
    finally:
        candidate.end()


def measure_newsboat(room: Newsroom, folder: Path) -> list[Measured] | str:
    """The rounds of `newsboat`, or why there are none; each start of it is part of its round."""
    program = shutil.which("newsboat")
    if program is None:
        return "it is not installed (Debian package newsboat)"
    (folder / "urls").write_text("\n".join(room.urls) + "\n", encoding="utf-8")
    (folder / "config").write_text(f"reload-threads {CONCURRENCY}\n", encoding="utf-8")
    command = [program, "-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config")]

    def do_round() -> Measured:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run([*command, "-x", "reload"], capture_output=True, check=True)
        wall_s = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        counted = subprocess.run([*command, "-x", "print-unread"], capture_output=True, text=True, check=True)
        return Measured(wall_s, cpu_s, after.ru_maxrss / 1024, int(counted.stdout.split()[0]))

    return measure(room, do_round)


def write_table(found: dict[str, list[Measured] | str], asked: dict[str, dict[str, Any]]) -> None:
    """Prints a line a candidate and round, then how many times ours is as fast."""
    for name, rounds in found.items():
        if isinstance(rounds, str):
            sys.stdout.write(f"{name}: not measured: {rounds}\n")
            continue
        for title, one in zip(ROUNDS, rounds, strict=True):
            sys.stdout.write(
                f"{name:18} {title:16} {one.wall_s:7.1f} s  {one.cpu_s:7.1f} s of processor  {one.mib:5.0f} MiB  "
                f"{one.entries} entries\n"
            )
        sys.stdout.write(f"{'':18} the newsroom counted {asked[name]}\n")
    ours = found["mereda"]
    for name, rounds in found.items():
        if name.startswith("mereda") or isinstance(rounds, str) or isinstance(ours, str):
            continue
        for title, our, their in zip(ROUNDS, ours, rounds, strict=True):
            times = f"{their.wall_s / our.wall_s:.1f} times as fast, {their.cpu_s / our.cpu_s:.1f} in processor time"
            sys.stdout.write(f"mereda against {name}, {title}: {times}\n")


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.polling")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--kib", type=int, default=30)
    parser.add_argument("--only", action="append", help="measure only candidates whose name begins so")
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.home is not None:
        do_rounds(given.home)
        return 0
    candidates: dict[str, Callable[[Newsroom, Path], list[Measured] | str]] = {
        "mereda": measure_ours,
        "mereda, served": measure_ours,
        "reader": measure_reader,
        "newsboat": measure_newsboat,
    }
    found: dict[str, list[Measured] | str] = {}
    asked: dict[str, dict[str, Any]] = {}
    for name, run in candidates.items():
        if given.only and not name.startswith(tuple(given.only)):
            continue
        with tempfile.TemporaryDirectory() as folder, Newsroom(given.feeds, given.kib) as room:
            with served(Path(folder)) if name.endswith("served") else nullcontext():
                try:
                    found[name] = run(room, Path(folder))
                except (EndedEarlyError, subprocess.CalledProcessError) as error:
                    found[name] = f"it failed: {error}"
            asked[name] = room.tell("count")
    write_table(found, asked)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
