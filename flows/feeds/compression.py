"""Takes compression off a body step by step: gzip, deflate, brotli and zstd, a bounded piece at a time.

Every decoder gives back pieces and stops between them, so whoever counts them decides how much is unpacked: a bomb
costs no more than one piece. What a body is counts for more than what its header says, since servers mislabel.
Sources: RFC 1950-1952 (deflate, gzip), RFC 7932 (brotli), RFC 8878 (zstd), RFC 9659 (window of zstd in HTTP).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli
import zstandard

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
PIECE_BYTES = 64 * 1024
# zstd cannot be told to stop; a block of four bytes is at most 128 KiB unpacked, so slices of this are at most 8 MiB.
ZSTD_SLICE_BYTES = 256
ZSTD_WINDOW_BYTES = 8 * 1024 * 1024
# Blocked gzip has a member for every 64 KiB; more than this are there to keep us busy.
MEMBER_LIMIT = 4096
# Layers that a header may name; one more may be there unnamed, where a server packs what was packed.
LAYER_LIMIT = 2
# Packed bytes that may come without four times fewer unpacked ones: padding, empty members and blocks are endless.
PADDING_BYTES = 1024 * 1024
HEAD_BYTES = 4
GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
NO_ENCODING = frozenset({"", "identity", "none", "utf-8", "binary", "8bit"})


class CompressionError(Exception):
    """The body is not what its compression should be: broken, cut short, of an unknown kind, or mere padding."""


class Decoder(Protocol):
    """Unpacks one layer of compression."""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """The pieces that come out when `data` goes in."""

    def is_complete(self) -> bool:
        """Whether the layer may end here."""


class _Plain:
    def unpack(self, data: bytes) -> Iterator[bytes]:
        yield data

    def is_complete(self) -> bool:
        return True


class _Inflater:
    """gzip of any number of members, zlib, or raw deflate; what follows the last member is left aside."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._decoder = zlib.decompressobj(bits)
        self._rest = b""
        self._member_count = 1

    def unpack(self, data: bytes) -> Iterator[bytes]:
        if self._decoder.eof:
            data = self._next_member(data)
        while True:
            piece = self._decoder.decompress(data, PIECE_BYTES)
            if piece:
                yield piece
            if self._decoder.eof:
                data = self._next_member(self._decoder.unused_data)
                if not data:
                    return
            else:
                data = self._decoder.unconsumed_tail
                # A full piece may have more behind it, though all that came is taken in.
                if not data and len(piece) < PIECE_BYTES:
                    return

    def _next_member(self, data: bytes) -> bytes:
        self._rest = (self._rest + data).lstrip(b"\0")
        if len(self._rest) < len(GZIP_MAGIC):
            return b""
        rest, self._rest = self._rest, b""
        if self._bits != GZIP_BITS or not rest.startswith(GZIP_MAGIC):
            return b""
        self._member_count += 1
        if self._member_count > MEMBER_LIMIT:
            raise CompressionError(f"body has more than {MEMBER_LIMIT} gzip members")
        self._decoder = zlib.decompressobj(self._bits)
        return rest

    def is_complete(self) -> bool:
        return self._decoder.eof


class _Zstd:
    """zstd of any number of frames; what follows the last one is left aside."""

    def __init__(self) -> None:
        self._context = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES)
        self._decoder = self._context.decompressobj()
        self._frame_count = 1
        self._rest = b""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        place = 0
        while place < len(data):
            part = data[place : place + ZSTD_SLICE_BYTES]
            place += len(part)
            part = self._rest + part if self._decoder.eof else part
            self._rest = b""
            while part:
                if self._decoder.eof and not self._begin(part):
                    break
                piece = self._decoder.decompress(part)
                if piece:
                    yield piece
                part = self._decoder.unused_data if self._decoder.eof else b""

    def _begin(self, part: bytes) -> bool:
        if len(part) < HEAD_BYTES:
            self._rest = part
            return False
        if not _is_zstd(part):
            return False
        self._frame_count += 1
        if self._frame_count > MEMBER_LIMIT:
            raise CompressionError(f"body has more than {MEMBER_LIMIT} zstd frames")
        self._decoder = self._context.decompressobj()
        return True

    def is_complete(self) -> bool:
        return self._decoder.eof


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()

    def unpack(self, data: bytes) -> Iterator[bytes]:
        if self._decoder.is_finished():
            return
        piece = self._decoder.process(data, output_buffer_limit=PIECE_BYTES)
        while piece or not self._decoder.can_accept_more_data():
            yield piece
            if self._decoder.is_finished():
                return
            piece = self._decoder.process(b"", output_buffer_limit=PIECE_BYTES)

    def is_complete(self) -> bool:
        return bool(self._decoder.is_finished())


