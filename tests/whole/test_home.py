"""A home from start to stop: one command, no orphan, nothing lost when anything is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.supervised import MEREDA, RunningHome, clean_environment, free_port, processes_of, wait_for

pytestmark = [pytest.mark.server, pytest.mark.slow]

AT_WORK = ("RUNNING", "PENDING", "CANCELLING")
SERVICES = ["warehouse.serve", "prefect server", "streamlit", "prefect worker"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHome]:
    home = tmp_path_factory.mktemp("demo") / "home"
    with RunningHome(home, "--demo", settings={"demo_pace_s": "1"}) as running:
        wait_for(lambda: count(running, "daily_dyads") > 0, 120, "the first indices")
        yield running


def count(running: RunningHome, table: str) -> int:
    return int(running.sql(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def find_service(home: Path, name: str) -> psutil.Process | None:
    for process in processes_of(home):
        try:
            if name in " ".join(process.cmdline()):
                return process
        except psutil.NoSuchProcess:
            continue
    return None


def test_it_says_where_to_look_and_both_answer(demo: RunningHome) -> None:
    said = "\n".join(demo.output)
    assert demo.dashboard_url in said
    assert demo.prefect_url in said
    assert httpx.get(f"{demo.dashboard_url}/_stcore/health").status_code == 200
    assert httpx.get(f"{demo.prefect_url}/api/health").status_code == 200


def test_everything_listens_on_loopback_only(demo: RunningHome) -> None:
    addresses = {
        connection.laddr.ip
        for process in processes_of(demo.home)
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert addresses <= {"127.0.0.1", "::1"}


def test_a_second_start_in_the_same_home_leaves_the_first_alone(demo: RunningHome) -> None:
    second = demo.run("up", "--demo")
    assert "already runs" in second.stdout
    assert httpx.get(f"{demo.dashboard_url}/_stcore/health").status_code == 200


def test_deployments_have_forms_and_schedules(demo: RunningHome) -> None:
    found = {one["name"]: one for one in httpx.post(f"{demo.prefect_url}/api/deployments/filter", json={}).json()}
    assert set(found) == {"collect", "assess", "replay", "upkeep"}
    assert found["collect"]["schedules"]
    assert found["replay"]["schedules"] == []
    form = found["collect"]["parameter_openapi_schema"]["definitions"]["CollectParameters"]["properties"]
    assert form["max_feeds"]["maximum"] == 20_000
    assert all("title" in field for field in form.values())


def test_runs_leave_a_table_of_what_they_did(demo: RunningHome) -> None:
    wait_for(
        lambda: {"collect-report", "assess-report"} <= artifact_keys(demo), 60, "the reports of collect and assess"
    )


def artifact_keys(running: RunningHome) -> set[str]:
    return {one["key"] for one in httpx.post(f"{running.prefect_url}/api/artifacts/filter", json={}).json()}


def test_a_form_refuses_what_is_out_of_its_limits(demo: RunningHome) -> None:
    api = f"{demo.prefect_url}/api/deployments"
    deployment = httpx.get(f"{api}/name/collect/collect").json()
    answer = httpx.post(
        f"{api}/{deployment['id']}/create_flow_run", json={"parameters": {"parameters": {"max_feeds": 0}}}
    )
    assert answer.status_code in (409, 422)


def test_a_paused_schedule_stays_paused_when_deployments_are_registered_again(demo: RunningHome) -> None:
    api = f"{demo.prefect_url}/api/deployments"
    upkeep = httpx.get(f"{api}/name/upkeep/upkeep").json()
    schedule = upkeep["schedules"][0]
    httpx.patch(f"{api}/{upkeep['id']}/schedules/{schedule['id']}", json={"active": False}).raise_for_status()
    script = (
        "import asyncio, os\n"
        "from flows.settings import load_settings\n"
        "from flows.orchestration import prefect_environment\n"
        "os.environ.update(prefect_environment(load_settings()))\n"
        "from flows.deployments import register_deployments\n"
        "asyncio.run(register_deployments(load_settings()))\n"
    )
    python = str(Path(MEREDA).parent / "python")
    subprocess.run([python, "-c", script], env=demo.environment, check=True, capture_output=True)
    after = httpx.get(f"{api}/name/upkeep/upkeep").json()["schedules"]
    assert [one["active"] for one in after] == [False]


@pytest.mark.parametrize("name", SERVICES)
def test_a_killed_service_comes_back_and_nothing_is_lost(demo: RunningHome, name: str) -> None:
    before = {table: count(demo, table) for table in ("entries", "articles", "mentions")}
    victim = find_service(demo.home, name)
    assert victim is not None
    victim.kill()
    wait_for(
        lambda: (again := find_service(demo.home, name)) is not None and again.pid != victim.pid, 60, f"{name} again"
    )
    wait_for(lambda: is_answering(f"{demo.prefect_url}/api/health"), 60, "the server")
    wait_for(lambda: is_answering(f"{demo.dashboard_url}/_stcore/health"), 60, "the dashboard")
    after = {table: count(demo, table) for table in before}
    assert all(after[table] >= before[table] for table in before)


def is_answering(url: str) -> bool:
    """Whether a GET of the address is answered with 200."""
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def test_killed_whole_and_started_again_nothing_is_lost_stuck_or_doubled(tmp_path: Path) -> None:
    home = tmp_path / "home"
    running = RunningHome(home, "--demo", settings={"demo_pace_s": "1"}).start()
    try:
        wait_for(lambda: count(running, "articles") > 10, 120, "some articles")
        assert running.process is not None
        at_work = {run["id"] for run in running.runs() if run["state_type"] in AT_WORK}
        os.kill(running.process.pid, signal.SIGKILL)
        running.process.wait()
        for process in processes_of(home):
            process.kill()
        ids = {row["entry_id"] for row in running.sql("SELECT entry_id FROM entries")}
        running.output.clear()
        running.start()
        wait_for(lambda: count(running, "daily_dyads") > 0, 120, "indices")
        assert ids <= {row["entry_id"] for row in running.sql("SELECT entry_id FROM entries")}
        doubled = running.sql(
            "SELECT article_id FROM articles GROUP BY article_id HAVING count(*) > 1 UNION ALL "
            "SELECT mention_id FROM event_mentions GROUP BY mention_id HAVING count(*) > 1"
        )
        assert doubled == []
        assert [run["id"] for run in running.runs() if run["id"] in at_work and run["state_type"] in AT_WORK] == []
        assert running.stop() == 0
        assert processes_of(home) == []
    finally:
        for process in processes_of(home):
            process.kill()


def test_ctrl_c_leaves_no_orphan_and_no_running_run(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with RunningHome(home, "--demo") as running:
        assert running.stop() == 0
        assert processes_of(home) == []
        assert not (home / "warehouse.endpoint").exists()


def ended_with_one_line(process: subprocess.CompletedProcess[str]) -> bool:
    return process.returncode == 1 and len(process.stderr.strip().splitlines()) == 1


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment = clean_environment(tmp_path / "home", prefect_port=str(port), dashboard_port=str(free_port()))
        ended = subprocess.run([MEREDA, "up"], env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert ended_with_one_line(ended)
    assert str(port) in ended.stderr


def test_a_home_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    environment = clean_environment(tmp_path / "file" / "home")
    ended = subprocess.run([MEREDA, "up"], env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert ended_with_one_line(ended)
    assert "MEREDA_HOME" in ended.stderr


def test_a_broken_settings_file_is_one_line(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "mereda.toml").write_text("prefect_port = \n")
    ended = subprocess.run([MEREDA, "up"], env=clean_environment(home), capture_output=True, text=True, cwd=tmp_path)
    assert ended_with_one_line(ended)
    assert "mereda.toml" in ended.stderr
