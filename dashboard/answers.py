"""Answers that are kept as long as they are right, the same ones for all readers.

An answer is right while no table it was read from has changed. However many ask the same at once, it is asked once and
the others wait for it. Answers are shared, not copied: a frame is given out as a copy that costs nothing until somebody
writes to it (pandas copies on write), all else must be left as it is.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, the versions its tables had at least when it was asked for, and when that was.

    Attributes:
        value: what was answered.
        versions: table -> its version, of the tables it was read from.
        asked_at_s: on the clock of its `Answers`, seconds.
    """

    value: Any
    versions: Mapping[str, int]
    asked_at_s: float

    def given(self) -> Any:
        """The value for one reader."""
        return self.value.copy(deep=False) if isinstance(self.value, pd.DataFrame) else self.value


class Answers:
    """The last answers, so many at most; those used longest ago go first."""

    def __init__(self, *, at_most: int, for_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_most, self._for_s, self._clock = at_most, for_s, clock
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._asked: dict[Hashable, Future[Answer]] = {}
        self._guard = threading.Lock()

    def find(
        self, key: Hashable, versions: Mapping[str, int], ask: Callable[[], tuple[Any, Collection[str]]]
    ) -> Answer:
        """The answer to this question: the kept one if it is right, else what is answered now. Raises what `ask` does.

        Args:
            key: what is asked; the same key is the same question.
            versions: table -> the version that an answer must not be older than.
            ask: gives the answer and the tables it was read from, not older than `versions`.
        """
        while True:
            with self._guard:
                answer = self._kept.get(key)
                if answer is not None and self._is_right(answer, versions):
                    self._kept.move_to_end(key)
                    return answer
                asked = self._asked.get(key)
                if asked is None:
                    own: Future[Answer] = Future()
                    self._asked[key] = own
                    break
            answer = asked.result()
            # What was asked before a change may not know of it.
            if self._is_right(answer, versions):
                return answer
        return self._answer(key, versions, ask, own)

    def is_at_hand(self, key: Hashable, versions: Mapping[str, int]) -> bool:
        """Whether a right answer is kept, or somebody is being answered now."""
        with self._guard:
            answer = self._kept.get(key)
            return key in self._asked or (answer is not None and self._is_right(answer, versions))

    def _answer(
        self,
        key: Hashable,
        versions: Mapping[str, int],
        ask: Callable[[], tuple[Any, Collection[str]]],
        own: Future[Answer],
    ) -> Answer:
        asked_at_s = self._clock()
        try:
            value, tables = ask()
            answer = Answer(value, {name: versions.get(name, 0) for name in tables}, asked_at_s)
        except BaseException as error:
            with self._guard:
                del self._asked[key]
            own.set_exception(error)
            raise
        with self._guard:
            del self._asked[key]
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > self._at_most:
                self._kept.popitem(last=False)
        own.set_result(answer)
        return answer

    def _is_right(self, answer: Answer, versions: Mapping[str, int]) -> bool:
        is_young = self._clock() - answer.asked_at_s < self._for_s
        return is_young and all(version >= versions.get(name, 0) for name, version in answer.versions.items())
