"""Every language's file is read, and its everyday date words work."""

import subprocess
import sys
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import pytest

from flows.events.casualties import find_casualties
from flows.events.evaluation import labelled_files
from flows.events.sides.lexicon import LANGUAGES
from flows.events.times import find_times
from flows.events.times.grammar import REACH, REACHES, fold_times, grammar
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
def test_looking_only_around_their_words_misses_no_match_of_a_pattern(path: Path) -> None:
    rules = grammar(path.stem)
    folded = fold_times("\n".join(f"{labelled.item.title}\n{labelled.item.text}" for labelled in read_items(path)))
    everywhere = [(name, match.span()) for name, pattern in rules.patterns for match in pattern.finditer(folded)]
    assert [(name, match.span()) for name, match in rules.find_likely(folded)] == everywhere


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_pattern_is_wider_than_what_is_looked_at_around_its_words(lang: str) -> None:
    measure = import_module("re._parser").parse
    beyond = 20  # what a pattern looks at behind its match
    for name, pattern in grammar(lang).patterns:
        assert measure(pattern.pattern).getwidth()[1] + beyond <= REACHES.get(name, REACH), name


def test_a_languages_words_for_days_are_its_own_whichever_was_read_before() -> None:
    program = "from flows.events.times.grammar import grammar; grammar('ur'); print(len(grammar('fa').weekdays))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert int(told) == len(grammar("fa").weekdays)
    assert "هفته" not in grammar("fa").weekdays  # a week there, a Saturday in Urdu
