"""The command as a person or a script uses it: real processes, no server running."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.wire import serve_wire
from tests.prefect_stock import stock_prefect
from tests.supervised import MEREDA, clean_environment
from warehouse.backup import back_up
from warehouse.connect import open_warehouse
from warehouse.records import Feed
from warehouse.write import write_feeds


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *arguments: str, given: str | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    settings.setdefault("uses_catalogue", "false")
    return subprocess.run(
        [MEREDA, *arguments],
        env=clean_environment(home, allow_private_hosts="127.0.0.1", **settings),
        cwd=home.parent,
        input=given,
        capture_output=True,
        text=True,
        timeout=600,
    )


def test_code_answers_each_line_in_order_and_goes_on_after_a_bad_one(home: Path) -> None:
    items = [
        {"id": "1", "text": "Pakistan recalled its ambassador from Iran on Wednesday.", "published": "2024-01-18"},
        {"id": "2", "text": "Timnas Indonesia menggempur Vietnam 3-0.", "lang": "id"},
    ]
    given = json.dumps(items[0]) + "\n{broken\n" + json.dumps(items[1]) + "\n"
    done = run(home, "code", given=given)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [line["id"] for line in lines if "error" not in line] == ["1", "2"]
    assert "error" in lines[1]
    event = lines[0]["events"][0]
    assert (event["type"], event["actor"]["code"], event["target"]["code"], event["date"]) == (
        "SANCTION",
        "PAK",
        "IRN",
        "2024-01-17",
    )
    assert lines[2]["relevant"] is False


def test_code_with_a_pair_always_gives_a_type(home: Path) -> None:
    item = {"id": "1", "text": "Iran and Pakistan met.", "pair": {"actor": "Iran", "target": "Pakistan"}}
    done = run(home, "code", given=json.dumps(item) + "\n")
    assert done.returncode == 0
    assert json.loads(done.stdout)["pair_type"] == "CONSULT"


def test_evidence_offsets_point_into_title_newline_text(home: Path) -> None:
    item = {"id": "1", "title": "Row", "text": "Iran attacked Pakistan on Tuesday.", "published": "2024-01-18"}
    event = json.loads(run(home, "code", given=json.dumps(item) + "\n").stdout)["events"][0]
    evidence = event["evidence"]
    assert f"{item['title']}\n{item['text']}"[evidence["start"] : evidence["end"]] == evidence["text"]


def test_sql_prints_csv_and_a_wrong_query_is_one_line(home: Path) -> None:
    assert run(home, "sql", "SELECT 1 AS one, 'a,b' AS two").stdout == 'one,two\n1,"a,b"\n'
    wrong = run(home, "sql", "SELECT nothing FROM nowhere")
    assert wrong.returncode == 1
    assert len(wrong.stderr.strip().splitlines()) == 1
    refused = run(home, "sql", "DELETE FROM feeds")
    assert refused.returncode == 1


def test_feeds_can_be_added_paused_removed_and_carried_as_opml(home: Path, tmp_path: Path) -> None:
    with serve_wire(start_full=True) as wire:
        url = f"{wire.base_url}/sagara/feed.xml"
        from flows.wire import feeds_of

        url = feeds_of(wire.base_url)[0].url
        added = run(home, "feeds", "add", url)
        assert added.returncode == 0, added.stderr
        feed_id = added.stdout.split()[1].rstrip(":")
        assert run(home, "feeds", "check").returncode == 0
    twice = run(home, "feeds", "add", url)
    assert twice.returncode == 1
    assert "already" in twice.stderr
    assert "paused" in run(home, "feeds", "pause", feed_id).stdout
    opml = tmp_path / "list.opml"
    assert run(home, "feeds", "export", str(opml)).returncode == 0
    assert url in opml.read_text()
    assert "retired" in run(home, "feeds", "remove", feed_id).stdout
    other = home.with_name("other")
    assert "1 feeds added" in run(other, "feeds", "import", str(opml)).stdout
    unknown = run(home, "feeds", "pause", "nobody")
    assert (unknown.returncode, len(unknown.stderr.strip().splitlines())) == (1, 1)


def test_a_list_goes_into_a_fresh_home_with_its_outlets_and_says_by_its_exit_code_what_is_missing(
    home: Path, tmp_path: Path
) -> None:
    feed = Feed(
        feed_id="a", url="https://paper.example/rss", title="Paper", outlet_id="paper", outlet_name="The Paper",
        family_id="owner", country_code="IDN",
    )  # fmt: skip
    with open_warehouse(home) as wh:
        write_feeds(wh, "stock", [feed])
    opml = tmp_path / "list.opml"
    assert run(home, "feeds", "export", str(opml)).returncode == 0
    other = home.with_name("other")
    assert [run(other, "feeds", "import", str(opml)).returncode for _ in range(2)] == [0, 0]
    said = run(other, "sql", "SELECT url, outlet_id, outlet_name, family_id, country_code FROM feeds").stdout
    assert said.splitlines()[1:] == ["https://paper.example/rss,paper,The Paper,owner,IDN"]
    opml.write_text(opml.read_text().replace("</body>", '<outline text="Bad" type="rss" /></body>'))
    left_out = run(other, "feeds", "import", str(opml))
    assert left_out.returncode == 1
    assert "1 known already" in left_out.stdout
    assert "Bad" in left_out.stdout + left_out.stderr


@pytest.mark.server
@pytest.mark.slow
def test_rounds_run_from_the_shell_with_a_server_or_without(home: Path, prefect_port: int) -> None:
    stock_prefect(home)
    with serve_wire(start_full=True) as wire:
        from flows.wire import feeds_of

        for feed in feeds_of(wire.base_url)[:2]:
            assert run(home, "feeds", "add", feed.url, "--outlet", feed.outlet_name).returncode == 0
        collected = run(home, "run", "collect", host_spacing_s="0")
    assert collected.returncode == 0, collected.stderr[-2000:]
    assert "poll feeds: 2 read" in collected.stdout
    assessed = run(home, "run", "assess", prefect_port=str(prefect_port))
    assert assessed.returncode == 0, assessed.stderr[-2000:]
    rows = run(home, "sql", "SELECT count(*) > 0 AS n FROM events").stdout
    assert "True" in rows or "true" in rows


def test_an_id_is_never_cut_and_a_feed_is_one_line_in_a_pipe(home: Path) -> None:
    feed_id = "a-very-long-name-of-an-outlet-with-many-words-and-a-language-en"
    with open_warehouse(home) as wh:
        feed = Feed(
            feed_id=feed_id, url="https://a.example/f", title="", outlet_id="o", outlet_name="O " * 40, family_id="f"
        )
        write_feeds(wh, "stock", [replace(feed, failure_reason="why " * 30)])
    (line,) = [line for line in run(home, "feeds", "list").stdout.splitlines() if "active" in line]
    assert feed_id in line


def test_a_backup_is_restored_from_the_shell(home: Path) -> None:
    with open_warehouse(home) as wh:
        write_feeds(wh, "stock", [Feed(feed_id="1", url="u", title="", outlet_id="o", outlet_name="O", family_id="f")])
        copy = back_up(wh, home / "backups", now=datetime(2026, 11, 24, tzinfo=UTC), keep=1)
    refused = run(home, "restore", str(copy))
    assert (refused.returncode, "move it away first" in refused.stderr) == (1, True)
    (home / "warehouse.duckdb").rename(home / "before.duckdb")
    assert run(home, "restore", str(copy)).stdout.startswith("restored 2 rows")
    assert run(home, "sql", "SELECT feed_id FROM feeds").stdout == "feed_id\n1\n"


@pytest.mark.server
@pytest.mark.slow
def test_a_round_that_fails_is_one_line(home: Path, prefect_port: int) -> None:
    with open_warehouse(home) as wh:
        feeds = [
            Feed(
                feed_id=str(n), url=f"http://127.0.0.{n}:9/", title="", outlet_id="o", outlet_name="O", family_id="f"
            )  # each a site of its own: a silent site is held for the round and counts once
            for n in range(1, 21)
        ]
        write_feeds(wh, "stock", feeds)
    done = run(home, "run", "collect", host_spacing_s="0", prefect_port=str(prefect_port))
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert "all 20 feeds failed" in line


def test_backfill_articles_reads_codes_and_counts(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl"
    item = {
        "url": "https://news.example/1",
        "title": "Pakistan recalls envoy",
        "text": "Pakistan recalled its ambassador from Iran on Wednesday.",
        "published": "2024-01-18",
        "outlet": "News",
        "lang": "en",
    }
    file.write_text(json.dumps(item) + "\n")
    done = run(home, "backfill", "articles", str(file))
    assert done.returncode == 0, done.stderr[-2000:]
    assert (
        run(home, "sql", "SELECT side_a_code, on_date FROM daily_dyads").stdout
        == "side_a_code,on_date\nIRN,2024-01-17\n"
    )
