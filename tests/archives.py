"""Small archives written by us: GDELT export lines, web archives and feed captures, beside what is in them."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

# What the 61 columns of a line hold where a test says nothing; numbered as the codebook lists them.
GDELT_CELLS = {
    0: "1150000001", 1: "20240116", 2: "202401", 3: "2024", 4: "2024.0411",
    5: "IRNMIL", 6: "IRAN", 7: "IRN", 12: "MIL", 15: "PAK", 16: "PAKISTAN", 17: "PAK",
    25: "1", 26: "195", 27: "195", 28: "19", 29: "4", 30: "-10.0", 31: "12", 32: "3", 33: "10", 34: "-6.25",
    51: "4", 52: "Panjgur, Balochistan, Pakistan", 53: "PK", 54: "PK02", 55: "23", 56: "26.97", 57: "64.09",
    58: "-2770000", 59: "20240117001500", 60: "https://news.example/strike",
}  # fmt: skip


def gdelt_line(changes: Mapping[int, str] | None = None, *, column_count: int = 61) -> str:
    """One line of an event export, columns by their place in the codebook counted from 0."""
    cells = {**GDELT_CELLS, **(changes or {})}
    return "\t".join(cells.get(index, "") for index in range(column_count))


def gdelt_lines(count: int, first: int = 1150000001) -> str:
    """So many lines, each an event of its own."""
    return "".join(gdelt_line({0: str(first + number)}) + "\n" for number in range(count))


def page_html(title: str, *paragraphs: str, head: str = "") -> str:
    """A page as a newsroom writes it: enough text around what a test is about."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{body}</article><footer>About us</footer></body></html>"
    )


class _Writer(WARCWriter):
    # warcio's own kind of temporary file is never closed by it.
    _create_temp_file = staticmethod(BytesIO)


def _make_writer(file: BytesIO, is_gzip: bool) -> Any:
    return _Writer(file, gzip=is_gzip)  # type: ignore[no-untyped-call]  # warcio publishes no types


class WebArchive:
    """A web archive in the making; `offsets` says where each record begins."""

    def __init__(self, *, is_gzip: bool = True) -> None:
        self._file = BytesIO()
        self._writer: Any = _make_writer(self._file, is_gzip)
        self.offsets: list[int] = []
        self._begin()
        self._writer.write_record(self._writer.create_warcinfo_record("ours.warc", {"software": "tests"}))

    def _begin(self) -> None:
        self.offsets.append(self._file.tell())

    def add(
        self,
        url: str,
        body: bytes,
        *,
        content_type: str = "text/html; charset=utf-8",
        status: str = "200 OK",
        date: str = "2024-01-18T06:00:00Z",
        kind: str = "response",
        headers: Iterable[tuple[str, str]] = (),
    ) -> None:
        """One record of an answer; `body` as it travelled, with what `headers` say of its encoding."""
        self._begin()
        http = StatusAndHeaders(status, [("Content-Type", content_type), *headers], protocol="HTTP/1.1")  # type: ignore[no-untyped-call]
        record = self._writer.create_warc_record(
            url, kind, payload=BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": date}
        )
        self._writer.write_record(record)

    @property
    def data(self) -> bytes:
        """What was written so far."""
        return self._file.getvalue()


def news_archive(page_count: int) -> bytes:
    """An archive of so many different stories."""
    archive = WebArchive()
    for number in range(page_count):
        text = (
            f"Iran and Pakistan agreed on Friday to ease tension, the ministry said in statement {number}.",
            "The two sides will send their ambassadors back to their posts before the end of the month, it added. " * 3,
        )
        archive.add(f"https://news.example/story/{number}", page_html(f"Statement {number} on talks", *text).encode())
    return archive.data


def feed_xml(*items: tuple[str, str, str]) -> bytes:
    """An RSS feed of (guid, title, description)."""
    inside = "".join(
        f"<item><guid>https://n.example/{guid}</guid><link>https://n.example/{guid}</link><title>{title}</title>"
        f"<description>{text}</description></item>"
        for guid, title, text in items
    )
    return f'<rss version="2.0"><channel><title>n</title>{inside}</channel></rss>'.encode()


def write_captures(folder: Path, count: int) -> None:
    """So many captures of two feeds, hour by hour: each brings an item, drops one, and edits a third; some are .gz."""
    folder.mkdir()
    for number in range(count):
        for name in ("north", "south"):
            items = [
                (
                    f"{name}-{n}",
                    f"Talks on item {n} of the {name} go on{', again' if number > n + 2 else ''}",
                    f"Text {n}.",
                )
                for n in range(max(0, number - 8), number + 1)
            ]
            body = feed_xml(*items)
            stamp = f"{20240101 + number // 24}{number % 24:02d}0000"
            path = folder / f"{name}__{stamp}__feed.xml{'.gz' if number % 3 == 0 else ''}"
            path.write_bytes(gzip.compress(body) if path.suffix == ".gz" else body)
