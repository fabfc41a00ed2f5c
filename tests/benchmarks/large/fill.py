"""Fills a warehouse with millions of events and articles: `fill_warehouse(home, event_count, article_count)`.

DuckDB's own SQL makes every row through the real schema, the same rows for the same numbers, seed and last day: three
years in which a few pairs of states, outlets, languages and places have most of what happens. Texts are short and made
of the words in `words.toml`. Nothing is coded, merged or indexed: what is measured on it is reading.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb

from warehouse.dyad_spans import count_dyads
from warehouse.endpoint import DATABASE_NAME
from warehouse.migrate import migrate_database
from warehouse.numbering import number_rows
from warehouse.place_days import count_places
from warehouse.side_names import english_name
from warehouse.words import words_of

HERE = Path(__file__).parent
DAY_COUNT = 1096
# As many articles as the search keeps in one of its largest segments.
ARTICLES_A_PIECE = 32_000
# The busiest first; others follow in the order of their codes.
BUSY = ("USA", "RUS", "CHN", "UKR", "ISR", "IRN", "PSE", "IND", "PAK", "TUR", "SYR", "YEM", "SAU", "PRK", "KOR", "JPN")

LARGE = (
    "entries", "articles", "article_revisions", "stories", "mentions", "events", "event_mentions", "event_revisions",
    "event_dyads", "daily_dyads", "daily_states", "dyad_phases", "search_articles", "search_words",
)  # fmt: skip
ASKED_OF_TABLES = {
    "table": "SELECT sql FROM duckdb_tables() WHERE table_name = $1 AND NOT temporary",
    "key": "SELECT constraint_text FROM duckdb_constraints() WHERE table_name = $1 AND constraint_type = 'PRIMARY KEY'",
    "later": """
        SELECT sql FROM duckdb_indexes() WHERE table_name = $1 AND sql IS NOT NULL
        UNION ALL
        SELECT concat('COMMENT ON TABLE ', table_name, ' IS ''', replace(comment, '''', ''''''), '''')
        FROM duckdb_tables() WHERE table_name = $1 AND comment IS NOT NULL
        UNION ALL
        SELECT concat('COMMENT ON COLUMN ', table_name, '.', column_name, ' IS ''', replace(comment, '''', ''''''),
            '''')
        FROM duckdb_columns() WHERE table_name = $1 AND comment IS NOT NULL
    """,
}


def fill_warehouse(
    home: Path, event_count: int, article_count: int, *, last_on: date, seed: int = 1, side_codes: list[str]
) -> None:
    """Makes the file of this home, which must not have one, with so many events and articles until `last_on`."""
    home.mkdir(parents=True, exist_ok=True)
    codes = [*BUSY, *sorted(set(side_codes) - set(BUSY))]
    words = tomllib.loads((HERE / "words.toml").read_text("utf-8"))
    with duckdb.connect(str(home / DATABASE_NAME)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        migrate_database(connection)
        connection.execute("CREATE TEMP TABLE tongue (language VARCHAR, words VARCHAR[])")
        connection.executemany("INSERT INTO tongue VALUES (?, ?)", [[one, list(told)] for one, told in words.items()])
        connection.execute("CREATE TEMP TABLE folded (word VARCHAR, forms VARCHAR[])")
        names = [english_name(code) or code for code in codes]
        spoken = {word for told in words.values() for one in told for word in (one, one[:1].upper() + one[1:])}
        spoken |= {word for name in names for word in name.replace(".", " ").split()}
        folded = [[word, sorted(words_of(word))] for word in sorted(spoken)]
        connection.executemany("INSERT INTO folded VALUES (?, ?)", folded)
        given = {
            "event_count": event_count,
            "article_count": article_count,
            "seed": seed,
            "last_on": last_on,
            "day_count": DAY_COUNT,
            "languages": list(words),
            "side_codes": codes,
            "side_names": names,
        }
        for name, value in given.items():
            connection.execute(f"SET VARIABLE {name} = ?", [value])
        _run(connection, "1_drawing")
        keys = take_keys_off(connection, LARGE)
        for segment, first in enumerate(range(0, article_count, ARTICLES_A_PIECE), 1):
            connection.execute(f"SET VARIABLE first = {first}::BIGINT")
            connection.execute(f"SET VARIABLE until = {min(first + ARTICLES_A_PIECE, article_count)}::BIGINT")
            connection.execute(f"SET VARIABLE segment = {segment}::BIGINT")
            _run(connection, "2_told")
            _run(connection, "3_rows")
        _run(connection, "4_daily")
        for key in keys:
            connection.execute(key)
        number_rows(connection)
        count_places(connection)
        count_dyads(connection)
        connection.execute("CHECKPOINT")


def _run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute("BEGIN")
    connection.execute((HERE / f"{name}.sql").read_text("utf-8"))
    connection.execute("COMMIT")


def take_keys_off(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> list[str]:
    """Statements that give these tables back the keys, indexes and comments that this takes off them, with all rows.

    Row by row the keys take most of the time; of all rows at once they are made in seconds.
    """
    later = []
    for table in tables:
        given = {
            name: [str(text) for (text,) in connection.execute(question, [table]).fetchall()]
            for name, question in ASKED_OF_TABLES.items()
        }
        (text,) = given["table"]
        for key in given["key"]:
            text = text.replace(f", {key}", "").replace(" PRIMARY KEY,", ",")
            later.append(f"ALTER TABLE {table} ADD {key}")
        connection.execute(f"DROP TABLE {table}")
        connection.execute(text)
        later += given["later"]
    return later
