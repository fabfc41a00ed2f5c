"""Starts, watches and stops everything a home needs, in order of readiness.

Order: (demo newsroom,) warehouse, Prefect server and dashboard side by side, then deployments, then the worker. What
dies is restarted; what dies again and again stops the whole with the name of its log. A second supervisor of the same
home leaves the first alone; what a killed supervisor left behind is ended before anything is started.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import filelock
import httpx

from flows.orchestration import WORK_POOL, prefect_address, prefect_environment
from flows.processes import Service, identify, kill_all, kill_leftovers
from flows.settings import Settings
from warehouse.endpoint import read_endpoint
from warehouse.errors import NewsError
from warehouse.migrate import migrate

READY_TIMEOUT_S = 120.0
# Between two looks at the services.
WATCH_S = 0.5


class StartError(NewsError):
    """The home cannot be started; the message says why and what to do."""


def _answers(url: str) -> Callable[[], bool]:
    def is_ready() -> bool:
        try:
            return httpx.get(url, timeout=2.0).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    return is_ready


def plan_services(settings: Settings) -> dict[str, Service]:
    """Every service of a home by name, not started yet."""
    home, host, port = settings.home, settings.host, str(settings.prefect_port)
    binaries = Path(sys.executable).parent
    app = Path(__file__).parents[1] / "dashboard" / "app.py"
    prefect, streamlit = str(binaries / "prefect"), [sys.executable, "-m", "streamlit", "run", str(app)]
    environment = {**prefect_environment(settings), "PYTHONUNBUFFERED": "1", **_passed_on(settings)}
    commands: dict[str, tuple[list[str], Callable[[], bool]]] = {
        "warehouse": (
            [sys.executable, "-m", "warehouse.serve", "--home", str(home)],
            lambda: read_endpoint(home) is not None,
        ),
        "prefect": (
            [prefect, "server", "start", "--host", host, "--port", port],
            _answers(f"{prefect_address(settings)}/api/health"),
        ),
        "dashboard": (
            [*streamlit, *_streamlit_options(settings)],
            _answers(f"http://{host}:{settings.dashboard_port}/_stcore/health"),
        ),
        "worker": (
            [prefect, "worker", "start", "--pool", WORK_POOL, "--type", "process", "--name", f"mereda-{os.getpid()}"],
            lambda: True,
        ),
        "wire": (
            [
                sys.executable,
                "-m",
                "flows.wire",
                "--port",
                str(settings.wire_port),
                "--pace",
                str(settings.demo_pace_s),
            ],
            _answers(f"http://{host}:{settings.wire_port}/robots.txt"),
        ),
    }
    return {
        name: Service(name, command, environment, home / "logs" / f"{name}.log", is_ready)
        for name, (command, is_ready) in commands.items()
    }


def _streamlit_options(settings: Settings) -> list[str]:
    options = {
        "server.address": settings.host,
        "server.port": str(settings.dashboard_port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        # Users never see exception text; the log keeps it.
        "client.showErrorDetails": "none",
    }
    return [part for name, value in options.items() for part in (f"--{name}", value)]


def _passed_on(settings: Settings) -> dict[str, str]:
    """Settings as variables for the children, so that a command line option reaches the flow runs too."""
    passed = {"MEREDA_DEMO": str(settings.demo).lower(), "PREFECT_UI_URL": prefect_address(settings)}
    if settings.demo:
        passed["MEREDA_ALLOW_PRIVATE_HOSTS"] = ",".join({*settings.allow_private_hosts, settings.host})
        passed["MEREDA_WIRE_PORT"] = str(settings.wire_port)
        # All six outlets live on one host, which is ours.
        passed["MEREDA_HOST_SPACING_S"] = "0"
        passed["MEREDA_COLLECT_EVERY_S"] = passed["MEREDA_ASSESS_EVERY_S"] = "20"
    return passed


def check_ports(settings: Settings) -> None:
    """Raises StartError naming the first port of this home that something else listens on."""
    ports = {"prefect_port": settings.prefect_port, "dashboard_port": settings.dashboard_port}
    if settings.demo:
        ports["wire_port"] = settings.wire_port
    for key, port in ports.items():
        with socket.socket() as probe:
            # As the servers themselves do, so that the remains of a closed connection do not count as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, port))
            except OSError as error:
                name = f"MEREDA_{key.upper()}"
                raise StartError(
                    f"port {port} ({key}) is taken by another program; stop it or choose another with {name}"
                ) from error


def prepare_home(home: Path) -> None:
    """Makes the data folder; raises StartError when it can't be written."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StartError(
            f"data folder {home} cannot be written ({error.strerror}); choose another with MEREDA_HOME"
        ) from error


