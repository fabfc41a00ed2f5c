"""Who owns the outlets of the catalogue: one line an outlet family in `families.csv`, read and checked here.

Columns: family_id, family_name, owner_kind (state: a state owns or directs it; public: owned by a state, independent
by law; intergovernmental; party; trust: foundation, cooperative or non-profit; private), country_code (ISO 3166-1
alpha-3 of the owner), note (how that is known). What is not known is empty, never guessed.

Corroboration counts families, not outlets, so a line here changes what an event weighs: all media of one state are one
voice.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from flows.feeds.catalogue import country_codes
from warehouse.errors import FeedError

PATH = Path(__file__).with_name("families.csv")
COLUMNS = ("family_id", "family_name", "owner_kind", "country_code", "note")
OWNER_KINDS = frozenset({"state", "public", "intergovernmental", "party", "trust", "private"})


@dataclass(frozen=True, slots=True)
class Family:
    """An owner of outlets; None where it is not known."""

    family_id: str
    family_name: str
    owner_kind: str | None
    country_code: str | None
    note: str | None

    @property
    def is_state_controlled(self) -> bool | None:
        """Whether a state directs what it publishes; None where its owner is not known."""
        return None if self.owner_kind is None else self.owner_kind == "state"


def load_families(path: Path = PATH) -> dict[str, Family]:
    """Every family by id.

    Raises:
        FeedError: a line breaks a rule; the message names line and rule.
    """
    families: dict[str, Family] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise FeedError(f"{path.name}: columns are {reader.fieldnames}, expected {list(COLUMNS)}")
        for row in reader:
            problem = _problem_of(row, families)
            if problem:
                raise FeedError(f"{path.name} line {reader.line_num}: {problem}", subject_id=row.get("family_id"))
            families[row["family_id"]] = Family(
                row["family_id"],
                row["family_name"],
                row["owner_kind"] or None,
                row["country_code"] or None,
                row["note"] or None,
            )
    return families


def _problem_of(row: dict[str, str], seen: dict[str, Family]) -> str | None:
    if None in row or None in row.values():
        return f"has not {len(COLUMNS)} columns"
    if row["family_id"] in seen:
        return f"family {row['family_id']} is there already"
    if not row["family_id"] or not row["family_name"]:
        return "family_id and family_name are needed"
    if row["owner_kind"] and row["owner_kind"] not in OWNER_KINDS:
        return f"owner_kind {row['owner_kind']!r} is none of {sorted(OWNER_KINDS)}"
    if row["owner_kind"] and not row["note"]:
        return "an owner_kind needs a note that says how it is known"
    if row["country_code"] and row["country_code"] not in country_codes():
        return f"country_code {row['country_code']!r} is not ISO 3166-1 alpha-3"
    return None
