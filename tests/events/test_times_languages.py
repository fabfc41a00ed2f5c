"""Every language's file is read, and its everyday date words work."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.events.casualties import find_casualties
from flows.events.evaluation import labelled_files
from flows.events.sides.lexicon import LANGUAGES
from flows.events.times import find_times
from flows.events.times.grammar import fold_times, grammar
from tests.events.quality import read_items

PUBLISHED = datetime(2024, 1, 20, tzinfo=UTC)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_iso_date_is_read_in_every_language(lang: str) -> None:
    assert [span.starts_on for span in find_times("2023-11-05", lang, PUBLISHED)] == [date(2023, 11, 5)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Kapal tiba semalam.", "ms", date(2024, 1, 19)),
        ("وصل الوفد أمس", "ar", date(2024, 1, 19)),
        ("دیدار در ۲۹ دی برگزار شد", "fa", date(2024, 1, 19)),
        ("Heyet dün geldi.", "tr", date(2024, 1, 19)),
        ("La delegación llegó el jueves.", "es", date(2024, 1, 18)),
        ("La délégation est partie le 17 janvier.", "fr", date(2024, 1, 17)),
        ("Делегация прибыла в пятницу.", "ru", date(2024, 1, 19)),
        ("代表团于1月18日抵达。", "zh", date(2024, 1, 18)),
        ("代表团17日抵达。", "zh", date(2024, 1, 17)),
        ("दल शुक्रवार को लौटा।", "hi", date(2024, 1, 19)),
    ],
)
def test_day_is_resolved_in_its_language(text: str, lang: str, expected: date) -> None:
    assert expected in [span.starts_on for span in find_times(text, lang, PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "lang", "minimum"),
    [("Tres soldados murieron.", "es", 3), ("En az dört kişi öldü.", "tr", 4), ("至少五人死亡。", "zh", 5),
     ("Погибли семь человек.", "ru", 7), ("Enam orang maut.", "ms", 6)],
)  # fmt: skip
def test_killed_are_counted_in_other_languages(text: str, lang: str, minimum: int) -> None:
    assert ("killed", minimum) in [(span.kind, span.minimum) for span in find_casualties(text, lang)]


@pytest.mark.parametrize("path", labelled_files(), ids=lambda path: path.stem)
def test_patterns_left_out_for_want_of_their_words_find_nothing(path: Path) -> None:
    rules = grammar(path.stem)
    for labelled in read_items(path)[::4]:
        folded = fold_times(f"{labelled.item.title}\n{labelled.item.text}")
        tried = {name for name, _ in rules.likely_patterns(folded)}
        assert not [name for name, pattern in rules.patterns if name not in tried and pattern.search(folded)]
