"""Time that passes only when nobody has anything to do: days of waiting in moments, in the right order."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Skipping:
    """A selector that does not wait for the time, but moves it on."""

    def __init__(self) -> None:
        self._inner = selectors.DefaultSelector()
        self.now_s = 0.0

    def select(self, timeout: float | None = None) -> Any:
        events = self._inner.select(timeout if timeout is None else 0)
        if not events and timeout:
            self.now_s += timeout
        return events

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next thing that is due. Work in threads takes no time on it."""

    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)  # type: ignore[arg-type]  # all that a loop asks of a selector

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._skipping.now_s


def run_simulated(main: Coroutine[Any, Any, T]) -> T:
    """What the coroutine returns, run in simulated time."""
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        return runner.run(main)


def simulated_now() -> float:
    """Seconds of the running loop, 0 while none runs."""
    try:
        return asyncio.get_running_loop().time()
    except RuntimeError:
        return 0.0
