from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.settings import Settings
from warehouse.connect import Warehouse, open_warehouse


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", allow_private_hosts=("127.0.0.1",), host_spacing_s=0, demo=True)


@pytest.fixture
def wh(settings: Settings) -> Iterator[Warehouse]:
    with open_warehouse(settings.home) as opened:
        yield opened
