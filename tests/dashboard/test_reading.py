"""A reader in a real browser: a click opens the sentence, new data leaves the zoom, no request leaves the machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import watch_requests
from tests.dashboard.newsroom import STRIKE, add_day, write_world
from warehouse.connect import open_warehouse

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
DRAWN = ".mereda-chart[data-drawn]"
RANGE = "() => document.querySelector('.mereda-chart').layout.xaxis.range.map(String)"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Path]:
    """A small warehouse, served: the dashboard and a flow reach it at once."""
    write_world(tmp_path)
    command = [sys.executable, "-m", "warehouse.serve", "--home", str(tmp_path)]
    with (tmp_path / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        pause = threading.Event()
        while not (tmp_path / "warehouse.endpoint").exists():
            assert process.poll() is None, (tmp_path / "serve.log").read_text()
            pause.wait(0.1)
        yield tmp_path
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def dashboard_url(world: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)]
    with (world / "dashboard.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "MEREDA_HOME": str(world)}, stdout=log, stderr=log
        )
    try:
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(transport=transport) as client:
            assert client.get(f"http://127.0.0.1:{port}/_stcore/health", timeout=20).status_code == 200
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def opened_pair(page: Page, url: str) -> None:
    page.goto(f"{url}/pair?a=ARL&b=BEL&range=30d")
    page.wait_for_selector(DRAWN, timeout=60_000)


def test_click_on_a_marker_opens_its_sentence_and_keeps_it_in_the_address(
    chromium: Browser, dashboard_url: str
) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 1200})
    elsewhere = watch_requests(page.context)
    opened_pair(page, dashboard_url)
    page.locator(".mereda-chart .scatterlayer path.point[d^='M-']").first.wait_for()
    marker = page.evaluate(
        """() => { const chart = document.querySelector('.mereda-chart'), full = chart._fullLayout;
        const trace = chart.data.find(t => t.name === 'escalation events'), box = chart.getBoundingClientRect();
        const x = full.xaxis.d2p(trace.x[0]) + full.xaxis._offset;
        const y = full.yaxis2.d2p(trace.y[0]) + full.yaxis2._offset;
        return [box.left + x, box.top + y]; }"""
    )
    page.mouse.move(marker[0], marker[1])
    page.mouse.click(marker[0], marker[1])
    page.locator("mark", has_text=STRIKE).first.wait_for(timeout=20_000)
    assert "event=" in page.url
    assert elsewhere == []
    page.close()


def test_new_data_leaves_the_zoom(chromium: Browser, dashboard_url: str, world: Path) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 1200})
    opened_pair(page, dashboard_url)
    plot = page.locator(".mereda-chart .nsewdrag").first.bounding_box()
    assert plot is not None
    middle = plot["y"] + plot["height"] / 2
    page.mouse.move(plot["x"] + plot["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"] * 0.7, middle, steps=8)
    page.mouse.up()
    page.wait_for_function("() => document.querySelector('.mereda-chart').layout.xaxis.autorange === false")
    zoomed = page.evaluate(RANGE)
    drawn = page.locator(DRAWN).get_attribute("data-drawn")
    with open_warehouse(world) as wh:
        add_day(wh)
    page.wait_for_function(f"() => document.querySelector('.mereda-chart').dataset.drawn !== '{drawn}'", timeout=40_000)
    assert page.evaluate(RANGE) == zoomed
    page.close()
