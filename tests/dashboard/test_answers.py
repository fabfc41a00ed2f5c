"""What is remembered of answers: asked once for all, right for as long as their tables are."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pandas as pd
import pytest

from dashboard.answers import Answers

READERS = 8


def counted(values: list[Any], *tables: str) -> Callable[[], tuple[Any, list[str]]]:
    """Gives one value after another, as often as it is asked."""
    return lambda: (values.pop(0), list(tables))


def kept(*, at_most: int = 10) -> Answers:
    return Answers(at_most=at_most, for_s=60)


def test_an_answer_is_asked_anew_when_a_table_it_was_read_from_changed_and_only_then() -> None:
    answers, ask = kept(), counted(["first", "second"], "events")
    assert answers.find("q", {"events": 1, "polls": 1}, ask).value == "first"
    assert answers.find("q", {"events": 1, "polls": 2}, ask).value == "first"
    assert answers.find("q", {"events": 2, "polls": 2}, ask).value == "second"


def test_a_reader_of_an_older_state_takes_the_newer_answer() -> None:
    answers, ask = kept(), counted(["new"], "events")
    assert answers.find("q", {"events": 2}, ask).value == "new"
    assert answers.find("q", {"events": 1}, ask).value == "new"


def test_an_answer_grows_old_by_the_clock() -> None:
    now = [0.0]
    answers = Answers(at_most=10, for_s=60, clock=lambda: now[0])
    ask = counted(["first", "second"])
    assert [answers.find("q", {}, ask).value for now[0] in (0.0, 59.0, 60.0)] == ["first", "first", "second"]


def test_what_was_used_longest_ago_is_forgotten_first() -> None:
    answers = kept(at_most=2)
    for key in ("a", "b", "a", "c"):
        answers.find(key, {}, lambda: ("once", []))
    assert answers.find("a", {}, lambda: ("again", [])).value == "once"
    assert answers.find("b", {}, lambda: ("again", [])).value == "again"


def test_many_who_ask_at_once_are_answered_by_one_question() -> None:
    answers, begun, may_end = kept(), Event(), Event()
    asked: list[int] = []

    def ask() -> tuple[str, list[str]]:
        asked.append(1)
        begun.set()
        may_end.wait(30)
        return "answer", ["events"]

    with ThreadPoolExecutor(READERS) as pool:
        first = pool.submit(answers.find, "q", {"events": 1}, ask)
        assert begun.wait(30)
        others = [pool.submit(answers.find, "q", {"events": 1}, ask) for _ in range(READERS - 1)]
        may_end.set()
        assert {future.result(30).value for future in (first, *others)} == {"answer"}
    assert len(asked) == 1


def test_who_saw_a_change_does_not_take_what_was_asked_before_it() -> None:
    answers, begun, may_end = kept(), Event(), Event()

    def ask_long() -> tuple[str, list[str]]:
        begun.set()
        may_end.wait(30)
        return "before", ["events"]

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(answers.find, "q", {"events": 1}, ask_long)
        assert begun.wait(30)
        later = pool.submit(answers.find, "q", {"events": 2}, lambda: ("after", ["events"]))
        may_end.set()
        assert first.result(30).value == "before"
        assert later.result(30).value == "after"


def test_all_who_wait_are_told_that_it_failed_and_the_next_asks_again() -> None:
    answers, together = kept(), Barrier(READERS)

    def ask() -> tuple[str, list[str]]:
        raise ValueError("no answer")

    def one() -> str:
        together.wait(30)
        with pytest.raises(ValueError, match="no answer"):
            answers.find("q", {}, ask)
        return "told"

    with ThreadPoolExecutor(READERS) as pool:
        assert {future.result(30) for future in [pool.submit(one) for _ in range(READERS)]} == {"told"}
    assert answers.find("q", {}, lambda: ("answer", [])).value == "answer"


def test_what_one_reader_does_to_a_frame_no_other_sees() -> None:
    answers = kept()

    def given() -> pd.DataFrame:
        frame: pd.DataFrame = answers.find("q", {}, lambda: (pd.DataFrame({"a": [1]}), [])).given()
        return frame

    own = given()
    own["b"] = 2
    own.loc[0, "a"] = 3
    assert given().to_dict("list") == {"a": [1]}
