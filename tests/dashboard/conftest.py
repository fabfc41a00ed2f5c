"""What the dashboard's tests share: a small warehouse that is served, its dashboard, and one browser for all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit import config
from streamlit.components.v2 import manifest_scanner

from tests.browsing import open_browser, watch_requests
from tests.dashboard.newsroom import NOW, write_world
from tests.dashboard.screens import DESK, PATIENCE_MS, PHONE
from tests.ports import free_port
from tests.waiting import PATIENCE_S, wait_for
from warehouse.connect import open_warehouse

ROOT = Path(__file__).parents[2]
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(autouse=True)
def _on_this_machine() -> None:
    """Pages drawn without a server are those of a dashboard that listens on the loopback, as the real one does."""
    config.set_option("server.address", "127.0.0.1")


@pytest.fixture(scope="session", autouse=True)
def _packages_looked_through_once() -> Iterator[None]:
    """For each page drawn without a server Streamlit looks for components in every installed package: half a second."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@contextmanager
def started(log: Path, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=written,
            stderr=written,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


@pytest.fixture
def small_world(tmp_path: Path) -> Iterator[Path]:
    """A small warehouse that nothing serves, held open: else a page opens the file for each of its questions."""
    write_world(tmp_path)
    with open_warehouse(tmp_path):
        yield tmp_path


@pytest.fixture(scope="session")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the one dashboard that all files share."""
    return tmp_path_factory.mktemp("dashboard") / "home"


@pytest.fixture(scope="module")
def world(served_home: Path) -> Iterator[Path]:
    """A small warehouse, new for each file and served: the dashboard and a flow reach it at once."""
    shutil.rmtree(served_home, ignore_errors=True)
    write_world(served_home)
    with open_warehouse(served_home) as wh:
        # The dashboard remembers answers by their number of batches, and must not take this world for an earlier one.
        wh.execute(
            "INSERT INTO batches SELECT 'earlier-' || n, '', 0, $at FROM range($count) AS earlier(n)",
            at=NOW, count=next(_earlier_batches),
        )  # fmt: skip
    log = served_home.with_name("serve.log")
    with started(log, "warehouse.serve", "--home", str(served_home)) as process:
        wait_for(
            lambda: process.poll() is not None or (served_home / "warehouse.endpoint").exists(),
            PATIENCE_S,
            "the warehouse to be served",
        )
        assert process.poll() is None, log.read_text()
        yield served_home


_earlier_batches = count(1000, 1000)


@pytest.fixture(scope="session")
def _dashboard(served_home: Path) -> Iterator[str]:
    with streamlit_of(served_home) as url:
        yield url


@pytest.fixture
def dashboard_url(_dashboard: str, world: Path) -> str:
    """Where this file's world is shown. One dashboard for all: the first page of a new one takes ten seconds."""
    return _dashboard


@contextmanager
def streamlit_of(home: Path, *options: str, port: int | None = None) -> Iterator[str]:
    """The address of a dashboard of this home while the block lasts."""
    port = port or free_port()
    arguments = ("streamlit", "run", "dashboard/app.py", "--server.port", str(port), *options)
    log = home.with_name(f"dashboard-{port}.log")
    with started(log, *arguments, MEREDA_HOME=str(home)) as process:
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: process.poll() is not None or _answers(url), PATIENCE_S, "the dashboard to answer")
        assert process.poll() is None, log.read_text()
        yield url


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/_stcore/health", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A desk's page; the test fails where anything was asked of another host."""
    yield from watched_page(chromium, is_phone=False)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A page held in a hand."""
    yield from watched_page(chromium, is_phone=True)


def watched_page(chromium: Browser, *, is_phone: bool) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=PHONE if is_phone else DESK, has_touch=is_phone, is_mobile=is_phone, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    elsewhere = watch_requests(context)
    opened = context.new_page()
    yield opened
    context.close()
    assert elsewhere == []
