"""A running home, one for all tests here: addresses, forms, runs and their tables, a second start, paused schedules."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.supervised import COMMAND_TIMEOUT_S, RunningHome, processes_of
from warehouse.backlog import forget_coding
from warehouse.connect import open_warehouse

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(1000)]

# No run starts by itself once the first ones are through, so that those asked for by a form meet no other.
SELDOM_S = "86400"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHome]:
    home = tmp_path_factory.mktemp("demo") / "home"
    settings = {"demo_pace_s": "1", "collect_every_s": SELDOM_S, "assess_every_s": SELDOM_S}
    with RunningHome(home, "--demo", settings=settings, is_new=True) as running:
        running.wait_for(lambda: count(running, "articles") > 0, "the first articles")
        yield running


def count(running: RunningHome, table: str) -> int:
    return int(running.sql(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def deployment_of(running: RunningHome, name: str) -> dict[str, Any]:
    found: dict[str, Any] = running.ask(f"deployments/name/{name}/{name}").raise_for_status().json()
    return found


def test_it_says_where_to_look_and_both_answer(demo: RunningHome) -> None:
    said = "\n".join(demo.output)
    assert demo.dashboard_url in said
    assert demo.prefect_url in said
    assert httpx.get(f"{demo.dashboard_url}/_stcore/health", timeout=120).status_code == 200
    assert demo.ask("health").status_code == 200


def test_everything_listens_on_loopback_only(demo: RunningHome) -> None:
    addresses = set()
    for process in processes_of(demo.home):
        try:
            addresses |= {
                one.laddr.ip for one in process.net_connections(kind="inet") if one.status == psutil.CONN_LISTEN
            }
        except psutil.NoSuchProcess:
            continue
    assert addresses
    assert addresses <= {"127.0.0.1", "::1"}


def test_a_second_start_in_the_same_home_leaves_the_first_alone(demo: RunningHome) -> None:
    before = {process.pid for process in processes_of(demo.home)}
    second = demo.run("up", "--demo")
    assert second.stdout.splitlines() == [f"Mereda already runs in {demo.home}; this one leaves it alone."]
    assert demo.is_running
    services = [psutil.Process(pid) for pid in before if psutil.pid_exists(pid)]
    assert len([one for one in services if one.ppid() == getattr(demo.process, "pid", None)]) == 5
    assert httpx.get(f"{demo.dashboard_url}/_stcore/health", timeout=120).status_code == 200


def test_deployments_have_forms_and_schedules(demo: RunningHome) -> None:
    found = {one["name"]: one for one in demo.ask("deployments/filter", {}).json()}
    assert set(found) == {"collect", "assess", "replay", "upkeep"}
    assert found["collect"]["schedules"]
    assert found["replay"]["schedules"] == []
    for name, one in found.items():
        form = one["parameter_openapi_schema"]["definitions"][f"{name.capitalize()}Parameters"]["properties"]
        assert all("title" in field or "$ref" in field for field in form.values())
        assert all("description" in field or "title" in field for field in form.values())
    assert form_of(found["collect"], "CollectParameters")["max_feeds"]["maximum"] == 20_000


def form_of(deployment: dict[str, Any], model: str) -> dict[str, Any]:
    form: dict[str, Any] = deployment["parameter_openapi_schema"]["definitions"][model]["properties"]
    return form


def table_of(running: RunningHome, run: dict[str, Any], key: str) -> dict[str, dict[str, Any]]:
    """The rows of the table that a run left under this key, by stage."""
    wish = {"artifacts": {"key": {"any_": [key]}, "flow_run_id": {"any_": [run["id"]]}}}
    (artifact,) = running.ask("artifacts/filter", wish).raise_for_status().json()
    return {row["stage"]: row for row in json.loads(artifact["data"])}


def test_collect_runs_by_its_form_and_leaves_its_table(demo: RunningHome) -> None:
    run = demo.run_by_form("collect", {"is_forced": True, "max_feeds": 3, "fetches_pages": False})
    table = table_of(demo, run, "collect-report")
    assert table["poll feeds"]["read"] == 3
    assert run["name"] == "collect 3 feeds at most"


def test_assess_runs_by_its_form_and_leaves_its_table(demo: RunningHome) -> None:
    with open_warehouse(demo.home) as wh:
        forget_coding(wh, None)
    assert count(demo, "articles WHERE coder_version IS NULL") > 5
    run = demo.run_by_form("assess", {"max_articles": 5})
    assert table_of(demo, run, "assess-report")["code articles"]["read"] == 5


def test_replay_runs_by_its_form_and_leaves_its_table(demo: RunningHome, tmp_path: Path) -> None:
    item = {"url": "https://news.example/1", "title": "Iran attacked Pakistan", "text": "", "published": "2024-01-17"}
    (tmp_path / "list.jsonl").write_text(json.dumps(item) + "\n{broken\n")
    run = demo.run_by_form("replay", {"source": "articles", "path": str(tmp_path / "list.jsonl")})
    table = table_of(demo, run, "replay-report")
    assert (table["read articles"]["kept"], table["read articles"]["failed"]) == (1, 1)
    assert table["code articles"]["read"] >= 1
    stored = demo.run_by_form("replay", {"source": "stored", "since": "2024-01-17T00:00:00Z"})
    again = table_of(demo, stored, "replay-report")["replay stored articles"]["read"]
    assert 1 <= again <= count(demo, "articles")


def test_upkeep_runs_by_its_form_and_leaves_its_table(demo: RunningHome) -> None:
    run = demo.run_by_form("upkeep", {"keep_polls_days": 30, "makes_backup": True})
    table = table_of(demo, run, "upkeep-report")
    assert table["drop old polls"]["note"] == "polls older than 30 days"
    assert table["check the warehouse"]["note"] == "every promise holds"
    assert (Path(table["back up"]["note"]) / "articles.parquet").is_file()
    assert table["feed health"]["read"] == count(demo, "feeds WHERE status <> 'retired' AND origin <> 'backfill'")


@pytest.mark.parametrize(
    ("name", "form", "named"),
    [
        ("collect", {"max_feeds": 0}, "max_feeds"),
        ("collect", {"max_feeds": "many"}, "max_feeds"),
        ("collect", {"feeds": "one"}, "feeds"),
        ("collect", {"max_feed": 3}, "max_feed"),
        ("assess", {"max_articles": -1}, "max_articles"),
        ("replay", {"source": "moon"}, "moon"),
        ("replay", {"source": "captures"}, "path"),
        ("upkeep", {"keep_polls_days": 0}, "keep_polls_days"),
        ("upkeep", {"makes_backup": "perhaps"}, "makes_backup"),
    ],
)
def test_a_form_refuses_what_is_wrong_and_names_it(
    demo: RunningHome, name: str, form: dict[str, object], named: str
) -> None:
    wish = {"parameters": {"parameters": form}}
    answer = demo.ask(f"deployments/{deployment_of(demo, name)['id']}/create_flow_run", wish)
    assert answer.status_code in (409, 422)
    assert named in answer.json()["detail"]


def test_a_paused_schedule_stays_paused_when_deployments_are_registered_again(demo: RunningHome) -> None:
    upkeep = deployment_of(demo, "upkeep")
    path = f"deployments/{upkeep['id']}/schedules/{upkeep['schedules'][0]['id']}"
    demo.ask(path, {"active": False}, method="PATCH").raise_for_status()
    script = (
        "import asyncio, os\n"
        "from flows.settings import load_settings\n"
        "from flows.orchestration import prefect_environment\n"
        "os.environ.update(prefect_environment(load_settings()))\n"
        "from flows.deployments import register_deployments\n"
        "asyncio.run(register_deployments(load_settings()))\n"
    )
    subprocess.run(
        [sys.executable, "-c", script],
        env=demo.environment,
        check=True,
        capture_output=True,
        timeout=COMMAND_TIMEOUT_S,
    )
    after = deployment_of(demo, "upkeep")
    assert [one["active"] for one in after["schedules"]] == [False]
    # Code is found by import: with a folder here each run would copy all of it first.
    assert (after["path"], after["entrypoint"]) == (None, "flows.upkeep.upkeep")


def test_a_round_from_the_shell_uses_the_running_server(demo: RunningHome) -> None:
    started = datetime.now(UTC)
    done = demo.run("run", "upkeep")
    assert "every promise holds" in done.stdout
    wish = {"flow_runs": {"start_time": {"after_": started.isoformat()}, "deployment_id": {"is_null_": True}}}
    assert [run["state_type"] for run in demo.ask("flow_runs/filter", wish).json()] == ["COMPLETED"]