class Supervisor:
    """One home's services, from the first start to the last stop."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self.settings = settings
        self.say = say
        self.services = plan_services(settings)
        self.started: list[Service] = []
        self.is_stopping = False
        self._record = settings.home / "supervisor.json"

    def run(self, prepare: Callable[[Settings], None]) -> None:
        """Starts all, watches until told to stop, stops all.

        Args:
            prepare: called once the warehouse is served and before the worker starts (feeds into the warehouse).

        Raises:
            StartError: something could not be started, or kept dying.
        """
        prepare_home(self.settings.home)
        lock = filelock.FileLock(self.settings.home / "supervisor.lock")
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            self.say(f"Mereda already runs in {self.settings.home}; this one leaves it alone.")
            return
        with lock:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, self._ask_to_stop)
            self._end_leftovers()
            check_ports(self.settings)
            try:
                self._start_all(prepare)
                self._watch()
            finally:
                self._stop_all()

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.is_stopping = True

    def _end_leftovers(self) -> None:
        if not self._record.exists():
            return
        try:
            left = [(int(pid), float(started)) for pid, started in json.loads(self._record.read_text())]
        except (ValueError, TypeError):
            left = []
        if count := kill_leftovers(left):
            self.say(f"Ended {count} processes an earlier run had left behind.")
        self._record.unlink(missing_ok=True)

    def _note_children(self) -> None:
        known = [identify(service.process.pid) for service in self.started if service.process is not None]
        self._record.write_text(json.dumps([one for one in known if one is not None]))

    def _launch(self, *names: str) -> None:
        """Starts the named services side by side and waits until each is ready."""
        for name in names:
            service = self.services[name]
            service.start()
            if service not in self.started:
                self.started.append(service)
        self._note_children()
        for name in names:
            service = self.services[name]
            if not service.wait_until_ready(READY_TIMEOUT_S) and not self.is_stopping:
                raise StartError(f"{name} did not start; its log says why: {service.log_path}")

    def _start_all(self, prepare: Callable[[Settings], None]) -> None:
        from flows.deployments import reap_runs, register_deployments, start_run  # reads Prefect's settings on import

        migrate(self.settings.home)
        self.say("Starting warehouse, Prefect server and dashboard ...")
        self._launch("warehouse", *(["wire"] if self.settings.demo else []), "prefect", "dashboard")
        prepare(self.settings)
        asyncio.run(reap_runs("The worker was gone when Mereda started"))
        deployments = asyncio.run(register_deployments(self.settings))
        self._launch("worker")
        for name in ("collect", "assess"):
            asyncio.run(start_run(deployments[name], run_name=f"{name} at start"))
        self.say(f"  Dashboard  http://{self.settings.host}:{self.settings.dashboard_port}")
        self.say(f"  Prefect    {prefect_address(self.settings)}")
        self.say("The first collection has begun. Ctrl-C stops everything.")

    def _watch(self) -> None:
        while not self.is_stopping:
            for service in self.started:
                if not service.is_alive and not self.is_stopping:
                    self._revive(service)
                service.note_family()
            time.sleep(WATCH_S)

    def _revive(self, service: Service) -> None:
        if service.is_crash_looping(time.monotonic()):
            raise StartError(f"{service.name} keeps dying; its log says why: {service.log_path}")
        self.say(f"{service.name} had stopped and is started again.")
        kill_all(service.family)
        if service.name == "worker":
            from flows.deployments import reap_runs

            asyncio.run(reap_runs("Its worker died"))
        self._launch(service.name)

    def _stop_all(self) -> None:
        if not self.started:
            return
        self.say("Stopping ...")
        for service in reversed(self.started):
            service.stop()
            if service.name == "worker" and self.services["prefect"].is_alive:
                self._reap_after_worker()
        self._record.unlink(missing_ok=True)
        self.say("Stopped.")

    def _reap_after_worker(self) -> None:
        from flows.deployments import reap_runs

        try:
            asyncio.run(reap_runs("Mereda was stopped"))
        except (httpx.HTTPError, OSError):
            # The next start reaps them: stopping must not fail for a server that is itself going down.
            self.say("Runs in progress are marked as crashed at the next start.")
