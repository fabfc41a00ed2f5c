"""Compression comes off in bounded steps, whatever the header says and however the bytes arrive."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.compression import MEMBER_LIMIT, PIECE_BYTES, CompressionError, Unpacker

TEXT = b"<rss>" + bytes(range(256)) * 40 + b"</rss>"
SKIPPED_FRAME = b"\x50\x2a\x4d\x18\x03\0\0\0abc"


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def quick_brotli(data: bytes) -> bytes:
    return bytes(brotli.compress(data, quality=4))


def unpack(encoding: str, body: bytes, step: int = 1000) -> bytes:
    unpacker = Unpacker(encoding)
    pieces = [piece for at in range(0, len(body), step) for piece in unpacker.unpack(body[at : at + step])]
    return b"".join([*pieces, *unpacker.unpack(b"", is_last=True)])


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", deflate(TEXT)),
        ("br", brotli.compress(TEXT)),
        ("zstd", zstd(TEXT)),
        ("gzip", gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:]) + bytes(20)),
        ("zstd", zstd(TEXT[:9]) + SKIPPED_FRAME + zstd(TEXT[9:])),
        ("gzip", gzip.compress(TEXT) + b"what a proxy left behind"),
        ("zstd", zstd(TEXT) + b"what a proxy left behind"),
        ("gzip, br", brotli.compress(gzip.compress(TEXT))),
    ],
)
def test_every_compression_comes_off(encoding: str, body: bytes, step: int) -> None:
    assert unpack(encoding, body, step) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "compress", "UTF-8"])
@pytest.mark.parametrize(
    "body", [TEXT, b"\xef\xbb\xbf" + TEXT, b"  " + TEXT, b'{"version": 1}', "<rss>".encode("utf-16")]
)
def test_a_body_that_is_called_packed_and_is_plain_is_taken_as_it_is(encoding: str, body: bytes) -> None:
    assert unpack(encoding, body, 3) == body


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", gzip.compress(TEXT)),
        ("", zstd(TEXT)),
        ("br", gzip.compress(TEXT)),
        ("deflate", gzip.compress(TEXT)),
        ("gzip", zstd(TEXT)),
        ("gzip", gzip.compress(gzip.compress(TEXT))),
    ],
)
def test_what_a_body_is_counts_for_more_than_what_it_is_called(encoding: str, body: bytes) -> None:
    assert unpack(encoding, body, 5) == TEXT


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate", "br", "zstd", "gzip, br"])
def test_an_empty_body_is_empty_however_it_is_called(encoding: str) -> None:
    assert unpack(encoding, b"") == b""


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress), ("zstd", zstd)]
)
@pytest.mark.parametrize("missing", [1, 4, 9])
def test_a_body_that_is_cut_short_is_told(encoding: str, pack: Callable[[bytes], bytes], missing: int) -> None:
    with pytest.raises(CompressionError, match="cut short"):
        unpack(encoding, pack(TEXT)[:-missing])


@pytest.mark.parametrize(
    ("encoding", "body", "says"),
    [
        ("gzip", brotli.compress(TEXT), "is none"),
        ("gzip", gzip.compress(b"")[:10] + b"\xff" * 400, "cannot be unpacked"),
        ("deflate", b"\x78\x9c" + b"\xff" * 400, "cannot be unpacked"),
        ("br", b"\xff" * 400, "cannot be unpacked"),
        ("zstd", zstd(TEXT)[:6] + b"\xff" * 400, "cannot be unpacked"),
        ("lzw", b"\x1f\x9d\x90" + bytes(9), "not asked for"),
        ("gzip, br, gzip", b"", "3 times over"),
        ("gzip", gzip.compress(b"") * (MEMBER_LIMIT + 1), "members"),
        ("zstd", zstd(b"") * (MEMBER_LIMIT + 1), "frames"),
        ("gzip", gzip.compress(b"")[:10] + b"\0\0\0\xff\xff" * 300_000, "padding"),
    ],
)
def test_a_body_that_cannot_be_unpacked_says_why(encoding: str, body: bytes, says: str) -> None:
    with pytest.raises(CompressionError, match=says):
        unpack(encoding, body, 65_536)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("br", quick_brotli),
        ("zstd", zstd),
        ("deflate", zlib.compress),
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
        ("br, br", lambda data: quick_brotli(quick_brotli(data))),
        ("gzip", lambda data: zstd(gzip.compress(data))),
    ],
)
def test_a_bomb_costs_no_more_than_what_is_taken_of_it(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(bytes(50_000_000))
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    taken = 0
    for piece in Unpacker(encoding).unpack(bomb):
        taken += len(piece)
        if taken > 1_000_000:
            break
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken <= 1_000_000 + 8 * 1024 * 1024
    assert most < 30_000_000


@given(st.sampled_from(["", "gzip", "deflate", "br", "zstd", "gzip, zstd"]), st.binary(max_size=2000))
def test_any_bytes_come_out_or_say_why(encoding: str, body: bytes) -> None:
    with suppress(CompressionError):
        assert isinstance(unpack(encoding, body, 64), bytes)


@given(st.text(max_size=60), st.sampled_from([TEXT, gzip.compress(TEXT)]))
def test_any_header_is_understood_or_refused(encoding: str, body: bytes) -> None:
    with suppress(CompressionError):
        assert unpack(encoding, body, 5000) in (TEXT, gzip.compress(TEXT))


@given(
    st.binary(min_size=1, max_size=200_000).map(lambda data: b"<" + data),
    st.sampled_from(["gzip", "deflate", "br", "zstd"]),
    st.integers(1, 70_000),
)
def test_packing_and_unpacking_is_nothing(data: bytes, encoding: str, step: int) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}
    packers |= {"br": quick_brotli, "zstd": zstd}
    assert unpack(encoding, packers[encoding](data), step) == data


def test_no_piece_is_large() -> None:
    sizes = [len(piece) for piece in Unpacker("gzip").unpack(gzip.compress(bytes(10_000_000)))]
    assert max(sizes) <= PIECE_BYTES
