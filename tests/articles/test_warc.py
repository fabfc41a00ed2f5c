"""Pages of web archives, however records are packed, and what is said of the rest."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from io import BytesIO

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.warc import ArchivedPage, Broken, Passed, ReadUntil, read_warc
from tests.archives import WebArchive
from warehouse.errors import ArticleError

HTML = "<html><body><p>Perundingan dibuka lagi: naïve café — 協議</p></body></html>".encode()
BROTLI: bytes = brotli.compress(HTML)
ADDRESS = "https://news.example/1"


def items_of(data: bytes, start: int = 0) -> list[object]:
    return [item for item in read_warc(BytesIO(data), start) if not isinstance(item, ReadUntil)]


def one_page(body: bytes, *, is_gzip: bool = True, **more: object) -> ArchivedPage:
    archive = WebArchive(is_gzip=is_gzip)
    archive.add(ADDRESS, body, **more)  # type: ignore[arg-type]  # the test names real arguments
    (page,) = items_of(archive.data)
    assert isinstance(page, ArchivedPage)
    return page


@pytest.mark.parametrize("is_gzip", [True, False])
def test_a_page_is_read_with_its_address_instant_charset_and_offset(is_gzip: bool) -> None:
    archive = WebArchive(is_gzip=is_gzip)
    archive.add(ADDRESS, HTML, date="2024-01-18T06:07:08Z", content_type="text/html;charset=ISO-8859-1")
    (page,) = items_of(archive.data)
    assert page == ArchivedPage(
        archive.offsets[1], ADDRESS, HTML, "ISO-8859-1", datetime(2024, 1, 18, 6, 7, 8, tzinfo=UTC)
    )


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:half], body[half:], b""))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(HTML), [("Transfer-Encoding", "chunked")]),
        (gzip.compress(HTML), [("Content-Encoding", "gzip")]),
        (zlib.compress(HTML), [("Content-Encoding", "deflate")]),
        (BROTLI, [("Content-Encoding", "br")]),
        (chunked(gzip.compress(HTML)), [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
        # Archives often keep the header of what they have already undone.
        (HTML, [("Content-Encoding", "gzip")]),
        (HTML, [("Transfer-Encoding", "chunked")]),
    ],
)
def test_bodies_are_undone_as_declared_and_left_where_they_are_not(body: bytes, headers: list[tuple[str, str]]) -> None:
    assert one_page(body, headers=headers).html == HTML


def test_what_is_no_page_is_passed_over_with_its_reason() -> None:
    archive = WebArchive()
    archive.add("https://n.example/a.pdf", b"%PDF", content_type="application/pdf")
    archive.add("https://n.example/gone", HTML, status="404 Not Found")
    archive.add("https://n.example/moved", b"", status="301 Moved")
    archive.add("https://n.example/again", b"", kind="revisit")
    archive.add("https://n.example/asked", b"", kind="request")
    archive.add("https://n.example/long", b"<p>" + b"a" * 6_000_000)
    archive.add("dns:n.example", b"n.example 10.0.0.1")
    reasons = [item.reason for item in items_of(archive.data) if isinstance(item, Passed)]
    assert reasons == ["not HTML", "error or redirect", "error or redirect", "revisit", "too large", "no address"]


@pytest.fixture(params=[True, False], ids=["gzip", "plain"])
def five(request: pytest.FixtureRequest) -> WebArchive:
    archive = WebArchive(is_gzip=request.param)
    for number in range(5):
        archive.add(f"https://news.example/{number}", HTML + bytes(range(256)) * 20 + b"%d" % number)
    return archive


def test_reading_goes_on_from_any_place_that_was_reached(five: WebArchive) -> None:
    whole = items_of(five.data)
    reached = [item.offset for item in read_warc(BytesIO(five.data)) if isinstance(item, ReadUntil)]
    assert reached == [*five.offsets[1:], len(five.data)]
    for offset in reached:
        assert items_of(five.data, offset) == [page for page in whole if page.offset >= offset]  # type: ignore[attr-defined]


@pytest.mark.parametrize("cut", [20, 100, 400])
def test_a_truncated_archive_is_read_as_far_as_it_goes(five: WebArchive, cut: int) -> None:
    found = items_of(five.data[: five.offsets[5] + cut])
    assert [item.offset for item in found] == five.offsets[1:6]  # type: ignore[attr-defined]
    assert isinstance(found[-1], Broken)
    assert (found[-1].until, sum(isinstance(item, ArchivedPage) for item in found)) == (None, 4)


def test_a_damaged_record_costs_itself_and_not_the_rest(five: WebArchive) -> None:
    data = bytearray(five.data)
    start, after = five.offsets[3], five.offsets[4]
    data[start : start + 40] = b"\0" * 40
    found = items_of(bytes(data))
    broken = [item for item in found if isinstance(item, Broken)]
    assert [(item.offset, item.until) for item in broken] == [(start, after)]
    assert [item.offset for item in found] == five.offsets[1:]  # type: ignore[attr-defined]


def test_an_archive_compressed_as_a_whole_is_read() -> None:
    archive = WebArchive(is_gzip=False)
    for number in range(3):
        archive.add(f"https://news.example/{number}", HTML)
    assert [item.url for item in items_of(gzip.compress(archive.data))] == [  # type: ignore[attr-defined]
        f"https://news.example/{number}" for number in range(3)
    ]


@pytest.mark.parametrize("data", [b"", b"<html>", gzip.compress(b"hello"), b"\x1f\x8b\x08", b"PK\x03\x04"])
def test_what_is_no_web_archive_is_refused(data: bytes) -> None:
    with pytest.raises(ArticleError):
        items_of(data)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 999), st.binary(min_size=1, max_size=8), st.booleans())
def test_no_damage_raises_or_hides_what_comes_before(place: int, noise: bytes, is_gzip: bool) -> None:
    archive = WebArchive(is_gzip=is_gzip)
    for number in range(3):
        archive.add(f"https://news.example/{number}", HTML)
    body = bytearray(archive.data)
    at = archive.offsets[2] + place * (len(body) - archive.offsets[2]) // 1000
    body[at : at + 8] = noise
    found = items_of(bytes(body))
    assert isinstance(found[0], ArchivedPage)
    assert found[0].url == "https://news.example/0"
