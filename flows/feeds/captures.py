"""Reads archived captures: each file `NAME__YYYYMMDDhhmmss__*` is what feed NAME returned at that time (UTC)."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import FeedError
from warehouse.records import Feed

_NAME = re.compile(r"(?P<name>.+?)__(?P<time>\d{14})__.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One archived answer of one feed; the body is read only when asked for."""

    feed: Feed
    seen_at_utc: datetime
    path: Path

    def read_body(self) -> bytes:
        """The bytes of the answer, decompressed where the file is `.gz`.

        Raises:
            FeedError: the file cannot be read.
        """
        try:
            body = self.path.read_bytes()
            return gzip.decompress(body) if self.path.suffix == ".gz" else body
        except (OSError, EOFError, zlib.error) as error:
            raise FeedError(
                f"capture {self.path.name} cannot be read: {error}", subject_id=self.feed.feed_id
            ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFolder:
    """The captures below a folder in order of time, and the files whose names say no feed and time."""

    captures: list[Capture]
    unnamed: list[Path]


def find_captures(folder: Path, *, feeds: Mapping[str, Feed] | None = None) -> CaptureFolder:
    """All captures below the folder, oldest first.

    Args:
        folder: searched with its subfolders; hidden files are passed over.
        feeds: known feeds by NAME; other names become a feed and outlet of their own, of origin `backfill`.

    Raises:
        FeedError: there is no such folder, or no file in it.
    """
    if not folder.is_dir():
        raise FeedError(f"{folder} is not a folder of captures", subject_id=str(folder))
    made: dict[str, Feed] = dict(feeds or {})
    captures: list[Capture] = []
    unnamed: list[Path] = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        parts = _read_name(path.name)
        if parts is None:
            unnamed.append(path)
            continue
        name, seen_at_utc = parts
        feed = made.setdefault(name, feed_of_capture(name))
        captures.append(Capture(feed=feed, seen_at_utc=seen_at_utc, path=path))
    if not (captures or unnamed):
        message = f"{folder} holds no file; expected captures named NAME__YYYYMMDDhhmmss__anything"
        raise FeedError(message, subject_id=str(folder))
    captures.sort(key=lambda capture: (capture.seen_at_utc, capture.path.name))
    return CaptureFolder(captures=captures, unnamed=unnamed)


def read_captures(folder: Path, *, feeds: Mapping[str, Feed] | None = None) -> Iterator[tuple[Feed, bytes, datetime]]:
    """Feed, body and time of each capture below the folder, oldest first; see `find_captures` for the errors."""
    for capture in find_captures(folder, feeds=feeds).captures:
        yield capture.feed, capture.read_body(), capture.seen_at_utc


def feed_of_capture(name: str) -> Feed:
    """The feed an unknown capture name stands for: its own outlet and family, paused, never polled."""
    return Feed(
        feed_id=name,
        url=f"capture:{name}",
        title=name,
        outlet_id=name,
        outlet_name=name,
        family_id=name,
        origin="backfill",
        status="paused",
        reason="read from archived captures",
    )


def _read_name(file_name: str) -> tuple[str, datetime] | None:
    match = _NAME.fullmatch(file_name)
    if match is None:
        return None
    try:
        return match["name"], datetime.strptime(match["time"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
