"""How long the parsing of feeds takes, with the swift reading of XML in front of feedparser and without it.

    python -m tests.benchmarks.feeds [FOLDER]

FOLDER holds captures of feeds; by default `../shared/corpus/feeds/captures`, and where that is missing a feed of our
own making. Figures are milliseconds of processor time, a feed and for 30 KB, over some sixty captures, and the share of
captures that the swift reading takes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from flows.feeds.encodings import decode_feed
from flows.feeds.items import RawFeed, entries_of_items
from flows.feeds.lenient import read_leniently
from flows.feeds.parse import parse_feed
from flows.feeds.swift import read_swiftly
from flows.feeds.xml_tree import without_declaration
from warehouse.records import Feed

DEFAULT_FOLDER = Path(__file__).parents[2] / "../shared/corpus/feeds/captures"
MOST = 60  # at most about this many
KB_30 = 30_000
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEED = Feed(
    feed_id="f", url="https://news.example/rss", title="F", outlet_id="o", outlet_name="O", family_id="o", language="en"
)


def make_feed(item_count: int = 40) -> bytes:
    """A feed of our own, of about 30 KB, with the elements that most feeds have."""
    items = "".join(
        f"<item><title>Envoys of Norland and Sudria meet for round {n}</title><link>https://news.example/{n}</link>"
        f"<guid>https://news.example/{n}</guid><dc:creator>A. Writer</dc:creator><category>World</category>"
        f"<pubDate>{format_datetime(NOW - timedelta(minutes=9 * n))}</pubDate>"
        f"<description>&lt;p&gt;{'They spoke of the border for two hours. ' * 9}&lt;/p&gt;</description></item>"
        for n in range(item_count)
    )
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>'
        f"<link>https://news.example</link>{items}</channel></rss>"
    ).encode()


def load_bodies(folder: Path) -> list[bytes]:
    """Captures spread evenly over the folder, or our own feed where there are none."""
    paths = sorted(path for path in folder.rglob("*.xml") if path.is_file()) if folder.is_dir() else []
    return [path.read_bytes() for path in paths[:: max(1, len(paths) // MOST)]] or [make_feed()] * MOST


def measure(bodies: list[bytes], read: Callable[[bytes], object]) -> float:
    """Milliseconds of processor time a body."""
    started = time.process_time()
    for body in bodies:
        read(body)
    return 1000 * (time.process_time() - started) / len(bodies)


def parse_without_front(body: bytes) -> object:
    """As `parse_feed`, by feedparser alone."""
    raw = read_leniently(without_declaration(decode_feed(body, None)[0]), FEED)
    return entries_of_items(raw.items, feed=FEED, language=None, now=NOW) if raw else None


def _read_swiftly(body: bytes) -> RawFeed | None:
    return read_swiftly(without_declaration(decode_feed(body, None)[0]), FEED.url)


def main(arguments: list[str]) -> int:
    """Print both rows of figures, and the time for a round of 300 feeds of 30 KB."""
    folder = Path(arguments[0]) if arguments else DEFAULT_FOLDER
    bodies = load_bodies(folder)
    mean_bytes = sum(map(len, bodies)) / len(bodies)
    parse_feed(bodies[0], feed=FEED, now=NOW)  # month names are loaded once
    taken = sum(_read_swiftly(body) is not None for body in bodies)
    lines = [
        f"{len(bodies)} feeds of {mean_bytes / 1000:.0f} KB, {100 * taken / len(bodies):.0f} % read swiftly",
        f"{'':22} ms/feed  ms/30 KB  300 feeds of 30 KB",
    ]
    for label, read in (
        ("feedparser alone", parse_without_front),
        ("swift reading in front", lambda body: parse_feed(body, feed=FEED, now=NOW)),
    ):
        ms = measure(bodies, read)
        ms_30 = ms * KB_30 / mean_bytes
        lines.append(f"{label:22} {ms:7.1f}  {ms_30:8.1f}  {0.3 * ms_30:8.1f} s")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
