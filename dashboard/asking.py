"""The way from a page to the warehouse: what was answered is remembered for as long as it is right, for all readers.

An answer is asked anew exactly when a flow or a reader has changed a table it was read from. One client a process, with
the role that may only read; where nothing serves the warehouse, its file is opened for one question at a time, since
who keeps it open shuts the server out. The questions themselves are in `cached`.

Raises:
    WarehouseError: from all that asks, when the warehouse can't be reached (QuestionError: when it was, and did not
        answer); nothing is remembered then.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial, wraps
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeAlias, TypeVar, cast

from dashboard.answers import Answers
from dashboard.charts.figure import Figure, written_figure
from dashboard.translation.catalogue import language
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import ENDPOINT_NAME
from warehouse.read import read_data_version
from warehouse.versions import known_tables, read_table_versions, tables_in

P = ParamSpec("P")
R = TypeVar("R")

# What gives an answer and the tables it was read from, and by what it is known: the question's name, its parameters.
_Ask: TypeAlias = Callable[[], tuple[Any, frozenset[str]]]
_Key: TypeAlias = tuple[str, tuple[Any, ...], tuple[tuple[str, Any], ...]]

# A server that was ended is back in a second or two; a reader is told sooner than a flow gives up.
PATIENCE_S: Final = 6.0
# Answers live as long as they are right; the limits only keep memory bounded, and `overview` knows of "now".
REMEMBERED_S: Final = 600.0
REMEMBERED_PLACES: Final = 256
# Questions asked ahead at once: the warehouse works on one with all its processors, and waits between two.
ASKED_AHEAD: Final = 3
_answers = Answers(at_most=1024, for_s=REMEMBERED_S)
_made = Answers(at_most=512, for_s=REMEMBERED_S)

# What was asked the last time at each place, the one drawn last at the end.
_asked_at: OrderedDict[Hashable, Mapping[_Key, _Ask]] = OrderedDict()
_asked_guard = threading.Lock()

# Clients of serving processes, by home: they find their server anew with every question.
_clients: dict[Path, Warehouse] = {}


@dataclass(frozen=True, slots=True)
class _State:
    """Where the warehouse stands: its home, when its server began (0: none serves it), and each table's version."""

    home: str
    served_since: int
    versions: Mapping[str, int]


class _Page(threading.local):
    """The page that this thread draws: the state it is of, once that was asked, and the tables it shows.

    Outside of `one_version` no page is drawn, and `tables` is None. `asked` is what it has asked so far.
    """

    state: _State | None = None
    tables: set[str] | None = None
    asked: dict[_Key, _Ask] | None = None

    def note(self, tables: Iterable[str]) -> None:
        """Takes these tables for shown."""
        if self.tables is not None:
            self.tables.update(tables)


_page = _Page()


def home() -> Path:
    """The data folder: `MEREDA_HOME`, `./data` where unset."""
    return Path(os.environ.get("MEREDA_HOME") or "data").resolve()


def ask(question: Callable[Concatenate[Warehouse, P], R], *args: P.args, **named: P.kwargs) -> R:
    """What is answered now, not remembered."""
    answer, tables = _ask_noting(question, *args, **named)
    _page.note(tables)
    return answer


def write(question: Callable[Concatenate[Warehouse, P], R], *args: P.args, **named: P.kwargs) -> R:
    """What was asked of the warehouse to keep; what is asked after it on the same page sees it."""
    done = ask(question, *args, **named)
    _page.state = None
    return done


def remembered(question: Callable[Concatenate[Warehouse, P], R]) -> Callable[P, R]:
    """The question of a reading room without its first argument, its answers remembered."""

    @wraps(question)
    def asked(*args: P.args, **named: P.kwargs) -> R:
        state, (key, ask_now) = _state(), _as_asked(question, *args, **named)
        if _page.asked is not None:
            _page.asked[key] = ask_now
        answer = _answers.find((state.home, state.served_since, *key), state.versions, ask_now)
        _page.note(answer.versions)
        return cast(R, answer.given())

    return cast(Callable[P, R], asked)


def begin(asked: Callable[P, object], *args: P.args, **named: P.kwargs) -> None:
    """Begins to ask what the page comes to later, beside what it asks now, where a server answers.

    Args:
        asked: what `remembered` gave.
        args: as it will be asked.
    """
    question: Callable[..., Any] = getattr(asked, "__wrapped__")  # noqa: B009  # a Callable is not said to have it
    _ask_ahead(dict([_as_asked(question, *args, **named)]))


def _as_asked(question: Callable[..., Any], *args: Any, **named: Any) -> tuple[_Key, _Ask]:
    """What a question is known by, now and ahead, and how it is asked."""
    return (question.__qualname__, args, tuple(sorted(named.items()))), partial(_ask_noting, question, *args, **named)


def figure(chart: str, args: tuple[Any, ...], draw: Callable[[], Figure]) -> str:
    """A figure as JSON, as `drawn` gives it."""
    return drawn(chart, args, lambda: written_figure(draw()))


