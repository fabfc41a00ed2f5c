"""What holds for the whole suite."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.prefect_stock import SHARED_FOLDER

# Marks of long tests, the longest first.
LONG = (("server",), ("slow", "browser"))


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
    """Long files first, else in their random order: where cores share the suite, none waits for one that began late.

    First of all those that wait for whole homes and for Prefect, so that something else makes use of their waits.
    """
    ranks: dict[Path, int] = {}
    for item in items:
        rank = next((rank for rank, marks in enumerate(LONG) if any(map(item.get_closest_marker, marks))), len(LONG))
        ranks[item.path] = min(rank, ranks.get(item.path, rank))
    items.sort(key=lambda item: ranks[item.path])


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names bytes by their argument: packed ones hold the hour, and the workers of a run must agree on every name."""
    return argname if isinstance(val, bytes) else None
