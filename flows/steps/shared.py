"""What the steps of every flow need: work beside the event loop, and the report of a run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from prefect import task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE

from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.connect import Warehouse, open_warehouse
from warehouse.errors import HealthError

T = TypeVar("T")

# Fewer feeds than this all failing is bad luck; more is our own network.
FEEDS_TO_JUDGE = 20


async def in_thread(settings: Settings, work: Callable[[Warehouse], T]) -> T:
    """What `work` makes of this home's warehouse, done beside the event loop."""

    def do() -> T:
        with open_warehouse(settings.home) as wh:
            return work(wh)

    return await asyncio.to_thread(do)


def batches_of(items: list[T], size: int) -> list[list[T]]:
    """The items in their order, at most so many in each batch."""
    return [items[start : start + size] for start in range(0, len(items), size)]


@task(name="publish report", cache_policy=NO_CACHE, retries=1)
async def publish_report(flow_name: str, counts: Sequence[StageCount]) -> None:
    """What the run read, kept, refused and failed, as table artifacts under the run.

    Raises:
        HealthError: every one of many feeds failed, which says more of our own network than of the feeds.
    """
    await acreate_table_artifact(
        [count.as_row() for count in counts],
        key=f"{flow_name}-report",
        description=f"What this run of {flow_name} read, kept, refused and failed.",
    )
    failures = [
        {"stage": count.stage, "what": subject, "why": reason} for count in counts for subject, reason in count.failures
    ]
    if failures:
        await acreate_table_artifact(
            failures, key=f"{flow_name}-failures", description="What failed or was refused, and why (200 at most)."
        )
    for count in counts:
        if count.stage == "poll feeds" and count.read >= FEEDS_TO_JUDGE and count.failed == count.read:
            raise HealthError(
                f"all {count.read} feeds failed; look at this machine's network before the feeds", subject_id=flow_name
            )


def numbers_of(count: StageCount) -> tuple[int, int, int, int]:
    """How many were read, kept, refused and failed."""
    return count.read, count.kept, count.refused, count.failed
