"""Undoes how an archived page was compressed on its way, with a limit on what it may become.

Live answers are unpacked by the client, which refuses what is damaged, since it can be asked for again. Of an archive
all that can be had counts.
"""

from __future__ import annotations

import zlib

import brotli

_WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_STEP_BYTES = 1024 * 1024


def decompress_body(body: bytes, encoding: str, limit: int) -> bytes | None:
    """The body as it was before it was compressed, or None where that is more than `limit` bytes.

    Args:
        body: as it travelled.
        encoding: what the Content-Encoding header says; several are undone from the last to the first.
        limit: bytes.

    A body that is not compressed as the header says comes back as it is: archives keep the header of what they have
    undone. Of one that is damaged further on, what can be had.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in _WINDOW_BITS:
            body = _inflate(body, _WINDOW_BITS[name], limit)
        elif name == "br":
            body = _unbrotli(body, limit)
    return body if len(body) <= limit else None


def _inflate(body: bytes, window_bits: int, limit: int) -> bytes:
    decoder = zlib.decompressobj(window_bits)
    plain, waiting = bytearray(), body
    try:
        while waiting and not decoder.eof and len(plain) <= limit:
            plain += decoder.decompress(waiting, _STEP_BYTES)
            waiting = decoder.unconsumed_tail
    except zlib.error:
        # Servers that say deflate send it raw as often as not (RFC 9110, 8.4.1.2).
        if not plain and window_bits > 0 and window_bits < 16:
            return _inflate(body, -15, limit)
    return bytes(plain) or body


def _unbrotli(body: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    plain, waiting = bytearray(), body
    try:
        while not decoder.is_finished() and len(plain) <= limit:
            before = len(plain)
            plain += decoder.process(waiting, output_buffer_limit=_STEP_BYTES)
            waiting = b""
            if len(plain) == before and decoder.can_accept_more_data():
                break
    except brotli.error:
        pass
    return bytes(plain) or body
