"""Constructions that every language has, each told by sentences of our own: what must be read, and what must not.

`data/families.tsv` has a row a sentence: family, language, text ("title // text" with a headline), what is expected.
Expected are readings, parted by "; ": `TYPE ACTOR>TARGET STATUS` must be there (`<>` either way round, `-` nobody, `*`
anybody), with `k=` killed, `i=` injured, `in=` country or `on=` first day where asked; `no TYPE` must not; `none` is no
reading.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from flows.events.code import CodedEvent
from tests.events.coding import code, summary

FILE = Path(__file__).parent / "data" / "families.tsv"


def load_rows() -> list[list[str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def is_expected(event: CodedEvent, wanted: str) -> bool:
    """Whether a reading is the one that an expectation describes."""
    type_name, sides, status, *details = wanted.split()
    told_type, actor, target, told_status = summary(event)
    told = (actor or "-", target or "-")
    one, other = sides.replace("<>", ">").split(">")
    orders = [(one, other), (other, one)] if "<>" in sides else [(one, other)]
    has_sides = any(all(want in ("*", side) for want, side in zip(order, told, strict=True)) for order in orders)
    values = {"k": event.killed_min, "i": event.injured_min, "on": event.starts_on, "in": event.place_country_code}
    has_details = all(str(values[key]) == value for key, value in (detail.split("=") for detail in details))
    return told_type in type_name.split("|") and told_status in status.split("|") and has_sides and has_details


@pytest.mark.parametrize(("family", "lang", "text", "expected"), load_rows())
def test_a_construction_is_read_alike_in_every_language(family: str, lang: str, text: str, expected: str) -> None:
    title, _, body = text.rpartition(" // ")
    events = code(body, lang, title).mentions
    told = [(*summary(event), event.killed_min, str(event.starts_on)) for event in events]
    for wanted in expected.split("; "):
        if wanted == "none":
            assert told == [], family
        elif wanted.startswith("no "):
            assert not [event for event in told if event[0] == wanted[3:]], (family, told)
        else:
            assert any(is_expected(event, wanted) for event in events), (family, wanted, told)
