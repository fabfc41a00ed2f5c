"""What the newsroom knows: which address answers how, and what was asked of it."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came: header names in lower case; `number` counts requests of this address from 1."""

    host: str
    path: str
    headers: Mapping[str, str]
    number: int
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back, and how badly.

    Attributes:
        first_byte_after_s: how long nothing comes at all.
        bytes_per_s: the body drips at this rate; None: at once.
        is_endless: the body is sent again and again until the other side hangs up.
        cut_after_bytes: the connection is closed after so many bytes of the body, whatever length was announced.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    first_byte_after_s: float = 0.0
    bytes_per_s: float | None = None
    is_endless: bool = False
    cut_after_bytes: int | None = None


Answer = Callable[[Request], Reply]


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the book: who was asked, when (seconds of the newsroom's clock), and what was answered."""

    host: str
    path: str
    at_s: float
    status: int
    byte_count: int
    is_conditional: bool


class Newsroom:
    """Answers by host and path; an address nobody put there is a 404. The book is written as requests come in."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.port = 0  # set while it is served
        self.book: list[Asked] = []
        self.connection_count = 0
        self._answers: dict[tuple[str, str], Answer] = {}
        self._numbers: Counter[tuple[str, str]] = Counter()
        self._at_once: Counter[str] = Counter()
        self.most_at_once: Counter[str] = Counter()

    def put(self, host: str, path: str, answer: Answer) -> str:
        """The address under which `answer` is given from now on."""
        self._answers[host, path] = answer
        return self.address(host, path)

    def address(self, host: str, path: str) -> str:
        """The URL of a path, with the port while the newsroom is served."""
        return f"http://{host}:{self.port}{path}" if self.port else f"http://{host}{path}"

    @property
    def hosts(self) -> frozenset[str]:
        """Every name there is, for `MEREDA_ALLOW_PRIVATE_HOSTS`."""
        return frozenset(host for host, _ in self._answers)

    def reply(self, host: str, path: str, headers: Mapping[str, str]) -> Reply:
        """The answer to one request, written into the book."""
        self._numbers[host, path] += 1
        request = Request(host, path, headers, self._numbers[host, path], self.clock())
        answer = self._answers.get((host, path))
        reply = answer(request) if answer else Reply(status=404)
        is_conditional = "if-none-match" in headers or "if-modified-since" in headers
        self.book.append(Asked(host, path, request.at_s, reply.status, len(reply.body), is_conditional))
        return reply

    def begin(self, host: str) -> None:
        """Counts a request of this host as being answered."""
        self._at_once[host] += 1
        self.most_at_once[host] = max(self.most_at_once[host], self._at_once[host])

    def end(self, host: str) -> None:
        """Counts it as answered."""
        self._at_once[host] -= 1

    def count(self, host: str | None = None, path: str | None = None) -> int:
        """How many requests came, of one host or path where named."""
        return sum(host in (None, one.host) and path in (None, one.path) for one in self.book)

    def statuses(self) -> Counter[int]:
        """How many answers were given by status."""
        return Counter(one.status for one in self.book)

    def closest_s(self, group: Callable[[Asked], str] = lambda one: one.host) -> dict[str, float]:
        """By group (host, unless told), the shortest time between two requests; groups asked once are absent."""
        times: defaultdict[str, list[float]] = defaultdict(list)
        for one in self.book:
            times[group(one)].append(one.at_s)
        return {name: _closest(instants) for name, instants in times.items() if len(instants) > 1}


def _closest(instants: Iterable[float]) -> float:
    ordered = sorted(instants)
    return min(later - earlier for earlier, later in pairwise(ordered))
