"""The HTML pages of a web archive (WARC), one record at a time, whatever else lies between them.

warcio reads records, headers and chunks; this module opens one gzip member at a time, so that what
is broken costs its own record and not the rest, and says at which byte.
Source: ISO 28500:2017 (WARC 1.1), annex D on gzip.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from flows.articles.compressed import decompress_body
from flows.articles.fetch import HTML_TYPES, PAGE_BYTES
from warehouse.errors import ArticleError

GZIP = b"\x1f\x8b\x08"
# A record beyond this is a film or a dump; it is passed over without being read into memory.
RECORD_BYTES = 4 * PAGE_BYTES
BLOCK_BYTES = 64 * 1024
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
# Where a plain archive goes on after a record that cannot be read.
_PLAIN_START = re.compile(rb"(?<=\n)WARC/1\.[01]\r\n")


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """An HTML page as it was answered; `offset` is the byte its record begins at."""

    offset: int
    url: str
    html: bytes  # decompressed
    charset: str | None  # of the Content-Type header
    seen_at_utc: datetime  # WARC-Date


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that is no page, and why: `not HTML`, `error or redirect`, `revisit`, `too large`, `no address`."""

    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Bytes that could not be read: from `offset` to `until` (exclusive), or to the end of the archive where None."""

    offset: int
    until: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ReadUntil:
    """Everything before this byte is done: reading may begin here another time."""

    offset: int


WarcItem = ArchivedPage | Passed | Broken | ReadUntil


class _Records(ArchiveIterator):
    # warcio warns on standard error; what it warns of is told here as `Broken`.
    INC_RECORD = ""


class _Member:
    """One gzip member as a stream of what it holds; trouble is kept in `trouble` and ends the stream."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file, self._decoder = file, zlib.decompressobj(31)
        self._plain, self._given = b"", 0
        self.trouble: str | None = None
        file.seek(offset)

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, b"" at the end of the member."""
        if not self._plain:
            self._plain = self._fill()
        taken = self._plain if size < 0 else self._plain[:size]
        self._plain = self._plain[len(taken) :]
        self._given += len(taken)
        return taken

    def tell(self) -> int:
        """How much was read of what the member holds."""
        return self._given

    def find_end(self) -> int:
        """The byte after the member, once it was read to its end."""
        return self._file.tell() - len(self._decoder.unused_data)

    def _fill(self) -> bytes:
        while not (self._decoder.eof or self.trouble):
            data = self._decoder.unconsumed_tail or self._file.read(BLOCK_BYTES)
            if not data:
                self.trouble = "the archive ends within a record"
                break
            try:
                plain = self._decoder.decompress(data, 16 * BLOCK_BYTES)
            except zlib.error as error:
                self.trouble = f"the compressed record is damaged ({error})"
                break
            if plain:
                return plain
        return b""


def read_warc(file: BinaryIO, start: int = 0) -> Iterator[WarcItem]:
    """Every record of an archive in its order, in bounded memory: pages, what is passed over, what is broken.

    Args:
        file: seekable, at any position; plain or gzip, a member for each record or one for all.
        start: the offset of a `ReadUntil` of an earlier reading, or 0.

    Raises:
        ArticleError: the file does not begin as a WARC archive.
    """
    file.seek(0)
    head = file.read(10)
    if head.startswith(GZIP):
        if start == 0 and not _starts_record(file, 0):
            raise ArticleError("is a gzip file, but holds no WARC archive")
        yield from _read_members(file, start)
    elif head.startswith(b"WARC/"):
        yield from _read_plain(file, start)
    else:
        raise ArticleError(f"is no WARC archive; it begins {head!r}, expected 'WARC/1.' or gzip")


def _read_members(file: BinaryIO, start: int) -> Iterator[WarcItem]:
    offset = start
    while True:
        file.seek(offset)
        head = file.read(BLOCK_BYTES)
        if not head.strip(b"\0"):
            return  # the end, or a disk block filled up
        trouble: str | None = "no compressed record begins here"
        if head.startswith(GZIP):
            member = _Member(file, offset)
            for item in _read_stream(member, offset):
                if isinstance(item, Broken):
                    trouble = item.reason
                    break
                yield item
            else:
                trouble = None
            trouble = member.trouble or trouble
            while member.read(BLOCK_BYTES):
                pass
        if trouble is None:
            offset = member.find_end()
        else:
            after = _find_member(file, offset + 1)
            yield Broken(offset, after, trouble)
            if after is None:
                return
            offset = after
        yield ReadUntil(offset)


def _find_member(file: BinaryIO, start: int) -> int | None:
    """Where the next gzip member with a record begins, or None."""
    base, kept = start, b""
    file.seek(start)
    while block := file.read(BLOCK_BYTES):
        window = kept + block
        at = window.find(GZIP)
        while at >= 0:
            if _starts_record(file, base + at):
                return base + at
            at = window.find(GZIP, at + 1)
        kept = window[-2:]
        base += len(window) - len(kept)
        file.seek(base + len(kept))
    return None


def _starts_record(file: BinaryIO, offset: int) -> bool:
    return _Member(file, offset).read(5) == b"WARC/"


def _read_plain(file: BinaryIO, start: int) -> Iterator[WarcItem]:
    offset = start
    while True:
        broken = None
        file.seek(offset)
        for item in _read_stream(file, None):
            if isinstance(item, Broken):
                broken = item
                break
            yield item
        if broken is None:
            return
        after = _find_plain(file, broken.offset + 1)
        yield Broken(broken.offset, after, broken.reason)
        if after is None:
            return
        yield ReadUntil(after)
        offset = after


def _find_plain(file: BinaryIO, start: int) -> int | None:
    base, kept = start, b""
    file.seek(start)
    while block := file.read(BLOCK_BYTES):
        window = kept + block
        if found := _PLAIN_START.search(window):
            return base + found.start()
        kept = window[-16:]
        base += len(window) - len(kept)
    return None


def _read_stream(stream: Any, member_offset: int | None) -> Iterator[WarcItem]:
    """The records of an uncompressed stream; ends with `Broken` (its `until` unset) where it cannot go on.

    Args:
        stream: the plain archive, or one member.
        member_offset: where the member lies, which is then the offset of all its records; None for a plain archive,
            whose records say their own and are followed by `ReadUntil`.
    """
    records: Any = _Records(stream)  # type: ignore[no-untyped-call]  # warcio publishes no types
    while True:
        offset = records.offset if member_offset is None else member_offset
        try:
            record = next(records, None)
            if record is None:
                if member_offset is None and _has_more(stream, offset):
                    yield Broken(offset, None, "the archive ends within a record")
                return
            item = _item_of(record, offset)
            records.read_to_end()
        except (ArchiveLoadFailed, ValueError, AttributeError, EOFError, zlib.error) as error:
            # warcio lets these through for what is no record; AttributeError where an address is missing.
            yield Broken(offset, None, f"no record can be read here ({' '.join(str(error).split())[:120]})")
            return
        missing = getattr(record.raw_stream, "limit", 0)
        if missing:
            yield Broken(offset, None, f"the record is cut short, {missing} bytes are missing")
            return
        if item is not None:
            yield item
        if member_offset is None:
            yield ReadUntil(records.offset)


def _has_more(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    return bool(file.read(16).strip())


def _item_of(record: Any, offset: int) -> ArchivedPage | Passed | None:
    """The page of a record, why it is none, or None for a record that holds no answer of a server.

    Raises:
        ValueError: its header is cut short, or its date is none.
    """
    if record.rec_type is None or record.length is None:
        raise ValueError("the header is cut short")
    if record.rec_type == "revisit":
        return Passed(offset, "revisit")
    if record.rec_type != "response":
        return None
    headers, warc_headers = record.http_headers, record.rec_headers
    url = (warc_headers.get_header("WARC-Target-URI") or "").strip()
    if not url.lower().startswith(("http://", "https://")) or headers is None:
        return Passed(offset, "no address")
    if headers.get_statuscode() != "200":
        return Passed(offset, "error or redirect")
    content_type = headers.get_header("Content-Type") or ""
    if content_type.partition(";")[0].strip().lower() not in HTML_TYPES:
        return Passed(offset, "not HTML")
    html = _read_body(record) if record.length <= RECORD_BYTES else None
    if html is None:
        return Passed(offset, "too large")
    seen = _read_date(warc_headers.get_header("WARC-Date") or "")
    charset = _CHARSET.search(content_type)
    return ArchivedPage(offset, url, html, charset[1] if charset else None, seen)


def _read_body(record: Any) -> bytes | None:
    """The body without chunks and compression; None where it is larger than a page may be."""
    headers, stream = record.http_headers, record.raw_stream
    if (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        stream = ChunkedDataReader(stream)  # type: ignore[no-untyped-call]
    # Not by warcio: its brotli does not work with the present library, and it knows no limit.
    return decompress_body(stream.read(), headers.get_header("Content-Encoding") or "", PAGE_BYTES)


def _read_date(text: str) -> datetime:
    """The instant of a WARC-Date; ValueError for none."""
    instant = datetime.fromisoformat(text.strip())
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
