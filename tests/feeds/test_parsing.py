"""Parsing beside: the same as parsing here, whatever becomes of the process."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from flows.feeds.parse import ParsedFeed
from flows.feeds.parsing import LARGE_BYTES, MANY_BODIES, MOST_WAITING, ParserBeside, ParserHere, ParserOfMany
from tests.feeds.world import NOW, build_feed
from warehouse.errors import FeedError

FEED = build_feed("https://news.example")
HANGING_ON = """
import asyncio
from flows.feeds.parsing import ParserBeside
async def wait():
    async with ParserBeside() as beside:
        while not beside.is_ready:
            await asyncio.sleep(0.05)
        print("ready", flush=True)
        await asyncio.sleep(600)
asyncio.run(wait())
"""


def body_of(number: int, size: int = 0) -> bytes:
    item = (
        f"<item><guid>{number}</guid><title>Talks, round {number}</title><description>{'x' * size}</description></item>"
    )
    return f"<rss version='2.0'><channel><title>T</title>{item}</channel></rss>".encode()


BODIES = [
    *(body_of(number) for number in range(40)),
    body_of(41, LARGE_BYTES),
    b"<html>Subscribe!</html>",
    b"",
    b"\xff\xfe",
]


async def parse_all(parser: ParserBeside | ParserHere) -> list[ParsedFeed | str]:
    async def one(body: bytes) -> ParsedFeed | str:
        try:
            return await parser.parse(body, feed=FEED, content_type=None, now=NOW)
        except FeedError as error:
            return f"{error} {error.subject_id}"

    return list(await asyncio.gather(*(one(body) for body in BODIES)))


def children(pid: int | None = None) -> set[psutil.Process]:
    """The processes that one has started; tests before may have left servers of theirs to this one."""
    return set(psutil.Process(pid).children())


async def stand(beside: ParserBeside, before: set[psutil.Process]) -> psutil.Process:
    """Its process, once it takes feeds; `before` are those that stood when it was started."""
    while not beside.is_ready:
        await asyncio.sleep(0.02)
    (process,) = children() - before
    return process


def test_a_feed_is_parsed_alike_here_and_beside_before_the_process_stands_and_after_it_is_gone() -> None:
    before = children()

    async def run() -> list[list[ParsedFeed | str]]:
        async with ParserBeside() as beside:
            starting = await parse_all(beside)
            process = await stand(beside, before)
            standing = await parse_all(beside)
            (once,) = await asyncio.gather(beside.parse(BODIES[0], feed=FEED, content_type=None, now=NOW))
            assert once == standing[0]
            process.kill()
            dying = await parse_all(beside)
            while beside.is_ready:
                await asyncio.sleep(0.02)
            return [starting, standing, dying, await parse_all(beside)]

    here = asyncio.run(parse_all(ParserHere()))
    assert [type(one) for one in here[-4:]] == [ParsedFeed, str, str, str]
    assert asyncio.run(run()) == [here] * 4
    assert children() == before


def test_a_question_under_way_when_the_process_dies_is_answered_here() -> None:
    before = children()

    async def run() -> list[ParsedFeed]:
        async with ParserBeside() as beside:
            process = await stand(beside, before)
            process.suspend()
            asking = [
                asyncio.create_task(beside.parse(body, feed=FEED, content_type=None, now=NOW))
                for body in BODIES[: MOST_WAITING + 2]
            ]
            await asyncio.sleep(0.1)
            assert [task.done() for task in asking] == [False] * MOST_WAITING + [True] * 2
            process.kill()
            return await asyncio.gather(*asking)

    assert [parsed.entries[0].title for parsed in asyncio.run(run())] == [
        f"Talks, round {n}" for n in range(MOST_WAITING + 2)
    ]


def test_the_process_ends_with_whoever_started_it(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HANGING_ON], stdout=subprocess.PIPE, cwd=tmp_path) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        (child,) = children(parent.pid)
        parent.send_signal(signal.SIGKILL)
        assert psutil.wait_procs([child], timeout=60)[1] == []


def test_a_process_is_started_only_once_much_has_come_and_ends_with_the_round() -> None:
    before = children()

    async def run() -> list[int]:
        async with ParserOfMany() as parser:
            counts = []
            for number in range(MANY_BODIES):
                counts.append(len(children() - before))
                parsed = await parser.parse(body_of(number), feed=FEED, content_type=None, now=NOW)
                assert parsed.entries[0].title == f"Talks, round {number}"
            return [*counts, len(children() - before)]

    assert asyncio.run(run()) == [0] * MANY_BODIES + [1]
    assert children() == before


@pytest.mark.parametrize("delay_s", [0.0, 0.3])
def test_leaving_while_the_process_still_starts_leaves_none(delay_s: float) -> None:
    before = children()

    async def run() -> None:
        async with ParserBeside():
            await asyncio.sleep(delay_s)

    asyncio.run(run())
    assert children() == before
