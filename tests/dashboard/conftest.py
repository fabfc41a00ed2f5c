"""What the dashboard's tests share: a small warehouse that is served, its dashboard, and one browser for all."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit import config

from tests.browsing import open_browser, watch_requests
from tests.dashboard.newsroom import write_world
from tests.dashboard.screens import DESK, PATIENCE_MS, PHONE
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(autouse=True)
def _on_this_machine() -> None:
    """Pages drawn without a server are those of a dashboard that listens on the loopback, as the real one does."""
    config.set_option("server.address", "127.0.0.1")


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
        process.wait(timeout=30)


@pytest.fixture
def small_world(tmp_path: Path) -> Path:
    """A small warehouse that nothing serves."""
    write_world(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small warehouse, served: the dashboard and a flow reach it at once."""
    home = tmp_path_factory.mktemp("served")
    write_world(home)
    with started(home / "serve.log", "warehouse.serve", "--home", str(home)) as process:
        pause = threading.Event()
        while not (home / "warehouse.endpoint").exists():
            assert process.poll() is None, (home / "serve.log").read_text()
            pause.wait(0.1)
        yield home


@pytest.fixture(scope="module")
def dashboard_url(world: Path) -> Iterator[str]:
    port = str(free_port())
    arguments = ("streamlit", "run", "dashboard/app.py", "--server.port", port)
    with started(world / "dashboard.log", *arguments, MEREDA_HOME=str(world)):
        transport = httpx.HTTPTransport(retries=10)
        with httpx.Client(transport=transport, timeout=30) as client:
            assert client.get(f"http://127.0.0.1:{port}/_stcore/health").status_code == 200
        yield f"http://127.0.0.1:{port}"


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
