"""Turns at a host: how many at once, how far apart."""

from __future__ import annotations

import asyncio

import pytest

from flows.feeds.hosts import HostLimiter, registrable_domain


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://news.bbc.co.uk/a", "bbc.co.uk"),
        ("https://rss.kompas.com", "kompas.com"),
        ("https://www.antara.go.id/", "antara.go.id"),
        ("http://127.0.0.1:81/", "127.0.0.1:81"),
        ("http://localhost/", "localhost"),
        ("http://[::1", ""),
    ],
)
def test_the_domain_is_the_one_that_was_registered(url: str, domain: str) -> None:
    assert registrable_domain(url) == domain


def test_starts_at_one_domain_are_spaced_and_others_do_not_wait() -> None:
    waits: list[float] = []

    async def record(seconds: float) -> None:
        waits.append(seconds)

    async def run() -> None:
        limiter = HostLimiter(spacing_s=2.0, clock=lambda: 100.0, sleep=record)
        for url in (
            "https://example.com/1",
            "https://example.org/1",
            "https://x.example.com/2",
            "https://example.com/3",
        ):
            async with limiter.turn(url):
                pass

    asyncio.run(run())
    assert waits == [2.0, 4.0]


def test_no_more_than_so_many_are_at_one_domain_at_once() -> None:
    inside = most = 0

    async def visit(limiter: HostLimiter, url: str) -> None:
        nonlocal inside, most
        async with limiter.turn(url):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    async def run() -> None:
        limiter = HostLimiter(spacing_s=0.0, concurrency=2)
        await asyncio.gather(*(visit(limiter, f"https://a.example/{n}") for n in range(20)))

    asyncio.run(run())
    assert most == 2
