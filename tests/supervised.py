"""A whole Mereda for tests: `mereda up` in a home of its own, and what is left of it afterwards."""

from __future__ import annotations

import csv
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
import psutil

MEREDA = str(Path(sys.executable).parent / "mereda")
START_TIMEOUT_S = 150.0
STOP_TIMEOUT_S = 60.0


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(home: Path, **settings: str) -> dict[str, str]:
    """This process's environment without settings of any other home, and with those given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MEREDA_", "PREFECT_"))}
    return {**kept, "MEREDA_HOME": str(home), **{f"MEREDA_{key.upper()}": value for key, value in settings.items()}}


class RunningHome:
    """`mereda up` on free ports; leaving the block asks it to stop and waits."""

    def __init__(self, home: Path, *options: str, settings: Mapping[str, str] | None = None) -> None:
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

    def start(self) -> Self:
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
        wait_for(
            lambda: self.is_up or self.process is None or self.process.poll() is not None,
            START_TIMEOUT_S,
            "the home to be up",
        )
        if not self.is_up:
            raise AssertionError("mereda up ended early:\n" + "\n".join(self.output))
        return self

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self.output.append(line.rstrip("\n"))

    @property
    def is_up(self) -> bool:
        return any("Ctrl-C" in line for line in self.output)

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(STOP_TIMEOUT_S)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process is not None and self.process.poll() is None:
            self.stop()
        for process in processes_of(self.home):
            process.kill()

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`mereda ARGUMENTS` in this home."""
        return subprocess.run(
            [MEREDA, *arguments],
            env=self.environment,
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            check=check,
        )

    def sql(self, query: str) -> list[dict[str, str]]:
        """The rows of a query, through the command."""
        return list(csv.DictReader(io.StringIO(self.run("sql", query).stdout)))

    def runs(self) -> list[dict[str, object]]:
        """All flow runs the Prefect server knows of, but those only scheduled."""
        answer = httpx.post(f"{self.prefect_url}/api/flow_runs/filter", json={"limit": 200}, timeout=10)
        return [run for run in answer.json() if run["state_type"] != "SCHEDULED"]


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


def wait_for(is_so: Callable[[], bool], timeout_s: float, what: str) -> None:
    """Returns once it is so; AssertionError naming `what` after `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout_s:.0f} s in vain for {what}")
        time.sleep(0.25)
