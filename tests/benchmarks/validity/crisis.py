"""What the crisis of January 2024 must be read as, event by event: how often each happening is there; no sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flows.indices.formula import load_formula
from tests.benchmarks.validity.checks import Check
from warehouse.connect import Warehouse

# Events are the same by every formula.
NEWEST = load_formula().version
BETWEEN = (
    "list_has_all(['IRN', 'PAK'], [actor_country_code, coalesce(target_country_code, place_country_code)]) "
    "AND actor_country_code <> coalesce(target_country_code, place_country_code)"
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must be there so many times: SQL that holds for events that occurred in these January days."""

    told: str
    first: int
    last: int
    holds: str
    count: int


EXPECTATIONS = (
    Expectation("strike of Iran, told by most", 16, 17, f"type = 'ASSAULT' AND actor_code = 'IRN' AND {BETWEEN}", 1),
    Expectation(
        "strike of Pakistan, told by most", 18, 18, f"type = 'ASSAULT' AND actor_code = 'PAK' AND {BETWEEN}", 1
    ),
    Expectation("any other assault between the two", 1, 31, f"type = 'ASSAULT' AND family_count < 5 AND {BETWEEN}", 0),
    Expectation("recall of the envoy", 17, 18, f"type = 'SANCTION' AND actor_code = 'PAK' AND {BETWEEN}", 1),
    Expectation("offer to mediate", 17, 19, "headline ILIKE '%mediat%' AND direction = 'de-escalation'", 1),
    Expectation("agreement to ease tension", 19, 20, f"type = 'AGREE' AND {BETWEEN}", 1),
    Expectation("return of the envoys agreed", 22, 23, f"type = 'AGREE' AND {BETWEEN}", 1),
    Expectation("visit of the foreign minister", 28, 30, f"type = 'CONSULT' AND {BETWEEN}", 1),
    Expectation(
        "assault of Iran after the agreement", 20, 31, f"type = 'ASSAULT' AND actor_code = 'IRN' AND {BETWEEN}", 0
    ),
)


@dataclass(frozen=True, slots=True)
class Happening:
    """What was expected, and what is there: how often, and the most outlet families that tell one of them."""

    expectation: Expectation
    found: int
    families: int

    def check(self, name: str) -> Check:
        """The expectation of the check of this name, in words."""
        one = self.expectation
        return Check(NEWEST, name, one.told, _times(one.count), _times(self.found), self.found == one.count)

    def line(self) -> str:
        """Its line of the page's table."""
        one, mark = self.expectation, self.check("").mark
        return f"| {one.told} | {one.count} | {self.found} | {self.families} | {mark} |"


def find_happenings(wh: Warehouse) -> list[Happening]:
    """How often each happening is there."""
    return [_happening(wh, one) for one in EXPECTATIONS]


def happening_lines(happenings: Iterable[Happening]) -> Iterator[str]:
    """A table of what is expected and what is there."""
    yield "| happening | expected | found | families at most | |"
    yield "|---|---|---|---|---|"
    yield from (one.line() for one in happenings)


def _times(count: int) -> str:
    return {0: "none", 1: "once"}.get(count, f"{count} times")


def _happening(wh: Warehouse, one: Expectation) -> Happening:
    [row] = wh.query(
        "SELECT count(*) AS found, coalesce(max(family_count), 0) AS families FROM events "
        "WHERE withdrawn_at_utc IS NULL AND status = 'occurred' AND starts_on BETWEEN $first AND $last "
        f"AND {one.holds}",
        first=date(2024, 1, one.first),
        last=date(2024, 1, one.last),
    )
    return Happening(one, row["found"], row["families"])
