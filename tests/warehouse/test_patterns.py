"""A pattern leaves out nothing that the database finds with all accents taken off."""

from __future__ import annotations

import json

import duckdb
import pytest

from warehouse.patterns import pattern_of

BARE = "strip_accents(lower({}))"


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def matches(database: duckdb.DuckDBPyConnection, text: str, pattern: str) -> bool:
    row = database.execute("SELECT regexp_matches($1, $2)", [text, pattern]).fetchone()
    return bool(row and row[0])


def test_every_character_is_found_by_what_it_is_without_accents(database: duckdb.DuckDBPyConnection) -> None:
    rows = database.execute(
        f"SELECT {BARE.format('t')} AS bare, list(t) FROM (SELECT chr(n::INTEGER) AS t FROM range(32, 200000) AS r(n) "
        "WHERE n NOT BETWEEN 55296 AND 57343) GROUP BY bare HAVING bare <> ''"
    ).fetchall()
    assert len(rows) > 100_000
    given = [(text, pattern_of(bare)) for bare, written in rows if len(written) > 1 for text in written]
    assert len(given) > 3_000
    missed = database.execute(
        'SELECT r.text FROM (SELECT unnest(from_json($1, \'[{"text": "VARCHAR", "pattern": "VARCHAR"}]\')) AS r) '
        "WHERE NOT regexp_matches(r.text, r.pattern)",
        [json.dumps([{"text": text, "pattern": pattern} for text, pattern in given])],
    ).fetchall()
    assert missed == []
    # Most characters are themselves alone.
    alone = [written[0] for _, written in rows if len(written) == 1]
    assert [text for text in alone if text not in pattern_of(text)] == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The Börder TALKS began", "border talks"),
        ("the border talks", "Bördér Talks"),
        ("bo\u0308rder talks", "border talks"),
        ("Cumhurbaşkanı İstanbul'da", "istanbul"),
        ("आरलान ने बेलमोरा पर हमला किया।", "बेलमोरा पर"),
        ("وَزِيرُ خارجية", "وزير خارجية"),
        ("贝尔莫拉外交部发言人", "外交部"),
        ("국경을 넘었다", "국경을 넘"),
        ("a (b) [c] *d* \\e 5$", "(b) [c] *d* \\e 5$"),
        ("Café – fin", "cafe – fin"),
    ],
)
def test_a_text_is_found_whatever_its_accents(database: duckdb.DuckDBPyConnection, text: str, asked: str) -> None:
    row = database.execute(f"SELECT contains({BARE.format('$1')}, {BARE.format('$2')})", [text, asked]).fetchone()
    assert row == (True,)
    assert matches(database, text, pattern_of(asked))


def test_what_does_not_stand_there_is_mostly_left_out(database: duckdb.DuckDBPyConnection) -> None:
    assert not matches(database, "the border and its talks", pattern_of("border talks"))
    assert not matches(database, "سازمان", pattern_of("سامان"))
