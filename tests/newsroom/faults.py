"""Answers that spoil other answers: every way in which real servers go wrong."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace

from tests.newsroom.room import Answer, Reply, Request

RSS = "application/rss+xml; charset=utf-8"


def say(body: bytes, content_type: str = RSS, **headers: str) -> Answer:
    """The same body every time; a header's name is written with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: Reply(body=body, headers={"Content-Type": content_type, **named})


def refuse(status: int, *, retry_after: str | None = None, body: bytes = b"") -> Answer:
    """A status and nothing else, with Retry-After where given."""
    headers = {"Retry-After": retry_after} if retry_after is not None else {}
    return lambda request: Reply(status=status, headers=headers, body=body)


def redirect(target: str, status: int = 301) -> Answer:
    """The way elsewhere."""
    return lambda request: Reply(status=status, headers={"Location": target})


def slow(answer: Answer, first_byte_after_s: float) -> Answer:
    """Nothing for a while, then the answer."""
    return lambda request: replace(answer(request), first_byte_after_s=first_byte_after_s)


def drip(answer: Answer, bytes_per_s: float) -> Answer:
    """The body a few bytes at a time."""
    return lambda request: replace(answer(request), bytes_per_s=bytes_per_s)


def endless(answer: Answer) -> Answer:
    """A body without an end."""
    return lambda request: replace(answer(request), is_endless=True)


def cut_off(answer: Answer, after_bytes: int) -> Answer:
    """The connection breaks in the middle of the body."""
    return lambda request: replace(answer(request), cut_after_bytes=after_bytes)


def bomb(mib: int) -> Answer:
    """A few kilobytes that unpack to `mib` mebibytes of spaces."""
    packed = gzip.compress(b" " * (mib * 1024 * 1024), 9)
    return say(packed, Content_Encoding="gzip")


def zipped(answer: Answer) -> Answer:
    """The same, compressed with gzip."""

    def give(request: Request) -> Reply:
        reply = answer(request)
        return replace(reply, body=gzip.compress(reply.body, 1), headers={**reply.headers, "Content-Encoding": "gzip"})

    return give


def recoded(answer: Answer, encoding: str, *, declared: str | None) -> Answer:
    """The body in another encoding than UTF-8, with a Content-Type that names `declared` or none."""
    content_type = "application/rss+xml" + (f"; charset={declared}" if declared else "")

    def give(request: Request) -> Reply:
        reply = answer(request)
        text = reply.body.decode("utf-8").replace(' encoding="utf-8"', "")
        body = text.encode(encoding, "xmlcharrefreplace")
        return replace(reply, body=body, headers={**reply.headers, "Content-Type": content_type})

    return give


def flaky(answer: Answer, other: Answer, is_failing: Callable[[Request], bool]) -> Answer:
    """`other` where `is_failing` says so, else the answer."""
    return lambda request: (other if is_failing(request) else answer)(request)
