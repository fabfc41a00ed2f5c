"""Parses feeds in a process beside this one, so that asking and parsing of a large round go on at once.

Half of a round's processor time is parsing, and threads of one process would take turns at it. The process is a plain
one that lives from its standard input: it ends with whoever started it, however that ended. Until it stands, while it
has more to do than it gets done, and once it is gone, feeds are parsed here, so no feed's result depends on it.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
from collections import deque
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from flows.feeds.parse import ParsedFeed, parse_feed
from warehouse.errors import FeedError
from warehouse.records import Feed

# A process stands after half a second of processor time, in which so many are parsed; most feeds say nothing new.
MANY_BODIES = 20
# More than these waiting for the process, and it is the slower side.
MOST_WAITING = 32
# A body beyond this takes seconds to parse, in which nobody else would be asked or heard.
LARGE_BYTES = 256 * 1024
_LENGTH_BYTES = 8


class Parser(Protocol):
    """What parses a body."""

    async def parse(self, body: bytes, *, feed: Feed, content_type: str | None, now: datetime) -> ParsedFeed:
        """As `parse.parse_feed`."""


class ParserHere:
    """Parses in this process; large bodies in a thread."""

    async def parse(self, body: bytes, *, feed: Feed, content_type: str | None, now: datetime) -> ParsedFeed:
        """As `parse.parse_feed`."""
        if len(body) > LARGE_BYTES:
            return await asyncio.to_thread(parse_feed, body, feed=feed, content_type=content_type, now=now)
        return parse_feed(body, feed=feed, content_type=content_type, now=now)


class ParserBeside:
    """Parses in a process beside this one while the block lasts, and here where that is sooner."""

    def __init__(self) -> None:
        self._here = ParserHere()
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._waiting: deque[asyncio.Future[ParsedFeed | FeedError | None]] = deque()
        self._helping = asyncio.Lock()
        self._is_ready = False

    @property
    def is_ready(self) -> bool:
        """True while the process takes feeds."""
        return self._is_ready

    async def __aenter__(self) -> Self:
        pipe = asyncio.subprocess.PIPE
        with suppress(OSError):  # no room for another process: feeds are parsed here
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "flows.feeds.parsing", stdin=pipe, stdout=pipe
            )
            self._listening = asyncio.create_task(self._listen(self._process))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is None or self._listening is None:
            return
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._listening
        await self._process.wait()

    async def parse(self, body: bytes, *, feed: Feed, content_type: str | None, now: datetime) -> ParsedFeed:
        """As `parse.parse_feed`."""
        if self._is_ready and len(self._waiting) >= MOST_WAITING:
            # One at a time, and the loop's turn after each: it has to take what the process says too, or that stops.
            async with self._helping:
                if len(self._waiting) >= MOST_WAITING:
                    parsed = await self._here.parse(body, feed=feed, content_type=content_type, now=now)
                    await asyncio.sleep(0)
                    return parsed
        if not self._is_ready:
            return await self._here.parse(body, feed=feed, content_type=content_type, now=now)
        answer = await self._ask(_packed((body, feed, content_type, now)))
        if isinstance(answer, FeedError):
            raise answer
        return answer or await self._here.parse(body, feed=feed, content_type=content_type, now=now)

    async def _ask(self, question: bytes) -> ParsedFeed | FeedError | None:
        """What the process says; None where it is gone."""
        if self._process is None or self._process.stdin is None:
            return None
        future: asyncio.Future[ParsedFeed | FeedError | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        # Whole and in order, however many ask at once: nothing is awaited between the two lines.
        self._process.stdin.write(question)
        with suppress(ConnectionError):
            await self._process.stdin.drain()
        return await future

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Hands out the answers in the order of the questions, until the process is gone."""
        try:
            await _read_answer(process)  # its first word: it stands
            self._is_ready = True
            while True:
                self._settle(await _read_answer(process))
        except asyncio.IncompleteReadError:
            return
        finally:
            self._is_ready = False
            while self._waiting:
                self._settle(None)

    def _settle(self, answer: ParsedFeed | FeedError | None) -> None:
        future = self._waiting.popleft()
        if not future.done():  # who asked may have been told to stop
            future.set_result(answer)


class ParserOfMany:
    """Parses here until so much has come that a process beside pays, then there; to be used in `async with`."""

    def __init__(self) -> None:
        self._parser: Parser = ParserHere()
        self._count = 0
        self._beside = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._beside.aclose()

    async def parse(self, body: bytes, *, feed: Feed, content_type: str | None, now: datetime) -> ParsedFeed:
        """As `parse.parse_feed`."""
        self._count += 1
        if self._count == MANY_BODIES:
            self._parser = await self._beside.enter_async_context(ParserBeside())
        return await self._parser.parse(body, feed=feed, content_type=content_type, now=now)


async def _read_answer(process: asyncio.subprocess.Process) -> ParsedFeed | FeedError | None:
    assert process.stdout is not None
    length = int.from_bytes(await process.stdout.readexactly(_LENGTH_BYTES))
    answer: ParsedFeed | FeedError | None = pickle.loads(await process.stdout.readexactly(length))
    return answer


def _packed(content: object) -> bytes:
    data = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(_LENGTH_BYTES) + data


def _answer(body: bytes, feed: Feed, content_type: str | None, now: datetime) -> ParsedFeed | FeedError | None:
    """What is said of one body; None leaves it to who asked, so that an error none foresaw is told there."""
    try:
        return parse_feed(body, feed=feed, content_type=content_type, now=now)
    except FeedError as error:
        return error
    except Exception:  # noqa: BLE001 - the edge of one feed
        return None


def main() -> None:
    """Answers every question of the standard input, in order, until there is none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    asked, said = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    said.write(_packed(None))
    said.flush()
    while length := asked.read(_LENGTH_BYTES):
        said.write(_packed(_answer(*pickle.loads(asked.read(int.from_bytes(length))))))
        said.flush()


if __name__ == "__main__":
    main()
