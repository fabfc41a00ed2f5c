import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from flows.settings import Settings
from tests.flows.second_readings import KEY, STRIKE, assess
from tests.prefect_stock import serve_prefect, stock_prefect
from tests.warehouse_stock import stock_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import DATABASE_NAME


@pytest.fixture(scope="session")
def prefect_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of one Prefect server for all runs from the shell that need one: to start its own takes ten seconds."""
    home = tmp_path_factory.mktemp("prefect")
    stock_prefect(home)
    with serve_prefect(home) as port:
        yield port


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", allow_private_hosts=("127.0.0.1",), host_spacing_s=0, demo=True)


@pytest.fixture
def wh(settings: Settings) -> Iterator[Warehouse]:
    stock_warehouse(settings.home)
    with open_warehouse(settings.home) as opened:
        yield opened


@pytest.fixture
def doubting(settings: Settings) -> Settings:
    """Settings under which every mention that moves a curve is doubtful; no endpoint yet."""
    return settings.model_copy(
        update={
            "llm_model": "small",
            "llm_api_key": SecretStr(KEY),
            "llm_confidence_below": 1.0,
            "llm_base_url": "http://127.0.0.1:9/v1",
        }
    )


@pytest.fixture(scope="session")
def strike_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse in which the rules have read of one strike."""
    home = tmp_path_factory.mktemp("strike")
    with open_warehouse(home) as wh:
        assess(wh, Settings(home=home), STRIKE)
    return home / DATABASE_NAME


@pytest.fixture
def struck(strike_file: Path, doubting: Settings) -> Iterator[Warehouse]:
    """The warehouse with one strike, for this test alone."""
    doubting.home.mkdir()
    shutil.copy(strike_file, doubting.home)
    with open_warehouse(doubting.home) as opened:
        yield opened
