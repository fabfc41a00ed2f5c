"""What pages ask is remembered until a table it was read from changes, and asked ahead when it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import cached
from dashboard.asking import begin, remembered
from tests.dashboard.newsroom import NOW, write_world
from tests.waiting import PATIENCE_S, wait_for
from tests.warehouse.serving import serving
from warehouse.connect import Warehouse, open_warehouse
from warehouse.records import WatchedDyad
from warehouse.write import set_meta


def touch(wh: Warehouse, *tables: str) -> None:
    """A batch that says it touched these tables."""
    wh.execute("INSERT INTO batches SELECT gen_random_uuid()::VARCHAR, $names, 0, now()", names=",".join(tables))


def read_side_count(wh: Warehouse) -> int:
    return int(wh.query("SELECT count(*) AS n FROM event_dyads")[0]["n"])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_world(tmp_path)
    monkeypatch.setenv("MEREDA_HOME", str(tmp_path))
    return tmp_path


def test_a_page_is_changed_by_what_it_shows_and_by_nothing_else(home: Path) -> None:
    with open_warehouse(home) as wh:
        with cached.one_version():
            assert len(cached.sides()) > 0
            drawn = cached.drawn_versions()
        assert {"dyad_spans"} <= drawn.keys() <= {"dyad_spans", "events"}
        touch(wh, "polls", "feeds")
        assert not cached.is_changed(drawn)
        touch(wh, "polls", "dyad_spans")
        assert cached.is_changed(drawn)


def test_what_is_made_of_answers_depends_on_what_they_were_read_from(home: Path) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(len(cached.sides()))
        return made[-1]

    with open_warehouse(home) as wh:
        for tables in ((), ("polls",), ("meta",), ("dyad_spans",)):
            if tables:
                touch(wh, *tables)
            with cached.one_version():
                assert not cached.is_demo()
                assert cached.made("test", (), make) == made[0]
                assert "dyad_spans" in cached.drawn_versions()
    assert len(made) == 2, "that the page asked whether it is a demo before is nothing to it"


def test_what_is_drawn_depends_on_all_that_the_page_was_given_before(home: Path) -> None:
    drawn: list[bool] = []

    def draw() -> dict[str, bool]:
        drawn.append(cached.is_demo())
        return {"is_demo": drawn[-1]}

    with open_warehouse(home) as wh:
        for is_demo in (True, False):
            set_meta(wh, "is_demo", str(is_demo).lower())
            with cached.one_version():
                assert cached.is_demo() == is_demo
                assert cached.figure("test", (), draw) == f'{{"is_demo":{str(is_demo).lower()}}}'
        touch(wh, "polls")
        with cached.one_version():
            cached.is_demo()
            assert cached.figure("test", (), draw) == '{"is_demo":false}'
    assert drawn == [True, False]


def test_a_page_is_of_one_state_until_it_writes_itself(home: Path) -> None:
    def read_batch_count(wh: Warehouse) -> int:
        return int(wh.query("SELECT count(*) AS n FROM batches")[0]["n"])

    count = remembered(read_batch_count)
    with open_warehouse(home) as wh, cached.one_version():
        before = count()
        touch(wh, "batches")
        assert count() == before
        assert cached.watch(WatchedDyad(side_a_code="XAR", side_b_code="XBE", watched_since_utc=NOW))
        assert count() == before + 1


def test_what_changed_is_asked_before_the_page_comes_to_it(home: Path) -> None:
    asked: list[int] = []

    def read_counted(wh: Warehouse) -> int:
        asked.append(read_side_count(wh))
        return asked[-1]

    count = remembered(read_counted)
    with serving(home), open_warehouse(home) as wh:
        for place in ("here", "here", "elsewhere"):
            with cached.one_version(place):
                count()
        assert len(asked) == 1
        touch(wh, "event_dyads")
        with cached.one_version("elsewhere too"):
            pass
        assert len(asked) == 1
        with cached.one_version("here"):
            wait_for(lambda: len(asked) == 2, PATIENCE_S, "the question to be asked")
            assert count() == asked[0]
    assert len(asked) == 2


def test_what_was_begun_is_answered_once(home: Path) -> None:
    asked: list[int] = []

    def read_counted(wh: Warehouse, least: int) -> int:
        asked.append(least)
        return read_side_count(wh)

    count = remembered(read_counted)
    with serving(home), cached.one_version():
        begin(count, 1)
        assert asked == [], "no server is known yet"
        cached.sides()
        begin(count, 2)
        wait_for(lambda: asked == [2], PATIENCE_S, "the question to be asked")
        assert count(2) > 0
    assert asked == [2]
