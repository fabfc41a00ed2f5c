"""Polls a home round after round until it is killed: `python -m tests.flows.polling_process HOME HOSTS`.

Each round takes place a day after the one before, so that everything is due, and says so when it is done.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.rounds import polling
from flows.settings import Settings
from warehouse.connect import open_warehouse

START = datetime(2026, 11, 16, tzinfo=UTC)


def main() -> None:
    """Polls for ever."""
    hosts = tuple(sys.argv[2].split(","))
    polling.FEEDS_A_COMMIT = 20  # so that it is killed between the commits of a round too
    settings = Settings(home=Path(sys.argv[1]), allow_private_hosts=hosts, host_spacing_s=0, feed_concurrency=4)
    with open_warehouse(settings.home) as wh:
        last = wh.query("SELECT max(next_poll_at_utc) AS at FROM feeds")[0]["at"] or START
        while True:
            last += timedelta(days=1)
            due = polling.plan_round(wh, last, limit=1000)
            asyncio.run(polling.poll_feeds(wh, settings, due, last))
            sys.stdout.write("round\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
