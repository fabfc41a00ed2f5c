"""Prints the curve: what the next day costs on each history, by stage."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flows.articles.duplicates import NearDuplicates, band_keys_of, read_signature, signature_of
from flows.articles.stories import COPY_WINDOW
from flows.rounds.indexing import compute_indices
from flows.rounds.merging import merge_events
from flows.rounds.telling import group_stories
from flows.settings import Settings
from tests.benchmarks.merging.happenings import FEW, Telling, World, make_world, store
from tests.benchmarks.merging.history import END, make_history
from warehouse.connect import Warehouse, open_warehouse
from warehouse.telling import read_alike_signatures


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one stage: of the processor, all threads of this process together, and on the wall."""

    cpu_s: float
    wall_s: float


def measure(work: Callable[[], object]) -> Cost:
    """What some work costs."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def measure_round(wh: Warehouse, home: Path, now: datetime) -> dict[str, Cost]:
    """What one round costs by stage; finding near-duplicates is part of `stories`."""
    return {
        "stories": measure(lambda: group_stories(wh, now)),
        "events": measure(lambda: merge_events(wh, now)),
        "indices": measure(lambda: compute_indices(wh, Settings(home=home), now)),
    }


def find_copies(wh: Warehouse, told: Sequence[Telling]) -> int:
    """How many of these articles repeat one of the week before or one another, found as grouping finds them."""
    wordings = [signature_of(f"{article.title}\n{article.text}") for article, _ in told]
    bands = [band_keys_of(wording) for wording in wordings]
    known = NearDuplicates()
    for one in read_alike_signatures(wh, {key for keys in bands for key in keys}, END - COPY_WINDOW, END + COPY_WINDOW):
        known.add(one.article_id, read_signature(one.minhash), one.band_keys)
    count = 0
    for (article, _), wording, keys in zip(told, wordings, bands, strict=True):
        count += bool(known.find(wording, keys))
        known.add(article.article_id, wording, keys)
    return count


def run(homes: Path, world: World, history: int) -> str:
    """The line of figures for a history of so many articles: the next day, and a small round before and after it.

    The round before finds a file that was just opened, of which every table is read for the first time.
    """
    opening, day = world.day[:FEW], world.day[FEW:]
    kept = make_history(homes, world, history)
    home = homes / "measured"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(kept, home)
    with open_warehouse(home) as wh:
        store(wh, "opening", opening)
        cold = measure_round(wh, home, END + timedelta(hours=1))
        store(wh, "day", day)
        costs = {"near-duplicates": measure(lambda: find_copies(wh, day))}
        costs |= measure_round(wh, home, END + timedelta(days=1))
        store(wh, "later", world.later)
        small = measure_round(wh, home, END + timedelta(days=1, hours=1))
        counts = wh.query(
            "SELECT (SELECT count(*) FROM stories) AS stories, (SELECT count(*) FROM events) AS events, "
            "(SELECT count(*) FROM mentions) AS mentions, (SELECT count(*) FROM article_copies) AS copies"
        )[0]
    shutil.rmtree(home)
    rounds = [costs[name] for name in small]
    cpu_s, wall_s = sum(cost.cpu_s for cost in rounds), sum(cost.wall_s for cost in rounds)
    return (
        f"history {history:9,d}: day of {len(day):,d} articles, s of processor/wall: {_told(costs)}; "
        f"stories, events and indices {cpu_s:.1f}/{wall_s:.1f}, {1000 * cpu_s / len(day):.2f} ms of processor each; "
        f"{len(world.later)} more: {_told(small)}; {len(opening)} just after opening: {_told(cold)}; in all "
        + ", ".join(f"{count:,d} {name}" for name, count in counts.items())
        + "\n"
    )


def _told(costs: dict[str, Cost]) -> str:
    return ", ".join(f"{name} {cost.cpu_s:.1f}/{cost.wall_s:.1f}" for name, cost in costs.items())


def main(arguments: Sequence[str]) -> int:
    """Prints the curve."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.merging")
    parser.add_argument("--history", default="10000,100000", help="articles before the day, with commas between")
    parser.add_argument("--day", type=int, default=20_000, help="articles of the day, and of each day before")
    parser.add_argument("--homes", type=Path, help="where to keep the histories; a folder that is dropped by default")
    given = parser.parse_args(arguments)
    world = make_world(given.day)
    with tempfile.TemporaryDirectory() as dropped:
        homes = given.homes or Path(dropped)
        homes.mkdir(parents=True, exist_ok=True)
        for history in map(int, given.history.split(",")):
            sys.stdout.write(run(homes, world, history))
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
