"""Every service of a home: what is started, with which options and settings, and how one knows that it is ready."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from flows.orchestration import WORK_POOL, prefect_address, prefect_environment
from flows.processes import Service
from flows.settings import PREFIX, Settings, as_environment
from flows.sign_in import SignIn, secrets_path
from warehouse.endpoint import read_endpoint


def _answers(url: str) -> Callable[[], bool]:
    def is_ready() -> bool:
        try:
            return httpx.get(url, timeout=2.0).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    return is_ready


def dashboard_address(settings: Settings) -> str:
    """Where this machine reaches the dashboard."""
    host = settings.dashboard_host
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{f'[{reached}]' if ':' in reached else reached}:{settings.dashboard_port}"


def plan_services(settings: Settings, sign_in: SignIn | None = None) -> dict[str, Service]:
    """Every service of a home by name, not started yet.

    Args:
        sign_in: how people come in at the dashboard; None where they need not sign in.
    """
    home, host, port = settings.home, settings.host, str(settings.prefect_port)
    binaries = Path(sys.executable).parent
    app = Path(__file__).parents[1] / "dashboard" / "app.py"
    prefect, streamlit = str(binaries / "prefect"), [sys.executable, "-m", "streamlit", "run", str(app)]
    environment = {
        **as_environment(settings),
        **prefect_environment(settings),
        "PREFECT_UI_URL": prefect_address(settings),
        "PYTHONUNBUFFERED": "1",
    }
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
            [*streamlit, *_streamlit_options(settings, sign_in)],
            _answers(f"{dashboard_address(settings)}/_stcore/health"),
        ),
        "worker": (
            [prefect, "worker", "start", "--pool", WORK_POOL, "--type", "process", "--name", worker_name()],
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
        name: Service(
            name,
            command,
            environment if name == "worker" else environment | _no_secrets(),
            home / "logs" / f"{name}.log",
            is_ready,
            mark=f"{name}:{home}",
        )
        for name, (command, is_ready) in commands.items()
    }


def _no_secrets() -> dict[str, str]:
    """What hides the key from services that have no use for it, also where a person's own shell holds it."""
    return {f"{PREFIX}LLM_API_KEY": ""}


def _streamlit_options(settings: Settings, sign_in: SignIn | None) -> list[str]:
    options = {
        "server.address": settings.dashboard_host,
        "server.port": str(settings.dashboard_port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        # Users never see exception text; the log keeps it.
        "client.showErrorDetails": "none",
        # Not those of the person who starts it.
        "secrets.files": str(secrets_path(settings)),
    }
    # Browsers are answered that come by this name; of any other one Streamlit would ask a host outside.
    options["browser.serverAddress"] = sign_in.host if sign_in else urlsplit(dashboard_address(settings)).hostname or ""
    return [part for name, value in options.items() for part in (f"--{name}", value)]


def worker_name() -> str:
    """The name of this machine's worker: the same after every start, so that the pool lists it once."""
    return f"mereda-{socket.gethostname()}"
