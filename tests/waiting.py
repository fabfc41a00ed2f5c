"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# How long anything may take before a test gives it up: ten times what the slowest takes on a quiet machine of two
# cores, since a machine that does much else is no fault of what is tested.
PATIENCE_S = 500.0


def wait_for(is_so: Callable[[], bool], timeout_s: float, what: str) -> None:
    """Returns once it is so; AssertionError naming `what` after `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout_s:.0f} s in vain for {what}")
        time.sleep(0.25)


def wait_for_one(find: Callable[[], T | None], timeout_s: float, what: str) -> T:
    """The first thing found; AssertionError naming `what` after `timeout_s`."""
    found: list[T] = []

    def is_found() -> bool:
        one = find()
        if one is not None:
            found.append(one)
        return one is not None

    wait_for(is_found, timeout_s, what)
    return found[0]
