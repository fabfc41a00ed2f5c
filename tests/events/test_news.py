"""News items of our own in twelve languages, of all types and of the kinds that are hard."""

from pathlib import Path

import pytest

from flows.events.code import CodedEvent
from tests.events.coding import code

DATA = Path(__file__).parent / "data"
# Precision and recall over all items of a language that it may not fall below; they may only rise.
LEAST = {
    "en": (0.99, 0.99), "id": (0.99, 0.99), "ms": (0.97, 0.97), "es": (0.91, 0.98), "fr": (0.92, 0.98),
    "ru": (0.96, 0.98), "ar": (0.96, 0.98), "fa": (0.95, 0.97), "zh": (0.93, 0.97), "tr": (0.92, 0.96),
    "hi": (0.93, 0.97), "ur": (0.94, 0.95),
}  # fmt: skip


def items_of(language: str) -> list[tuple[list[str], str, str]]:
    """What each item holds, its title and its text; what it holds is TYPE ACTOR>TARGET [status], choices by comma."""
    items = []
    for line in (DATA / f"news_{language}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            wanted, _, item = line.partition("|")
            title, _, text = item.partition("||")
            items.append(([part.strip() for part in wanted.split(";") if part.strip()], title.strip(), text.strip()))
    return items


def readings_of(event: CodedEvent) -> set[str]:
    """The event as an item would write it, both ways round where it is symmetric."""
    actor = event.actor.code if event.actor else "?"
    target = event.target.code if event.target else "?"
    status = "" if event.status == "occurred" else f" {event.status}"
    told = {f"{event.type} {actor}>{target}{status}"}
    return told | ({f"{event.type} {target}>{actor}{status}"} if event.is_symmetric else set())


def choices_of(wanted: str) -> set[str]:
    type_name, rest = wanted.split(" ", 1)
    return {f"{type_name} {choice.strip()}" for choice in rest.split(",")}


def misses(wanted: list[str], title: str, text: str, language: str) -> tuple[int, int, int]:
    """How many events are found, coded and wanted."""
    coded = [event for event in code(text, language, title).mentions if event.status != "historical"]
    left = list(coded)
    for want in wanted:
        match = next((event for event in left if readings_of(event) & choices_of(want)), None)
        if match is not None:
            left.remove(match)
    return len(coded) - len(left), len(coded), len(wanted)


@pytest.mark.parametrize("language", LEAST)
def test_news_items_are_read_as_a_person_reads_them(language: str) -> None:
    counts = [misses(*item, language) for item in items_of(language)]
    found, coded, wanted = (sum(one) for one in zip(*counts, strict=True))
    precision, recall = LEAST[language]
    assert found >= precision * coded
    assert found >= recall * wanted


@pytest.mark.parametrize("language", LEAST)
def test_items_without_an_act_are_left_alone(language: str) -> None:
    empty = [(title, text) for wanted, title, text in items_of(language) if not wanted]
    coded = [title for title, text in empty if misses([], title, text, language)[1]]
    assert len(coded) <= len(empty) // 10