GZIP_BITS, ZLIB_BITS, RAW_BITS = 31, 15, -15


def _decoder_of(encoding: str, head: bytes) -> Decoder:
    if head.startswith(GZIP_MAGIC):
        return _Inflater(GZIP_BITS)
    if _is_zstd(head):
        return _Zstd()
    if encoding in NO_ENCODING or _is_text(head):
        return _Plain()
    if encoding == "deflate":
        is_zlib = len(head) > 1 and head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0
        return _Inflater(ZLIB_BITS if is_zlib else RAW_BITS)
    if encoding == "br":
        return _Brotli()
    if encoding in ("gzip", "x-gzip", "zstd"):
        raise CompressionError(f"body is called {encoding} and is none")
    raise CompressionError(f"body comes packed as {encoding[:40]!r}, which was not asked for")


def _is_zstd(head: bytes) -> bool:
    # Frames to be skipped carry any of sixteen numbers (RFC 8878, 3.1.2).
    return head.startswith(ZSTD_MAGIC) or (head[:1] != b"" and head[0] >> 4 == 5 and head[1:4] == b"\x2a\x4d\x18")


def _is_text(head: bytes) -> bool:
    """True for what markup or JSON begins with, and no brotli or deflate stream does."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return start in (b"<", b"{", b"[") or head[:2] in (b"\xff\xfe", b"\xfe\xff")


class _Layer:
    """One layer, whose decoder is chosen when its first bytes are there."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._head = b""
        self._decoder: Decoder | None = None

    def unpack(self, data: bytes, *, is_last: bool) -> Iterator[bytes]:
        if self._decoder is None:
            data = self._head = self._head + data
            if not data or (len(data) < HEAD_BYTES and not is_last):
                return
            self._decoder = _decoder_of(self._encoding, data)
        if data:
            yield from self._decoder.unpack(data)
        if is_last and not self._decoder.is_complete():
            raise CompressionError("body is cut short inside its compression")


class Unpacker:
    """Unpacks a body through all its layers; `encoding` is the Content-Encoding header, outermost layer last."""

    def __init__(self, encoding: str) -> None:
        named = [name for part in encoding.lower().split(",") if (name := part.strip()) not in NO_ENCODING]
        if len(named) > LAYER_LIMIT:
            raise CompressionError(f"body is packed {len(named)} times over")
        self._layers = [*(_Layer(name) for name in reversed(named)), _Layer("")]
        self._in_count = self._out_count = 0

    def unpack(self, data: bytes, *, is_last: bool = False) -> Iterator[bytes]:
        """The pieces that come out when `data` goes in, of at most 8 MiB each; call once more with `is_last`.

        Raises:
            CompressionError: see there; the pieces given before it are good.
        """
        self._in_count += len(data)
        try:
            for piece in self._pass(0, data, is_last):
                self._out_count += len(piece)
                yield piece
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise CompressionError(f"body cannot be unpacked: {error}") from error
        if self._in_count > PADDING_BYTES + 4 * self._out_count:
            raise CompressionError("body is padding without end")

    def _pass(self, place: int, data: bytes, is_last: bool) -> Iterator[bytes]:
        if place == len(self._layers):
            if data:
                yield data
            return
        for piece in self._layers[place].unpack(data, is_last=is_last):
            yield from self._pass(place + 1, piece, False)
        if is_last:
            yield from self._pass(place + 1, b"", True)
