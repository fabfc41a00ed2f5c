"""Reads a response's body without ever holding more than its limit, whatever was compressed into it."""

from __future__ import annotations

import zlib

import httpx

GZIP_OR_ZLIB_BITS = 47
RAW_DEFLATE_BITS = -15


class BodyRefusedError(Exception):
    """The body is larger than the limit, or compressed in a way that was not asked for or is broken."""


class _Inflater:
    """Decompresses gzip (also of several members), zlib and raw deflate, at most `limit` bytes in all."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._decoder = zlib.decompressobj(GZIP_OR_ZLIB_BITS)
        self._is_first = True
        self.output = bytearray()

    def feed(self, data: bytes) -> None:
        """Adds what `data` decompresses to."""
        while data:
            room = self._limit - len(self.output) + 1
            self.output += self._decompress(data, room)
            if len(self.output) > self._limit:
                raise BodyRefusedError(f"body is larger than {self._limit} bytes when decompressed")
            if self._decoder.eof:
                data = self._decoder.unused_data.lstrip(b"\0")
                self._decoder = zlib.decompressobj(GZIP_OR_ZLIB_BITS)
            else:
                data = self._decoder.unconsumed_tail

    def _decompress(self, data: bytes, room: int) -> bytes:
        try:
            return self._decoder.decompress(data, room)
        except zlib.error as error:
            if not self._is_first:
                raise BodyRefusedError(f"body cannot be decompressed: {error}") from error
            self._decoder = zlib.decompressobj(RAW_DEFLATE_BITS)
        finally:
            self._is_first = False
        try:
            return self._decoder.decompress(data, room)
        except zlib.error as error:
            raise BodyRefusedError(f"body cannot be decompressed: {error}") from error


async def read_body(response: httpx.Response, *, max_bytes: int) -> bytes:
    """The decompressed body of a streamed response.

    Raises:
        BodyRefusedError: over `max_bytes` after decompression, an encoding we did not offer, or a broken one.
        httpx.HTTPError: the connection failed while reading.
    """
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("gzip", "x-gzip", "deflate"):
        inflater = _Inflater(max_bytes)
        async for chunk in response.aiter_raw():
            inflater.feed(chunk)
        return bytes(inflater.output)
    if encoding not in ("", "identity"):
        raise BodyRefusedError(f"body comes compressed as {encoding[:40]!r}, which was not asked for")
    plain = bytearray()
    async for chunk in response.aiter_raw():
        plain += chunk
        if len(plain) > max_bytes:
            raise BodyRefusedError(f"body is larger than {max_bytes} bytes")
    return bytes(plain)
