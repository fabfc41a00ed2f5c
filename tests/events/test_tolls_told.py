"""Tolls as articles tell them, in every language: read from their sentence, and tied to the deed that they are of.

`data/counts.csv` holds sentences with what they count, `data/tolls_apart.csv` short articles with what the attack that
names who did it is to count, though a sentence of its own tells it; an empty field counts nobody.
"""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.events.casualties import find_casualties
from flows.events.code import Item, code_item
from flows.events.lexicon import lexicon_languages
from flows.events.tolls import toll_between

DATA = Path(__file__).parent / "data"
PUBLISHED = datetime(2025, 3, 16, 6, tzinfo=UTC)

Told = tuple[str, int | None, int | None, str]


def read_told(name: str) -> list[Told]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return [
            (row["language"], *(int(row[kind]) if row[kind] else None for kind in ("killed", "injured")), row["text"])  # type: ignore[misc]  # two fields
            for row in csv.DictReader(lines)
        ]


@pytest.mark.parametrize(("language", "killed", "injured", "text"), read_told("counts.csv"))
def test_sentence_counts_its_people(language: str, killed: int | None, injured: int | None, text: str) -> None:
    toll = toll_between(find_casualties(text, language), 0, len(text))
    assert (toll.killed_min, toll.injured_min) == (killed, injured)


@pytest.mark.parametrize(("language", "killed", "injured", "text"), read_told("tolls_apart.csv"))
def test_toll_goes_to_its_deed(language: str, killed: int | None, injured: int | None, text: str) -> None:
    mentions = code_item(Item(id="a", text=text, title="", lang=language, published=PUBLISHED)).mentions
    attacks = [event for event in mentions if event.type == "ASSAULT" and event.status != "historical"]
    assert (killed, injured) in [(event.killed_min, event.injured_min) for event in attacks if event.actor]
    assert not [event for event in attacks if event.actor is None and event.killed_min is not None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Manifestantes malienses apedrearon ayer la embajada de Ghana en Bamako e hirieron a cuatro guardias."),
        (
            "fr",
            "Des Maliens ont caillassé lundi l'ambassade du Ghana à Bamako, blessant quatre de ses gardes.",
        ),
    ],
)
def test_hurt_of_a_riot_are_told_with_it(language: str, text: str) -> None:
    mentions = code_item(Item(id="a", text=text, title="", lang=language, published=PUBLISHED)).mentions
    assert [(event.type, event.injured_min) for event in mentions] == [("PROTEST", 4)]


def test_every_language_is_tried() -> None:
    for name in ("counts.csv", "tolls_apart.csv"):
        assert {told[0] for told in read_told(name)} == set(lexicon_languages())