def drawn(name: str, args: tuple[Any, ...], draw: Callable[[], R]) -> R:
    """What is drawn of answers, once for each state of what the page shows and each language, for all readers.

    Args:
        name: its name.
        args: all that it depends on besides; the same ones give the same.
        draw: gives it, from answers that the page was given before or that it asks for itself. Not to be changed.
    """

    def noted(_state: _State) -> tuple[R, frozenset[str]]:
        value = draw()
        return value, known_tables() if _page.tables is None else frozenset(_page.tables)

    return cast(R, _make(name, args, noted))


def made(name: str, args: tuple[Any, ...], make: Callable[[], R]) -> R:
    """What is made of answers, once for each state of them and each language, for all readers; not to be changed.

    Args:
        name: its name.
        args: all that it depends on besides; the same ones give the same.
        make: gives it; all that it is made of it asks for itself.
    """

    def noted(state: _State) -> tuple[R, frozenset[str]]:
        outer = _page.state, _page.tables
        _page.state, _page.tables = state, set()
        try:
            return make(), frozenset(_page.tables)
        finally:
            _page.state, _page.tables = outer

    return cast(R, _make(name, args, noted))


def data_version() -> int:
    """A number that grows with every committed batch; never remembered."""
    return _ask_noting(read_data_version)[0]


@contextmanager
def one_version(place: Hashable = None) -> Iterator[None]:
    """While the block lasts, all that this thread asks is of one state, which is asked once: a page costs twenty.

    Args:
        place: what is drawn in the block. What was asked the last time is asked anew from the beginning, side by side,
            where it has changed: the page is put together while the warehouse works.
    """
    _page.state, _page.tables, _page.asked = None, set(), {}
    try:
        _ask_ahead(_asked_at.get(place, {}))
        yield
        _keep_asked(place, _page.asked)
    finally:
        _page.state, _page.tables, _page.asked = None, None, None


def _ask_ahead(asked: Mapping[_Key, _Ask]) -> None:
    """Asks what is not known any more, where a server answers: a file is read by one at a time."""
    if not asked or home() not in _clients:
        return
    state = _state()
    for key, ask_now in asked.items():
        whole_key = (state.home, state.served_since, *key)
        if not _answers.is_at_hand(whole_key, state.versions):
            _askers().submit(_ask_unless_known, whole_key, state.versions, ask_now)


def _ask_unless_known(key: Hashable, versions: Mapping[str, int], ask_now: _Ask) -> None:
    # The page may have come to this question first. What goes wrong here is told to who waits for the answer.
    if not _answers.is_at_hand(key, versions):
        _answers.find(key, versions, ask_now)


@cache
def _askers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(ASKED_AHEAD, thread_name_prefix="ask-ahead")


def _keep_asked(place: Hashable, asked: Mapping[_Key, _Ask]) -> None:
    with _asked_guard:
        _asked_at[place] = asked
        _asked_at.move_to_end(place)
        while len(_asked_at) > REMEMBERED_PLACES:
            _asked_at.popitem(last=False)


def drawn_versions() -> dict[str, int]:
    """Table -> version of all that the page being drawn shows so far."""
    versions = _state().versions
    return {name: versions[name] for name in _page.tables or ()}


def is_changed(drawn: Mapping[str, int]) -> bool:
    """Whether a table has another version now than the one drawn."""
    versions = _read_state().versions
    return any(versions[name] != version for name, version in drawn.items())


def _make(name: str, args: tuple[Any, ...], make: Callable[[_State], tuple[Any, frozenset[str]]]) -> Any:
    state = _state()
    key = (state.home, state.served_since, language(), name, args)
    answer = _made.find(key, state.versions, lambda: make(state))
    _page.note(answer.versions)
    return answer.given()


def _state() -> _State:
    """What answers are to be of: the state of the page being drawn; outside of `one_version` the present one."""
    if _page.tables is None:
        return _read_state()
    if _page.state is None:
        _page.state = _read_state()
    return _page.state


def _read_state() -> _State:
    """The present state; the versions of tables are asked once for each number of changes."""
    folder, number = home(), data_version()
    try:
        served_since = (folder / ENDPOINT_NAME).stat().st_mtime_ns
    except OSError:
        served_since = 0
    key = ("table versions", str(folder), served_since, number)
    versions = _answers.find(key, {}, lambda: _ask_noting(read_table_versions))
    return _State(str(folder), served_since, versions.value)


def _ask_noting(
    question: Callable[Concatenate[Warehouse, P], R], *args: P.args, **named: P.kwargs
) -> tuple[R, frozenset[str]]:
    """The answer, and the tables it was read from."""
    texts: list[str] = []
    with _way_to(home()) as client:
        answer = question(client.heard_by(texts.append), *args, **named)
    return answer, frozenset().union(*map(tables_in, texts))


@contextmanager
def _way_to(folder: Path) -> Iterator[Warehouse]:
    """The client of the serving process of this home, kept for the next; the file itself where there is none."""
    client = _clients.get(folder)
    if client is None:
        client = open_warehouse(folder, role="read", wait_s=PATIENCE_S, retry_s=PATIENCE_S)
        if not client.is_served:
            with client:
                yield client
            return
        client = _clients.setdefault(folder, client)
    yield client
