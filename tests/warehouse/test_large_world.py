"""The large world that the benchmarks read is a warehouse like any other, only made by SQL; here it is a small one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from tests.benchmarks.large.fill import fill_warehouse
from tests.benchmarks.large.questions import questions_of
from warehouse import browse, search
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse, open_warehouse
from warehouse.search_index import index_articles

LAST_ON = date(2026, 11, 20)
STATES = ["EGY", "FRA", "IDN", "MEX", "SDN"]
WORDS = "SELECT word, article_id FROM search_words JOIN search_articles USING (article_number) ORDER BY ALL"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home = tmp_path_factory.mktemp("large")
    fill_warehouse(home, 900, 120, last_on=LAST_ON, side_codes=STATES)
    with open_warehouse(home) as wh:
        yield wh


def test_it_keeps_every_promise_of_a_warehouse(large: Warehouse) -> None:
    assert check_warehouse(large) == []
    counts = large.query("SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM articles) AS articles")
    assert counts == [{"events": 900, "articles": 120}]


def test_every_read_model_is_asked_and_answers(large: Warehouse) -> None:
    questions = questions_of(large, LAST_ON)
    answered = {name for name, ask in questions.items() if len(ask(large))}
    # Nothing is measured or edited in it, and the rare word is too rare for so few articles.
    assert set(questions) - answered <= {
        "evaluations", "story changes", "event labels", "search articles, rare word", "search articles, phrase",
        "stories of a side and type", "events nearby",
    }  # fmt: skip


def test_events_found_by_ids_or_among_the_newest_days_are_those_found_among_all(
    large: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = search.SearchQuestion(
        words="accused", since=datetime(2020, 1, 1, tzinfo=UTC), until=datetime(2026, 11, 22, tzinfo=UTC)
    )
    columns = ["event_id", "evidence_text", "outlet_name"]
    by_ids = search.read_found_events(large, question, 5)
    monkeypatch.setattr(search, "FEW_IDS", 3)  # as if the word stood in too many articles to name them
    monkeypatch.setattr(search, "LOOK_BACK_DAYS", (None,))
    among_all = search.read_found_events(large, question, 5)
    assert_frame_equal(by_ids, among_all)
    monkeypatch.setattr(search, "LOOK_BACK_DAYS", (200, None))
    monkeypatch.setattr(search, "MOST_COUNTED", 5)
    among_newest = search.read_found_events(large, question, 5)
    assert among_newest[columns].to_dict("records") == among_all[columns].to_dict("records")
    assert len(among_newest) == 5
    monkeypatch.setattr(search, "NEAR_ARTICLES", -1)  # as if the newest articles lay far apart
    assert_frame_equal(search.read_found_events(large, question, 5), among_newest)
    assert among_newest["found_count"].iloc[0] < among_all["found_count"].iloc[0], "older ones were not looked at"


@pytest.mark.parametrize(
    "narrowed",
    [{"side": "EGY"}, {"type": "AID"}, {"side": "FRA", "type": "ASSAULT", "language": "ar"}, {"side": "XXX"}],
)
def test_stories_with_a_mention_found_in_the_last_days_are_those_found_among_all(
    large: Warehouse, monkeypatch: pytest.MonkeyPatch, narrowed: dict[str, str]
) -> None:
    begin, end = datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
    wanted = browse.StoryFilter(since=begin, until=end, **narrowed)  # type: ignore[arg-type]
    in_steps = browse.read_recent_stories(large, wanted, 5)
    monkeypatch.setattr(browse, "LOOK_BACK_DAYS", (None,))
    among_all = browse.read_recent_stories(large, wanted, 5)
    assert_frame_equal(in_steps, among_all)
    assert among_all.empty == (narrowed == {"side": "XXX"})


@pytest.mark.parametrize("words", ['"accused france"', '"near town"', "accused near", "near*"])
def test_articles_found_among_the_newest_days_are_those_found_among_all(
    large: Warehouse, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    question = search.SearchQuestion(
        words=words, since=datetime(2020, 1, 1, tzinfo=UTC), until=datetime(2026, 11, 22, tzinfo=UTC)
    )
    by_ids = search.read_found_articles(large, question, 5)
    monkeypatch.setattr(search, "FEW_IDS", 3)  # as if the words stood in too many articles to name them
    monkeypatch.setattr(search, "LOOK_BACK_DAYS", (None,))
    among_all = search.read_found_articles(large, question, 5)
    assert_frame_equal(by_ids, among_all)
    assert not among_all.empty
    monkeypatch.setattr(search, "LOOK_BACK_DAYS", (100, 400, None))
    monkeypatch.setattr(search, "MOST_COUNTED", 5)
    among_newest = search.read_found_articles(large, question, 5)
    assert list(among_newest["article_id"]) == list(among_all["article_id"])


def test_the_same_numbers_make_the_same_rows_and_its_words_are_those_of_the_search(
    large: Warehouse, tmp_path: Path
) -> None:
    fill_warehouse(tmp_path, 900, 120, last_on=LAST_ON, side_codes=STATES)
    with open_warehouse(tmp_path) as again:
        for table in ("events", "mentions", "articles", "daily_dyads"):
            rows = f"SELECT * FROM {table} ORDER BY ALL"
            assert again.query(rows) == large.query(rows)
        for table in ("search_words", "search_articles", "search_segments"):
            again.execute(f"DELETE FROM {table}")
        index_articles(again, 1000)
        assert again.query(WORDS) == large.query(WORDS)


def test_its_tables_have_the_keys_indexes_and_comments_of_every_warehouse(large: Warehouse, tmp_path: Path) -> None:
    described = (
        "SELECT table_name, constraint_type, constraint_column_names FROM duckdb_constraints() "
        "WHERE constraint_type = 'PRIMARY KEY' ORDER BY ALL",
        "SELECT sql FROM duckdb_indexes() WHERE sql IS NOT NULL ORDER BY ALL",
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
        "SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL",
    )
    with open_warehouse(tmp_path) as empty:
        for question in described:
            assert large.query(question) == empty.query(question)
