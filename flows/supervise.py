"""Starts, watches and stops everything a home needs, in order of readiness.

Order: (demo newsroom,) warehouse, Prefect server and dashboard side by side, then the worker and the deployments. What
dies is restarted; what dies again and again stops the whole with the name of its log. A second supervisor of the same
home leaves the first alone; what a killed supervisor left behind is ended before anything is started. Runs whose
process is gone are marked as crashed, so that none blocks the next one. Every wait ends: with its time, or with Ctrl-C.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import importlib
import signal
import socket
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import filelock
import httpx

from flows import sign_in
from flows.orchestration import prefect_address
from flows.processes import Service, find_marked, find_run_ids, kill_all
from flows.rounds.llm import told_at_start
from flows.services import dashboard_address, plan_services, worker_name
from flows.settings import Settings
from flows.sign_in import check_door
from warehouse.errors import NewsError
from warehouse.migrate import migrate

# Small machines that do much else take minutes for what a desk does in ten seconds.
READY_TIMEOUT_S = 300.0
# Between two looks at the services, and at runs whose process is gone.
WATCH_S = 0.5
RUNS_EVERY_S = 15.0
# Prefect's client would insist for minutes; meanwhile nobody would watch the services.
REQUEST_LIMIT_S = 120.0

# What binding to an address that this machine has not raises, or to a name that is none.
NO_SUCH_ADDRESS = (errno.EADDRNOTAVAIL, socket.EAI_NONAME)

# What a server that is away, busy or going down makes Prefect's client raise (its status errors are httpx's).
PASSING = (httpx.HTTPError, OSError, RuntimeError)

T = TypeVar("T")


class StartError(NewsError):
    """The home cannot be started; the message says why and what to do."""


def check_ports(settings: Settings) -> None:
    """Raises StartError naming the first port of this home that something else listens on."""
    places = {
        "prefect_port": (settings.host, settings.prefect_port),
        "dashboard_port": (settings.dashboard_host, settings.dashboard_port),
    }
    if settings.demo:
        places["wire_port"] = (settings.host, settings.wire_port)
    for key, (host, port) in places.items():
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            # As the servers themselves do, so that the remains of a closed connection do not count as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno in NO_SUCH_ADDRESS:
                    raise StartError(f"no address of this machine is {host}; correct MEREDA_DASHBOARD_HOST") from error
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
        self.sign_in = check_door(settings)
        self.services = plan_services(settings, self.sign_in)
        self.started: list[Service] = []
        self.is_stopping = False
        self._say = say
        self._lost_run_ids: set[str] = set()

    def say(self, text: str) -> None:
        """Tells the person, if there still is one: a closed terminal must not keep anything from being stopped."""
        with contextlib.suppress(OSError, ValueError):
            self._say(text)

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
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
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

    @property
    def _marks(self) -> set[str]:
        return {service.mark for service in self.services.values()}

    def _end_leftovers(self) -> None:
        if left := find_marked(self._marks):
            kill_all(left)
            self.say(f"Ended {len(left)} processes an earlier run had left behind.")

    def _launch(self, *names: str) -> None:
        """Starts the named services side by side and waits until each is ready."""
        self._begin(*names)
        self._await(*names)

    def _begin(self, *names: str) -> None:
        for name in names:
            service = self.services[name]
            service.start()
            if service not in self.started:
                self.started.append(service)

    def _await(self, *names: str) -> None:
        for name in names:
            service = self.services[name]
            if not service.wait_until_ready(READY_TIMEOUT_S, lambda: self.is_stopping) and not self.is_stopping:
                raise StartError(f"{name} did not start; its log says why: {service.log_path}")

    def _start_all(self, prepare: Callable[[Settings], None]) -> None:
        migrate(self.settings.home)
        self.say("Starting warehouse, Prefect server and dashboard ...")
        names = ("warehouse", *(["wire"] if self.settings.demo else []), "prefect", "dashboard")
        self._begin(*names)
        # Reads Prefect's settings; takes seconds, in which the server starts anyway.
        importlib.import_module("flows.deployments")
        self._await(*names)
        if not self.is_stopping:
            prepare(self.settings)
            try:
                self._start_work()
            except (*PASSING, TimeoutError) as error:
                log = self.services["prefect"].log_path
                raise StartError(f"the Prefect server took no deployments; its log may say why: {log}") from error
        if not self.is_stopping:
            self._say_where()

    def _say_where(self) -> None:
        self.say(f"  Dashboard  {dashboard_address(self.settings)}")
        self.say(f"  Prefect    {prefect_address(self.settings)}")
        for line in (told_at_start(self.settings), sign_in.told_at_start(self.settings, self.sign_in)):
            if line:
                self.say(f"  {line}")
        self.say("The first collection has begun. Ctrl-C stops everything.")

    def _start_work(self) -> None:
        from flows.deployments import make_work_pool, reap_runs, register_deployments, start_run

        _ask(reap_runs("The worker was gone when Mereda started"))
        _ask(make_work_pool())
        if not self.is_stopping:
            self._launch("worker")  # its own start takes longer than what follows
        deployments = _ask(register_deployments(self.settings))
        for name in ("collect", "assess"):
            if not self.is_stopping:
                _ask(start_run(deployments[name], run_name=f"{name} at start"))

    def _watch(self) -> None:
        runs_looked_at = time.monotonic()
        while not self.is_stopping:
            for service in self.started:
                if not service.is_alive and not self.is_stopping:
                    self._revive(service)
            if time.monotonic() - runs_looked_at > RUNS_EVERY_S and not self.is_stopping:
                self._reap_lost_runs()
                runs_looked_at = time.monotonic()
            time.sleep(WATCH_S)

    def _revive(self, service: Service) -> None:
        if service.is_crash_looping(time.monotonic()):
            raise StartError(f"{service.name} keeps dying; its log says why: {service.log_path}")
        self.say(f"{service.name} had stopped and is started again.")
        service.end_family()
        if service.name == "worker":
            self._reap("Its worker died")
        self._launch(service.name)

    def _reap_lost_runs(self) -> None:
        """Marks runs as crashed that had no process at this look and at the one before.

        A run that lost its process while the server was away has nobody left to say so, and by its limit of one it
        would keep every later run of its deployment from starting.
        """
        from flows.deployments import has_other_workers, read_unended_runs, reap_runs

        try:
            # Whose run it is cannot be told from here where other machines work for the same pool.
            unended = set() if _ask(has_other_workers(worker_name())) else _ask(read_unended_runs())
            lost = unended - find_run_ids(self._marks)
            if stuck := lost & self._lost_run_ids:
                _ask(reap_runs("Its process was gone", stuck))
            self._lost_run_ids = lost - stuck
        except (*PASSING, TimeoutError):
            return  # the server is away or busy; the next look is soon

    def _stop_all(self) -> None:
        if not self.started:
            return
        self.say("Stopping ...")
        for service in reversed(self.started):
            service.stop()
            if service.name == "worker" and self.services["prefect"].is_alive:
                self._reap("Mereda was stopped")
        self.say("Stopped.")

    def _reap(self, reason: str) -> None:
        from flows.deployments import reap_runs

        try:
            _ask(reap_runs(reason), limit_s=15.0)
        except (*PASSING, TimeoutError):
            # The next look, or the next start, reaps them: neither watching nor stopping may fail for it.
            self.say("Runs that were in progress are marked as crashed a little later.")


def _ask(question: Coroutine[Any, Any, T], limit_s: float = REQUEST_LIMIT_S) -> T:
    """The answer of the Prefect server; TimeoutError when it takes longer than `limit_s`, or what PASSING names."""

    async def ask() -> T:
        async with asyncio.timeout(limit_s):
            return await question

    return asyncio.run(ask())
