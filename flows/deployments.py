"""Every deployment: what it runs, on which first schedule, how a person sees it.

Registered by our own start code, which passes schedules and default parameters only for a new deployment: `serve()`
and `prefect deploy --all` undo what users changed in the UI (measured with Prefect 3.8.8, 2026-11-24).
Entrypoints are modules, since a path entrypoint puts its folder first on `sys.path`.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, DeploymentUpdate, WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    FlowRun,
    StateType,
    WorkerStatus,
)
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType
from prefect.utilities.callables import parameter_schema

from flows.assess import assess
from flows.collect import collect
from flows.orchestration import WORK_POOL
from flows.replay import replay
from flows.settings import Settings
from flows.upkeep import upkeep

Schedule = IntervalSchedule | CronSchedule


@dataclass(frozen=True)
class DeploymentPlan:
    """One deployment as it is first registered."""

    flow: Flow[..., Any]
    description: str
    schedules: tuple[Schedule, ...]
    tags: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the deployment, that of its flow."""
        return str(self.flow.name)

    @property
    def entrypoint(self) -> str:
        """`module.function`, found by import and not by path."""
        return f"{self.flow.fn.__module__}.{self.flow.fn.__name__}"


def plan_deployments(settings: Settings) -> list[DeploymentPlan]:
    """The deployments of this home: collect, assess, replay and upkeep."""

    def every(seconds: int) -> tuple[Schedule, ...]:
        return (IntervalSchedule(interval=timedelta(seconds=seconds)),)

    described: list[tuple[Flow[..., Any], tuple[Schedule, ...], tuple[str, ...]]] = [
        (collect, every(settings.collect_every_s), ("news",)),
        (assess, every(settings.assess_every_s), ("news",)),
        (replay, (), ("history",)),
        (upkeep, (CronSchedule(cron="17 3 * * *", timezone="UTC"),), ("care",)),
    ]
    return [DeploymentPlan(flow, inspect.getdoc(flow.fn) or "", schedules, tags) for flow, schedules, tags in described]


async def make_work_pool() -> None:
    """Makes the pool that deployments are run in known to the server, where it is not yet."""
    async with get_client() as client:
        with contextlib.suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=WORK_POOL, type="process"))


async def register_deployments(settings: Settings) -> dict[str, UUID]:
    """Makes every deployment known to the server; returns name -> deployment id. The work pool must be there.

    A deployment that is already there keeps its schedules, its pauses and its parameters; only code and form follow.
    """
    async with get_client() as client:
        return {plan.name: await _register(client, plan) for plan in plan_deployments(settings)}


async def _register(client: PrefectClient, plan: DeploymentPlan) -> UUID:
    try:
        known = await client.read_deployment_by_name(f"{plan.flow.name}/{plan.name}")
    except ObjectNotFound:
        deployment = await plan.flow.ato_deployment(
            name=plan.name,
            description=plan.description,
            tags=list(plan.tags),
            work_pool_name=WORK_POOL,
            entrypoint_type=EntrypointType.MODULE_PATH,
            # A waiting backlog would make a person's own run wait for minutes: extra runs end at once instead.
            concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        )
        deployment.schedules = [DeploymentScheduleCreate(schedule=schedule) for schedule in plan.schedules]
        return await deployment.aapply(work_pool_name=WORK_POOL)
    await client.update_deployment(
        known.id,
        DeploymentUpdate(
            entrypoint=plan.entrypoint,
            # With a folder here each run would first copy all of it, environment and data included.
            path=None,
            description=plan.description,
            parameter_openapi_schema=parameter_schema(plan.flow).model_dump_for_openapi(),
        ),
    )
    return known.id


async def start_run(deployment_id: UUID, *, run_name: str) -> UUID:
    """Asks for a run of a deployment now; a worker takes it. Returns the run's id."""
    async with get_client() as client:
        run = await client.create_flow_run_from_deployment(deployment_id, name=run_name, tags=["start"])
        return run.id


async def read_unended_runs() -> set[str]:
    """Ids of the runs that somebody works on, or should: running, pending, about to be cancelled."""
    async with get_client() as client:
        return {str(run.id) for run in await _read_unended(client)}


async def has_other_workers(name: str) -> bool:
    """True where another worker than the one with this name was heard of lately."""
    async with get_client() as client:
        workers = await client.read_workers_for_work_pool(WORK_POOL)
        return any(worker.name != name and worker.status == WorkerStatus.ONLINE for worker in workers)


async def reap_runs(reason: str, run_ids: Set[str] | None = None) -> int:
    """Marks runs that nobody works on any more as crashed, so none stays "Running"; returns how many there were.

    Args:
        reason: for the person who looks at the run.
        run_ids: only these; None for all, and then no worker of this server may be running.
    """
    async with get_client() as client:
        runs = [run for run in await _read_unended(client) if run_ids is None or str(run.id) in run_ids]
        for run in runs:
            with contextlib.suppress(ObjectNotFound):  # deleted by somebody in between
                await client.set_flow_run_state(run.id, Crashed(message=reason), force=True)
        return len(runs)


async def _read_unended(client: PrefectClient) -> list[FlowRun]:
    unended = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
    return await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=unended)))
    )
