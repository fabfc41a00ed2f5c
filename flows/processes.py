"""One child process of the supervisor: started in its own session, watched, logged, stopped with all it started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

import psutil

# A crash loop is told apart from bad luck by this many deaths within this many seconds.
CRASHES_IN_A_ROW = 5
CRASH_WINDOW_S = 60.0
LOG_LIMIT_BYTES = 20_000_000
# Every process of a home carries this variable, and so does whatever it starts: a child whose parent was killed is
# still known by it. No name of a setting, since settings that are unknown are refused.
MARK_NAME = "SUPERVISED_BY_MEREDA"
# Prefect's own: which run a process works on.
RUN_NAME = "PREFECT__FLOW_RUN_ID"


def _reset_signals() -> None:
    # A shell starts background jobs with SIGINT ignored, and the child would inherit that and never stop.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


@dataclass
class Service:
    """A named process: how to start it, when it is ready, where its log lies, the mark it and its children carry."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log_path: Path
    is_ready: Callable[[], bool]
    mark: str
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Starts the process in a session of its own; its output is appended to its log."""
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        if self.log_path.exists() and self.log_path.stat().st_size > LOG_LIMIT_BYTES:
            self.log_path.replace(self.log_path.with_suffix(".log.1"))
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment, MARK_NAME: self.mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_reset_signals,
            )

    @property
    def is_alive(self) -> bool:
        """True while the process runs."""
        return self.process is not None and self.process.poll() is None

    def wait_until_ready(self, timeout_s: float, is_given_up: Callable[[], bool] = lambda: False) -> bool:
        """True once it answers; False when it died first, was given up, or did not answer within `timeout_s`."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if is_given_up() or not self.is_alive:
                return False
            if self.is_ready():
                return True
            time.sleep(0.1)
        return False

    def is_crash_looping(self, now: float) -> bool:
        """Notes a death at `now` (monotonic seconds); True when there were too many in a row."""
        self.deaths = [death for death in self.deaths if now - death < CRASH_WINDOW_S] + [now]
        return len(self.deaths) >= CRASHES_IN_A_ROW

    def stop(self, patience_s: float = 8.0) -> None:
        """Stops the process and everything it started: SIGINT, then SIGTERM, then SIGKILL."""
        if self.process is None:
            return
        for number, wait_s in ((signal.SIGINT, patience_s), (signal.SIGTERM, 3.0), (signal.SIGKILL, 3.0)):
            if not self.is_alive:
                break
            self.process.send_signal(number)
            try:
                self.process.wait(wait_s)
            except subprocess.TimeoutExpired:
                continue
        self.end_family()
        self.process = None

    def end_family(self) -> None:
        """Ends all that the process started and that is still there, its own parent dead or not."""
        kill_all(find_marked({self.mark}))


def find_marked(marks: Set[str]) -> list[psutil.Process]:
    """Every live process that carries one of these marks."""
    return [process for process, environment in _read_environments() if environment.get(MARK_NAME) in marks]


def find_run_ids(marks: Set[str]) -> set[str]:
    """Ids of the flow runs that live processes with one of these marks work on."""
    return {
        environment[RUN_NAME]
        for _, environment in _read_environments()
        if environment.get(MARK_NAME) in marks and RUN_NAME in environment
    }


def _read_environments() -> Iterator[tuple[psutil.Process, dict[str, str]]]:
    """Each process whose environment may be read, with the environment it was started with."""
    for process in psutil.process_iter():
        try:
            environment = process.environ()
            if process.status() != psutil.STATUS_ZOMBIE:
                yield process, environment
        except (psutil.Error, OSError):
            continue


def kill_all(family: Sequence[psutil.Process]) -> None:
    """Ends these processes: two seconds' notice, then SIGKILL."""
    for process in family:
        try:
            process.terminate()
        except psutil.NoSuchProcess:
            continue
    _, stubborn = psutil.wait_procs(family, timeout=2.0)
    for process in stubborn:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(stubborn, timeout=2.0)
