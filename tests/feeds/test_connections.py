"""Which connection a request goes over, and how many there are."""

from __future__ import annotations

import asyncio

import pytest

from flows.feeds.fetch import Fetched, Outcome, fetch_feed
from flows.feeds.transport import open_client
from tests.feeds.rough import Authority, serve_http2
from tests.feeds.test_http2 import respond_with_feed
from tests.feeds.world import NOW, build_feed
from tests.newsroom import Newsroom, open_newsroom
from tests.newsroom.publishing import Publication

HOSTS = [f"127.0.0.{number}" for number in range(2, 8)]


@pytest.mark.parametrize(
    ("at_once", "hosts", "connection_count"),
    [
        (50, HOSTS[:1] * 4, 1),  # one after the other: kept
        (50, HOSTS * 2, 6),  # as many as are kept without a request under way
        (5, HOSTS[:2] * 2, 4),  # only the last one is kept
    ],
)
def test_a_connection_is_kept_for_the_next_request_to_its_origin(
    at_once: int, hosts: list[str], connection_count: int
) -> None:
    async def run(room: Newsroom) -> list[Outcome]:
        async with open_client(allow_private_hosts=room.hosts, max_connections=at_once) as client:
            return [await fetch_feed(client, build_feed(room.address(host, "/feed")), now=NOW) for host in hosts]

    room = Newsroom()
    for host in HOSTS:
        room.put(host, "/feed", Publication(name=host))
    with open_newsroom(room, addresses=HOSTS):
        outcomes = asyncio.run(run(room))
        assert all(isinstance(outcome, Fetched) for outcome in outcomes)
        assert room.connection_count == connection_count


def test_no_more_requests_are_under_way_than_are_allowed() -> None:
    async def run(room: Newsroom) -> list[Outcome]:
        async with open_client(allow_private_hosts=room.hosts, max_connections=3) as client:
            feed = build_feed(room.address(HOSTS[0], "/feed"))
            return await asyncio.gather(*(fetch_feed(client, feed, now=NOW) for _ in range(9)))

    room = Newsroom()
    room.put(HOSTS[0], "/feed", Publication(name="one"))
    with open_newsroom(room, addresses=HOSTS[:1], after_s=0.05):
        outcomes = asyncio.run(run(room))
        assert all(isinstance(outcome, Fetched) for outcome in outcomes)
        assert room.most_at_once[HOSTS[0]] == 3


def test_requests_to_one_origin_share_a_connection_of_http2_that_is_still_being_dialled() -> None:
    authority, dialled = Authority(), []

    async def look_up(host: str, port: int) -> list[str]:
        dialled.append(host)
        return ["127.0.0.1"]

    async def run(port: int) -> list[Outcome]:
        async with open_client(
            allow_private_hosts={"news.example"}, ssl_context=authority.believing(), lookup=look_up
        ) as client:
            feed = build_feed(f"https://news.example:{port}/feed")
            return await asyncio.gather(*(fetch_feed(client, feed, now=NOW) for _ in range(5)))

    with serve_http2(authority.serving("news.example"), respond_with_feed) as port:
        outcomes = asyncio.run(run(port))
    assert all(isinstance(outcome, Fetched) for outcome in outcomes)
    assert len(dialled) == 1
