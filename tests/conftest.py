"""What holds for the whole suite."""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, in their random order: where two cores share the suite, none waits for one that began late."""
    long_files = {item.path for item in items if _is_long(item)}
    items.sort(key=lambda item: item.path not in long_files)


def _is_long(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(mark) for mark in ("server", "slow", "browser"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names bytes by their argument: packed ones hold the hour, and the workers of a run must agree on every name."""
    return argname if isinstance(val, bytes) else None
