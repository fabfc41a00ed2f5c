"""The small world, written once a session; each test has a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.world import write_world
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import DATABASE_NAME


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("world")
    with open_warehouse(home) as wh:
        write_world(wh)
    return home / DATABASE_NAME


@pytest.fixture
def filled(world_file: Path, tmp_path: Path) -> Iterator[Warehouse]:
    home = tmp_path / "filled"
    home.mkdir()
    shutil.copy(world_file, home)
    with open_warehouse(home) as wh:
        yield wh
