"""What holds for the whole suite."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

from tests.prefect_stock import SHARED_FOLDER


def pytest_configure(config: pytest.Config) -> None:
    """A folder that all processes of a run share."""
    if not hasattr(config, "workerinput"):
        os.environ[SHARED_FOLDER] = tempfile.mkdtemp(prefix="tests-shared-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Takes it away again."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED_FOLDER), ignore_errors=True)


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
