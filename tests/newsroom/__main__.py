"""Serves many feeds from a process of its own: `python -m tests.newsroom --feeds 1000 --kib 30 --after-ms 20`.

Prints one JSON line with the port and the addresses of the feeds, then takes commands on standard input, one a line,
and answers each with a JSON line: `publish SHARE` (so many of the feeds get three new items), `count`, `forget`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import timedelta

from tests.newsroom.publishing import EPOCH, Publication, write_item
from tests.newsroom.room import Newsroom
from tests.newsroom.serving import start_newsroom

NEW_ITEMS = 3
ITEMS = 30


def address_of(number: int) -> str:
    """The loopback address of an outlet: each one is a host of its own."""
    return f"127.{10 + number // 62_500}.{number // 250 % 250}.{number % 250 + 1}"


def found(room: Newsroom, count: int, kib: int, *, ports_by_address: bool = True) -> list[Publication]:
    """Feeds of about `kib` kibibytes each, put into the room under their own address."""
    signs = max(100, kib * 1024 // ITEMS - 300)
    feeds = []
    for number in range(count):
        feed = Publication(name=f"outlet{number}.test", window=ITEMS)
        start = EPOCH + timedelta(minutes=number)
        feed.publish(*(write_item(number * 1000 + k, start + timedelta(hours=k), signs=signs) for k in range(ITEMS)))
        room.put(address_of(number) if ports_by_address else feed.name, "/feed.xml", feed)
        feeds.append(feed)
    return feeds


def publish(feeds: list[Publication], share: float) -> int:
    """Gives an even `share` of the feeds new items; how many feeds changed."""
    changed = [feed for place, feed in enumerate(feeds) if int((place + 1) * share) > int(place * share)]
    for feed in changed:
        newest = feed.items[0]
        signs = len(newest.text)
        feed.publish(
            *(
                write_item(newest.number + k, newest.published + timedelta(hours=k), signs=signs)
                for k in range(1, NEW_ITEMS + 1)
            )
        )
    return len(changed)


def obey(command: str, room: Newsroom, feeds: list[Publication]) -> dict[str, object]:
    """What a command of the standard input gives back."""
    word, _, rest = command.strip().partition(" ")
    if word == "publish":
        return {"changed": publish(feeds, float(rest))}
    if word == "forget":
        room.book.clear()
        room.connection_count = 0
    statuses = {str(status): number for status, number in sorted(room.statuses().items())}
    return {"requests": len(room.book), "statuses": statuses, "connections": room.connection_count}


async def main() -> None:
    """Serves until its standard input ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--kib", type=int, default=30)
    parser.add_argument("--after-ms", type=float, default=20.0)
    given = parser.parse_args()
    room = Newsroom()
    feeds = found(room, given.feeds, given.kib)
    addresses = [address_of(number) for number in range(given.feeds)]
    server = await start_newsroom(room, addresses=addresses, after_s=given.after_ms / 1000)
    urls = [room.address(address, "/feed.xml") for address in addresses]
    sys.stdout.write(json.dumps({"port": room.port, "urls": urls}) + "\n")
    sys.stdout.flush()
    loop = asyncio.get_running_loop()
    async with server:
        while command := await loop.run_in_executor(None, sys.stdin.readline):
            sys.stdout.write(json.dumps(obey(command, room, feeds)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
