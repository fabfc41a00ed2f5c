"""`mereda backfill` as a person runs it: what it says, how it ends, and that a kill -9 in the middle costs nothing."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.rounds.history import read_archive
from tests.archives import WebArchive, gdelt_line, gdelt_lines, news_archive, page_html, write_captures
from tests.supervised import MEREDA, clean_environment
from warehouse.connect import open_warehouse

TIMEOUT_S = 240
BATCH_BYTES = 20_000


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MEREDA, *arguments],
        env=clean_environment(home),
        cwd=home.parent,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_gdelt_is_read_and_shown_from_the_shell(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "20240117001500.export.CSV.gz"
    file.write_bytes(gzip.compress((gdelt_lines(4) + "broken\n").encode()))
    done = run(home, "backfill", "gdelt", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "read GDELT events: 5 read, 4 kept, 0 refused, 1 quarantined (refused: known already)\n"
    shown = run(home, "sql", "SELECT type, mode, count(*) AS n FROM gdelt_events GROUP BY ALL")
    assert shown.stdout == "type,mode,n\nASSAULT,aerial,4\n"


def test_a_web_archive_is_read_and_coded_from_the_shell(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    archive = WebArchive()
    text = "Pakistan recalled its ambassador from Iran on Wednesday. " + "The ministry gave no further word on it. " * 8
    archive.add("https://news.example/1 2", page_html("Pakistan recalls envoy", text).encode())
    archive.add("https://news.example/none", b"<html><body></body></html>")
    file.write_bytes(archive.data)
    done = run(home, "backfill", "warc", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("read web archives: 2 read, 1 kept, 1 refused, 0 quarantined")
    days = run(home, "sql", "SELECT side_a_code, side_b_code, on_date FROM daily_dyads").stdout
    assert days == "side_a_code,side_b_code,on_date\nIRN,PAK,2024-01-17\n"


def test_what_could_not_be_read_is_one_line_and_exit_code_1(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    data = news_archive(3)
    file.write_bytes(data[:-50])
    done = run(home, "backfill", "warc", str(file))
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert line.startswith(f"mereda: {file}: cannot be read from byte ")
    assert "read web archives: 2 read, 2 kept" in done.stdout


def test_wrong_input_is_one_line_before_anything_is_read(home: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.CSV"
    good.write_text(gdelt_lines(1))
    old = tmp_path / "20130501.export.CSV"
    old.write_text(gdelt_line(column_count=58) + "\n")
    done = run(home, "backfill", "gdelt", str(good), str(old))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"mereda: {old}: GDELT 1.0 (58 columns); only event exports of GDELT 2.0 (61) are read\n"
    assert run(home, "sql", "SELECT count(*) AS n FROM gdelt_events").stdout == "n\n0\n"


# Killed in the middle

PICTURES = {
    "captures": [
        "SELECT entry_id, title, revision, article_id, first_seen_at_utc FROM entries",
        "SELECT entry_id, revision, title, seen_at_utc FROM entry_revisions",
        "SELECT article_id, title, text, revision, first_seen_at_utc FROM articles",
        "SELECT article_id, revision, title, seen_at_utc FROM article_revisions",
        "SELECT feed_id, polled_at_utc, entry_count, new_count, revised_count FROM polls",
    ],
    "articles": [
        "SELECT article_id, url, title, text, published_at_utc, revision FROM articles",
        "SELECT article_id, revision, title FROM article_revisions",
        "SELECT reason, input FROM quarantine",
    ],
    "gdelt": ["SELECT * EXCLUDE (imported_at_utc) FROM gdelt_events", "SELECT reason, input FROM quarantine"],
    "warc": [
        "SELECT article_id, url, title, text, published_at_utc, first_seen_at_utc, revision FROM articles",
        "SELECT article_id, revision, title, seen_at_utc FROM article_revisions",
    ],
}


def draw(home: Path, kind: str) -> list[list[tuple[Any, ...]]]:
    """What the warehouse holds of what an archive brings, but for when it was read."""
    with open_warehouse(home) as wh:
        return [sorted((tuple(row.values()) for row in wh.query(sql)), key=repr) for sql in PICTURES[kind]]


def make_captures(folder: Path) -> Path:
    write_captures(folder / "captures", 100)
    return folder / "captures"


def make_articles(folder: Path) -> Path:
    file = folder / "list.jsonl"
    with file.open("w") as lines:
        for number in range(2000):
            text = f"The club won match {number} of the season. " * 10
            lines.write(json.dumps({"url": f"https://n.example/{number}", "title": f"Match {number}", "text": text}))
            lines.write("\n" if number % 1000 else "\nbroken " + str(number) + "\n")
    return file


def make_gdelt(folder: Path) -> Path:
    file = folder / "export.CSV"
    file.write_text(gdelt_lines(5_000) + "broken\n" + gdelt_lines(5_000, first=1150030000))
    return file


def make_warc(folder: Path) -> Path:
    file = folder / "a.warc.gz"
    file.write_bytes(news_archive(620))
    return file


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "make", "table"),
    [
        ("captures", make_captures, "entries"),
        ("articles", make_articles, "articles"),
        ("gdelt", make_gdelt, "gdelt_events"),
        ("warc", make_warc, "articles"),
    ],
)
def test_killed_in_the_middle_and_run_again_it_leaves_what_an_undisturbed_run_leaves(
    tmp_path: Path, kind: str, make: Callable[[Path], Path], table: str
) -> None:
    archive = make(tmp_path)
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    read_without_coding(undisturbed, kind, archive)
    expected = draw(undisturbed, kind)
    total = count(undisturbed, table)
    kill_midway(killed, kind, archive)
    assert 0 < count(killed, table) < total
    left = [] if kind == "gdelt" else ["--no-assess"]
    done = run(killed, "backfill", kind, str(archive), *left)
    assert (done.returncode, done.stderr) == (0, "")
    assert draw(killed, kind) == expected
    assert read_without_coding(killed, kind, archive) == 0
    assert draw(killed, kind) == expected


def read_without_coding(home: Path, kind: str, archive: Path) -> int:
    """How much of the archive was kept; read as the command does, without the seconds that starting it takes."""
    with open_warehouse(home) as wh:
        return read_archive(wh, kind, [archive], datetime.now(UTC)).kept


def count(home: Path, table: str) -> int:
    with open_warehouse(home) as wh:
        return int(wh.query(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def kill_midway(home: Path, kind: str, archive: Path) -> None:
    """Runs the command and kills it once a batch is in the file's log of changes and the next one is being made."""
    with open_warehouse(home):
        pass  # so that the log begins with the command's own changes
    log = home / "warehouse.duckdb.wal"
    process = subprocess.Popen([MEREDA, "backfill", kind, str(archive)], env=clean_environment(home), cwd=home.parent,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    deadline = time.monotonic() + TIMEOUT_S
    sizes = [0] * 5
    # Larger than the two feeds that captures begin with, and not growing: a whole batch.
    while not (sizes[-1] > BATCH_BYTES and len(set(sizes[-5:])) == 1):
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
        sizes.append(log.stat().st_size if log.exists() else 0)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
