"""One child process of the supervisor: started in its own session, watched, logged, stopped with all it started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

# A crash loop is told apart from bad luck by this many deaths within this many seconds.
CRASHES_IN_A_ROW = 5
CRASH_WINDOW_S = 60.0
LOG_LIMIT_BYTES = 20_000_000


def _reset_signals() -> None:
    # A shell starts background jobs with SIGINT ignored, and the child would inherit that and never stop.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


@dataclass
class Service:
    """A named process: how to start it, when it is ready, where its log lies."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log_path: Path
    is_ready: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    family: list[psutil.Process] = field(default_factory=list)

    def note_family(self) -> None:
        """Remembers what the process has started, so that it can be ended when the process itself is killed."""
        if self.process is not None and self.is_alive:
            self.family = descendants(self.process.pid)

    def start(self) -> None:
        """Starts the process in a session of its own; its output is appended to its log."""
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        if self.log_path.exists() and self.log_path.stat().st_size > LOG_LIMIT_BYTES:
            self.log_path.replace(self.log_path.with_suffix(".log.1"))
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment},
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

    def wait_until_ready(self, timeout_s: float) -> bool:
        """True once it answers; False when it died first or did not answer within `timeout_s`."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if not self.is_alive:
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
        self.note_family()
        for number, wait_s in ((signal.SIGINT, patience_s), (signal.SIGTERM, 3.0), (signal.SIGKILL, 3.0)):
            if not self.is_alive:
                break
            self.process.send_signal(number)
            try:
                self.process.wait(wait_s)
            except subprocess.TimeoutExpired:
                continue
        kill_all(self.family)
        self.process = None


def descendants(pid: int) -> list[psutil.Process]:
    """All processes below `pid`, itself not included; none when it is gone."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


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


def identify(pid: int) -> tuple[int, float] | None:
    """(pid, start time) of a live process, which names it even after its number is used again; None when gone."""
    try:
        return pid, psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return None


def kill_leftovers(identities: Sequence[tuple[int, float]]) -> int:
    """Ends processes a killed supervisor left behind, with all they started; returns how many there were."""
    left: list[psutil.Process] = []
    for pid, started in identities:
        try:
            process = psutil.Process(pid)
            if abs(process.create_time() - started) < 1.0:
                left += [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            continue
    kill_all(left)
    return len(left)
