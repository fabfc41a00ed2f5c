"""How fast large archives are read: a GDELT export of a million rows, and a web archive of a gibibyte.

    python -m tests.benchmarks.archives [--rows N] [--mib N] [--only gdelt|warc]

Both are made here and read by `mereda backfill` in a home of their own; rows or MiB a second, and the largest memory
of the reading process. Not part of `make bench`, since it takes many minutes.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.archives import WebArchive, gdelt_line, page_html

PAIRS = (("IRNMIL", "IRN", "PAK", "PAK"), ("USAGOV", "USA", "CHNGOV", "CHN"), ("RUS", "RUS", "UKR", "UKR"))
CODES = ("010", "036", "042", "057", "112", "138", "190", "195")
WORDS = ("ministers", "envoys", "border", "talks", "trade", "ships", "city", "council", "harvest", "road", "school")
PAGES_A_WRITE = 200


def write_export(path: Path, rows: int) -> None:
    """A plain GDELT export of so many events, a year of days, in order of time."""
    rng = random.Random(rows)
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            actor, actor_country, target, target_country = PAIRS[rng.randrange(len(PAIRS))]
            code, day = CODES[rng.randrange(len(CODES))], number * 28 // rows + 1
            cells = {0: str(1150000001 + number), 1: f"202401{day:02d}", 5: actor, 7: actor_country, 15: target}
            cells |= {17: target_country, 26: code, 27: code, 28: code[:2], 60: f"https://news.example/{number}"}
            file.write(gdelt_line(cells) + "\n")


def write_archive(path: Path, mib: int) -> None:
    """A gzipped web archive that holds so much HTML, in pages of about 60 KB as newsrooms write them."""
    rng = random.Random(mib)
    number = held = 0
    with path.open("wb") as file:
        while held < mib * 1024 * 1024:
            archive = WebArchive()
            for _ in range(PAGES_A_WRITE):
                number += 1
                text = [f"Report {number}: " + " ".join(rng.choices(WORDS, k=60)).capitalize() + "." for _ in range(12)]
                script = "".join(f"<script>var a{n}={rng.random()};{'x' * 900}</script>" for n in range(50))
                page = page_html(f"Report {number} of the day", *text, head=script).encode()
                archive.add(f"https://news.example/report/{number}", page)
                held += len(page)
            file.write(archive.data)


def measure(home: Path, source: str, path: Path) -> tuple[float, float, float, str]:
    """(seconds, seconds of processor, largest memory in MiB, what the command said) of one reading."""
    command = [sys.executable, "-m", "flows.cli", "backfill", source, str(path)]
    command += [] if source == "gdelt" else ["--no-assess"]
    environment = {**os.environ, "MEREDA_HOME": str(home)}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    wall_s, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall_s, cpu_s, after.ru_maxrss / 1024, done.stdout.strip()


def main(arguments: list[str] | None = None) -> int:
    """Makes, reads and prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.archives")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--mib", type=int, default=1024)
    parser.add_argument("--only", choices=("gdelt", "warc"))
    given = parser.parse_args(arguments)
    kinds: dict[str, tuple[str, Callable[[Path, int], None], int, str]] = {
        "gdelt": ("export.CSV", write_export, given.rows, "rows"),
        "warc": ("pages.warc.gz", write_archive, given.mib, "MiB of HTML"),
    }
    for source, (name, write, size, unit) in kinds.items():
        if given.only not in (None, source):
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            write(path, size)
            wall_s, cpu_s, mib, said = measure(Path(folder) / "home", source, path)
            on_disk_mib = path.stat().st_size / 2**20
            sys.stdout.write(
                f"{source}: {size} {unit} ({on_disk_mib:.0f} MiB on disk) in {wall_s:.0f} s, {cpu_s:.0f} s "
                f"of processor: {size / cpu_s:.0f} {unit} a second of processor, {mib:.0f} MiB at most\n{said}\n"
            )
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
