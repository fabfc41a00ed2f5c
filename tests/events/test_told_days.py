"""The day of an event: counted from a day told before, of a deed or of the words on it, or told by another sentence.

The texts are in data/told_days.tsv, all published on Sunday 16 March 2025: of what kind (the day is counted; a deed and
the words on it have each their own; sentences follow each other; days as their languages write them), the language and
the days of the events each tells, by type.
"""

from datetime import date
from pathlib import Path

import pytest

from flows.events.times import find_times
from tests.events.coding import PUBLISHED, code

DATA = Path(__file__).parent / "data" / "told_days.tsv"
TEXTS = [line.split("\t")[1:] for line in DATA.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("lang", "text", "days"), TEXTS)
def test_every_event_has_its_own_day(lang: str, text: str, days: str) -> None:
    wanted = set(days.split(", "))
    types = {day.split(" ")[0] for day in wanted}
    told = {f"{event.type} {event.starts_on:%m-%d}" for event in code(text, lang).mentions if event.type in types}
    assert told == wanted


def test_a_headline_has_the_day_of_its_deed_and_not_that_of_the_words_below_it() -> None:
    body = "Kenya on Friday accused Somalia of the cyberattack that shut its ports on 4 March."
    told = {event.type: event.starts_on for event in code(body, title="Kenya accuses Somalia of cyberattack").mentions}
    assert told == {"ACCUSE": date(2025, 3, 14), "COERCE": date(2025, 3, 4)}


@pytest.mark.parametrize(
    ("lang", "text", "tie"),
    [
        ("en", "two days after the raid", "tied"),
        ("en", "two days later", "free"),
        ("id", "sehari setelah serangan", "tied"),
        ("id", "sehari setelah itu", "free"),
        ("es", "dos días después del ataque", "tied"),
        ("fr", "deux jours après, Paris", "free"),
        ("ru", "на следующий день после удара", "tied"),
        ("ru", "за два дня до этого", "free"),
        ("ar", "بعد يومين من القصف", "tied"),
        ("ar", "قبل ذلك بيومين", "free"),
        ("fa", "دو روز پس از حمله", "tied"),
        ("fa", "دو روز پس از آن", "free"),
        ("ur", "حملے کے دو روز بعد", "tied"),
        ("ur", "اس کے دو روز بعد", "free"),
        ("hi", "हमले के दो दिन बाद", "tied"),
        ("hi", "इसके दो दिन बाद", "free"),
        ("tr", "saldırıdan iki gün sonra", "tied"),
        ("tr", "bundan iki gün sonra", "free"),
        ("ms", "sehari selepas serangan", "tied"),
        ("zh", "两天后", "free"),
    ],
)
def test_a_count_is_tied_to_what_is_named_beside_it(lang: str, text: str, tie: str) -> None:
    (span,) = find_times(text, lang, PUBLISHED)
    assert span.tie == tie
