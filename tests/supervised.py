"""A whole Mereda for tests: `mereda up` in a home of its own, and what is left of it afterwards."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx
import psutil

from tests.ports import free_port
from tests.prefect_stock import stock_prefect
from tests.waiting import PATIENCE_S, wait_for, wait_for_one
from warehouse.connect import open_warehouse

MEREDA = str(Path(sys.executable).parent / "mereda")
START_TIMEOUT_S = PATIENCE_S
STOP_TIMEOUT_S = 180.0
# One command from the shell.
COMMAND_TIMEOUT_S = 300.0
# How long the Prefect server may be away, or say that its database is busy.
BUSY_S = 240.0
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


def clean_environment(home: Path, **settings: str) -> dict[str, str]:
    """This process's environment without settings of any other home, and with those given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MEREDA_", "PREFECT_"))}
    return {**kept, "MEREDA_HOME": str(home), **{f"MEREDA_{key.upper()}": value for key, value in settings.items()}}


class RunningHome:
    """`mereda up` on free ports; leaving the block asks it to stop and waits.

    Prefect's database is there already, but for homes that are to be as new ones are.
    """

    def __init__(
        self, home: Path, *options: str, settings: Mapping[str, str] | None = None, is_new: bool = False
    ) -> None:
        if not is_new:
            stock_prefect(home)
        self.home = home
        self.prefect_port, self.dashboard_port, self.wire_port = free_port(), free_port(), free_port()
        given = {
            "prefect_port": str(self.prefect_port),
            "dashboard_port": str(self.dashboard_port),
            "wire_port": str(self.wire_port),
            **(settings or {}),
        }
        self.environment = clean_environment(home, **given)
        self.options = options
        self.output: list[str] = []
        self.process: subprocess.Popen[str] | None = None

    @property
    def dashboard_url(self) -> str:
        return f"http://127.0.0.1:{self.dashboard_port}"

    @property
    def prefect_url(self) -> str:
        return f"http://127.0.0.1:{self.prefect_port}"

    def launch(self) -> None:
        """Starts the command and comes back at once."""
        self.output.clear()
        self.process = subprocess.Popen(
            [MEREDA, "up", *self.options],
            env=self.environment,
            cwd=self.home.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def start(self) -> Self:
        """Starts the command; comes back once the home is up, and leaves nothing where it does not come up."""
        self.launch()
        try:
            wait_for(lambda: self.is_up or not self.is_running, START_TIMEOUT_S, "the home to be up")
            assert self.is_up, "mereda up ended early"
        except AssertionError as error:
            self.kill()
            raise AssertionError(f"{error}; it said:\n" + "\n".join(self.output)) from error
        return self

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """Ends every process of this home at once."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(STOP_TIMEOUT_S)
        for process in processes_of(self.home):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self.output.append(line.rstrip("\n"))

    @property
    def is_up(self) -> bool:
        return any("Ctrl-C" in line for line in self.output)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Asks it to stop as Ctrl-C does, and gives its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(STOP_TIMEOUT_S)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self.is_running:
                self.stop()
        finally:
            self.kill()

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`mereda ARGUMENTS` in this home."""
        return subprocess.run(
            [MEREDA, *arguments],
            env=self.environment,
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            check=check,
            timeout=COMMAND_TIMEOUT_S,
        )

    def sql(self, query: str) -> list[dict[str, str]]:
        """The rows of a query, as texts. Asked as the command does, without the second that starting it takes."""
        with open_warehouse(self.home, role="read") as wh:
            return [{name: _as_text(value) for name, value in row.items()} for row in wh.query(query)]

    def ask(self, path: str, body: object = None, *, method: str = "POST") -> httpx.Response:
        """What the Prefect server answers under /api; asked again while it is away, or says that it is busy.

        With a body this is a POST, else a GET; `method` names another one.
        """
        url = f"{self.prefect_url}/api/{path}"

        def ask_once() -> httpx.Response | None:
            try:
                answer = httpx.request("GET" if body is None else method, url, json=body, timeout=30)
            except httpx.HTTPError:
                return None
            return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer

        return wait_for_one(ask_once, BUSY_S, f"an answer of the Prefect server to {path}")

    def runs(self) -> list[dict[str, Any]]:
        """All flow runs the Prefect server knows of, but those only scheduled."""
        runs = self.ask("flow_runs/filter", {"limit": 200}).raise_for_status().json()
        return [run for run in runs if run["state_type"] != "SCHEDULED"]

    def wait_for(self, is_so: Callable[[], bool], what: str) -> None:
        """Returns once it is so; AssertionError naming `what`, and how every run went, after the usual patience."""
        try:
            wait_for(is_so, PATIENCE_S, what)
        except AssertionError as error:
            told = [f"{run['name']}: {run['state_name']} {run['state'].get('message') or ''}" for run in self.runs()]
            raise AssertionError("\n".join([str(error), *self.output, *told])) from error

    def run_by_form(self, name: str, form: Mapping[str, object], timeout_s: float = PATIENCE_S) -> dict[str, Any]:
        """A run of this deployment, asked for as its form does, once it has ended well.

        A run that meets another one of the same deployment is cancelled at once, as it should be: then it is asked
        for again.
        """
        deployment = self.ask(f"deployments/name/{name}/{name}").raise_for_status().json()
        path = f"deployments/{deployment['id']}/create_flow_run"

        def read_ended(run_id: str) -> dict[str, Any] | None:
            run: dict[str, Any] = self.ask(f"flow_runs/{run_id}").json()
            return run if run["state_type"] in ENDED else None

        def run_once() -> dict[str, Any] | None:
            # With its own key, a wish that is repeated since the answer was lost is still one run.
            wish = {"parameters": {"parameters": form}, "idempotency_key": uuid4().hex}
            run_id = self.ask(path, wish).raise_for_status().json()["id"]
            ended = wait_for_one(lambda: read_ended(run_id), timeout_s, f"the run of {name} to end")
            assert ended["state_type"] in ("COMPLETED", "CANCELLED"), ended["state"]
            return ended if ended["state_type"] == "COMPLETED" else None

        return wait_for_one(run_once, timeout_s, f"a run of {name} that meets no other")


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def processes_of(home: Path) -> list[psutil.Process]:
    """Every live process that was started for this home, but for the one asking."""
    found = []
    for process in psutil.process_iter():
        try:
            is_ours = process.environ().get("MEREDA_HOME") == str(home) and process.pid != os.getpid()
            if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found
