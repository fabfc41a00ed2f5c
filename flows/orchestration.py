"""The environment that Prefect's server, worker and flow runs share. Imports no Prefect, so it can be set first.

Decided 2026-11-24: the older UI is the default, since the newer one asks a foreign host at every start whatever the
settings; it stays reachable for those who want it. Analytics and promotional content are off.
"""

from __future__ import annotations

from flows.settings import Settings

WORK_POOL = "mereda"


def prefect_address(settings: Settings) -> str:
    """Where the Prefect server of this home answers, without a trailing slash."""
    return f"http://{settings.host}:{settings.prefect_port}"


def prefect_environment(settings: Settings) -> dict[str, str]:
    """Variables for every process that speaks to Prefect.

    The API port stands in three variables: with the command line's `--port` alone the UI asks port 4200.
    """
    api = f"{prefect_address(settings)}/api"
    return {
        "MEREDA_HOME": str(settings.home),
        "PREFECT_HOME": str(settings.home / "prefect"),
        "PREFECT_API_URL": api,
        "PREFECT_UI_API_URL": api,
        "PREFECT_SERVER_API_HOST": settings.host,
        "PREFECT_SERVER_API_PORT": str(settings.prefect_port),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "604800",
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P2D",
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "5",
        # A click on "Run" in the UI starts within about four seconds instead of ten.
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    }
