"""Services and what they leave behind: real processes, small ones."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from flows.processes import RUN_NAME, Service, find_marked, find_run_ids
from flows.settings import Settings
from flows.supervise import Supervisor

# Starts a child with a session and a run of its own, as a worker does, and says so once it is there.
PARENT = (
    "import os, subprocess, sys, time\n"
    "child = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
    f"subprocess.Popen(child, start_new_session=True, env={{**os.environ, '{RUN_NAME}': 'run-1'}})\n"
    "print('started', flush=True)\n"
    "time.sleep(60)\n"
)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    log_path = tmp_path / "log"
    command = [sys.executable, "-c", PARENT]
    return Service(
        "worker", command, {}, log_path, lambda: "started" in log_path.read_text(), mark=f"worker:{tmp_path}"
    )


def test_what_a_killed_process_has_started_is_found_by_its_mark_and_ended(service: Service) -> None:
    service.start()
    try:
        assert service.wait_until_ready(30)
        assert service.process is not None
        service.process.kill()
        service.process.wait(10)
        assert find_run_ids({service.mark}) == {"run-1"}
        service.end_family()
        assert find_marked({service.mark}) == []
    finally:
        service.stop()


def test_a_wait_that_is_given_up_ends_at_once(service: Service) -> None:
    service.start()
    try:
        started = time.monotonic()
        assert not service.wait_until_ready(60, lambda: True)
        assert time.monotonic() - started < 5
    finally:
        service.stop()
    assert find_marked({service.mark}) == []


def test_a_closed_terminal_does_not_keep_anything_from_being_stopped(tmp_path: Path) -> None:
    def say(text: str) -> None:
        raise BrokenPipeError(text)

    Supervisor(Settings(home=tmp_path), say).say("Stopping ...")
