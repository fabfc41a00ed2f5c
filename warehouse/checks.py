"""The promises of the warehouse, each a question that must have no answer."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse import dyad_spans, place_days
from warehouse.connect import Warehouse
from warehouse.tables import tables

# Rows named of a broken promise; the count says how many there are.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class BrokenPromise:
    """A promise that some rows break."""

    promise: str
    row_count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        """One line: the promise, how many rows break it, which ones for example."""
        return f"{self.promise}: {self.row_count} rows, such as {', '.join(self.examples)}"


def _numbers_that_differ() -> str:
    return " UNION ALL ".join(
        f"SELECT concat_ws(' ', '{table.name}', t.{table.key[0]}) AS id FROM {table.name} AS t "
        f"JOIN {number.of_table} AS o ON o.{number.id_name} = t.{number.id_name} "
        f"WHERE t.{number.name} IS DISTINCT FROM o.{number.number_name}"
        for table in tables().values()
        for number in table.numbers
    )


# Promise -> SELECT of the ids of rows that break it, column `id`.
PROMISES = {
    "every current mention's evidence is in its article's text": """
        SELECT m.mention_id AS id FROM mentions AS m
        JOIN article_revisions AS r ON r.article_id = m.article_id AND r.revision = m.article_revision
        WHERE m.superseded_at_utc IS NULL AND m.evidence_text IS DISTINCT FROM
            substring(r.title || chr(10) || r.text, m.evidence_start + 1, m.evidence_end - m.evidence_start)""",
    "every quote of a second reading is in its article's text": """
        SELECT s.reading_id AS id FROM second_readings AS s JOIN mentions AS m USING (mention_id)
        JOIN article_revisions AS r ON r.article_id = m.article_id AND r.revision = m.article_revision
        WHERE s.evidence_text IS DISTINCT FROM
            substring(r.title || chr(10) || r.text, s.evidence_start + 1, s.evidence_end - s.evidence_start)""",
    "every mention has the revision it was read from": """
        SELECT mention_id AS id FROM mentions AS m WHERE NOT EXISTS (
            SELECT 1 FROM article_revisions AS r
            WHERE r.article_id = m.article_id AND r.revision = m.article_revision)""",
    "every entry with an article has one that is there": """
        SELECT entry_id AS id FROM entries WHERE article_id IS NOT NULL AND article_id NOT IN (
            SELECT article_id FROM articles)""",
    "every link of an event has both its ends": """
        SELECT event_id || ' ' || mention_id AS id FROM event_mentions
        WHERE event_id NOT IN (SELECT event_id FROM events) OR mention_id NOT IN (SELECT mention_id FROM mentions)""",
    "a mention reports one event": """
        SELECT mention_id AS id FROM event_mentions GROUP BY mention_id HAVING count(*) > 1""",
    "every row has the numbers of what it belongs to": _numbers_that_differ(),
    "every event that is not withdrawn has a mention": """
        SELECT event_id AS id FROM events WHERE withdrawn_at_utc IS NULL AND event_id NOT IN (
            SELECT event_id FROM event_mentions)""",
    "the sides of a dyad are two, in order": """
        SELECT side_a_code || ' ' || side_b_code AS id FROM daily_dyads WHERE side_a_code >= side_b_code
        UNION SELECT side_a_code || ' ' || side_b_code FROM event_dyads WHERE side_a_code >= side_b_code""",
    "every point of a curve leads to its events": """
        -- event_dyads are the newest formula's: an older one may place an event on another day.
        SELECT side_a_code || ' ' || side_b_code || ' ' || on_date AS id FROM daily_dyads AS d
        WHERE formula_order(formula_version) = (
                SELECT max(formula_order(formula_version)) FROM daily_dyads AS n
                WHERE n.side_a_code = d.side_a_code AND n.side_b_code = d.side_b_code)
            AND event_count <> (SELECT count(*) FROM event_dyads AS e
            WHERE e.side_a_code = d.side_a_code AND e.side_b_code = d.side_b_code AND e.on_date = d.on_date)""",
    "days of places count the events that are there": place_days.counted_otherwise(),
    "what there is of a dyad is what its days say": dyad_spans.counted_otherwise(),
    "net lies within its band": """
        SELECT side_a_code || ' ' || side_b_code || ' ' || on_date AS id FROM daily_dyads
        WHERE NOT (lower <= net + 1e-9 AND net <= upper + 1e-9)""",
}


def check_warehouse(wh: Warehouse) -> list[BrokenPromise]:
    """The promises that do not hold, none when all is well. Costs a scan of the tables."""
    broken = []
    for promise, sql in PROMISES.items():
        rows = wh.query(f"SELECT id FROM ({sql}) AS broken ORDER BY id")
        if rows:
            broken.append(BrokenPromise(promise, len(rows), tuple(str(row["id"]) for row in rows[:_NAMED])))
    return broken
