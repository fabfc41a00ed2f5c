"""The flow `replay` with a real Prefect server, and its form."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archives import gdelt_lines, news_archive
from tests.supervised import clean_environment

# Runs the flow as a worker would, then says what is under the run.
SCRIPT = """
import asyncio, json, sys
from pathlib import Path
from flows.cli import _migrate_unless_served, _point_at_prefect
from flows.settings import load_settings
settings = load_settings()
_point_at_prefect(settings)
_migrate_unless_served(settings)
from prefect.client.orchestration import get_client
from prefect.client.schemas.sorting import FlowRunSort
from flows.replay import ReplayParameters, replay

async def main():
    said = None
    try:
        counts = await replay(ReplayParameters(source=sys.argv[1], path=Path(sys.argv[2])))
    except Exception as error:
        counts, said = [], str(error)
    async with get_client() as client:
        (run,) = await client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=1)
        found = [one for one in await client.read_artifacts() if one.flow_run_id == run.id]
    print(json.dumps({
        "counts": [[one.stage, one.read, one.kept, one.failed] for one in counts], "said": said,
        "artifacts": sorted([one.key, one.type, one.data] for one in found if one.type == "progress"),
    }))
asyncio.run(main())
"""


def replay_in(home: Path, source: str, path: Path, port: int) -> dict[str, object]:
    environment = clean_environment(home, prefect_port=str(port))
    done = subprocess.run([sys.executable, "-c", SCRIPT, source, str(path)], env=environment,
                          capture_output=True, text=True, timeout=600)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.server
@pytest.mark.slow
def test_a_folder_of_exports_is_replayed_with_its_progress(tmp_path: Path, prefect_port: int) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "1.CSV").write_text(gdelt_lines(3))
    (folder / "2.CSV").write_text(gdelt_lines(3, first=1150000003) + "broken\n")
    found = replay_in(tmp_path / "home", "gdelt", folder, prefect_port)
    assert found["counts"] == [["read GDELT events", 7, 5, 1]]
    assert found["artifacts"] == [["archive-progress", "progress", 100.0]]


@pytest.mark.server
@pytest.mark.slow
def test_a_replay_that_could_not_read_all_fails_and_keeps_what_it_read(tmp_path: Path, prefect_port: int) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(news_archive(2)[:-40])
    found = replay_in(tmp_path / "home", "warc", file, prefect_port)
    assert "cannot be read from byte" in str(found["said"])


def test_the_form_offers_every_archive_and_asks_for_its_place() -> None:
    from flows.replay import ARCHIVES, ReplayParameters, Source

    schema = ReplayParameters.model_json_schema()
    assert schema["$defs"]["Source"]["enum"] == [str(source) for source in Source]
    assert [one for one in Source if one != "stored"] == ARCHIVES
    assert schema["if"] == {"properties": {"source": {"enum": ARCHIVES}}, "required": ["source"]}
    description = schema["properties"]["source"]["description"]
    assert all(f"{source}:" in description for source in Source)
