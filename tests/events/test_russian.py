"""Russian forms keep their voice, and its everyday counts and times are read."""

from datetime import UTC, date, datetime

import pytest

from flows.events.casualties import find_casualties
from flows.events.inflection import Voice, inflect_russian
from flows.events.sides import find_sides
from flows.events.times import find_times

PUBLISHED = datetime(2025, 3, 16, tzinfo=UTC)  # a Sunday


def test_verbs_of_both_aspects_keep_their_voice() -> None:
    forms = dict(inflect_russian("обстрелять", ("обстреливать(ся)",), ("обстрел",)))
    assert {forms[form] for form in ("обстреляла", "обстреливают", "обстреляв", "обстрелявш*")} == {Voice.ACTIVE}
    assert {forms[form] for form in ("обстрелян", "обстрелянн*", "обстреливались")} == {Voice.PASSIVE}
    assert forms["обстрелами"] is Voice.NOUN


@pytest.mark.parametrize(
    ("root", "wanted"),
    [
        ("осудить", "осужден осудят осудила"),
        ("захватить///захвачен", "захвачены захватит захваченн*"),
        ("нанести/нанесет/нанес/нанесен", "нанесла нанесут нанеся нанесш* нанесено"),
        ("убить/убьет//убит", "убьют убитых убила"),
        ("вторгнуться/вторгнется/вторг", "вторгся вторглись вторгшиеся вторгнутся"),
        ("передать/передаст//передан", "передадут переданы передали"),
        ("встреча", "встречей встреч встречами"),
        ("бомбардировка", "бомбардировок бомбардировкой"),
        ("совместные учения", "совместных учений|совместными учениями"),
        ("прекращение огня", "прекращения огня|прекращением огня"),
    ],
)
def test_forms_are_those_of_the_language(root: str, wanted: str) -> None:
    forms = {form for form, _ in inflect_russian(root, (), ())}
    assert set(wanted.split("|") if "|" in wanted else wanted.split()) <= forms


def test_a_verb_without_a_passive_has_none() -> None:
    assert Voice.PASSIVE not in {voice for _, voice in inflect_russian("напасть/нападет/напал/-", (), ())}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("в Саудовской Аравии", "SAU"),
        ("с Южной Кореей", "KOR"),
        ("президентом Эритреи", "ERI"),
        ("израильтянами", "ISR"),
        ("министры иностранных дел Польши", "POL"),
        ("Армению", "ARM"),
    ],
)
def test_a_state_is_known_in_every_case(text: str, code: str) -> None:
    assert [span.code for span in find_sides(text, "ru")] == [code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Число погибших достигло 45 человек.", [("killed", 45)]),
        ("Погиб один военный, двое ранены.", [("killed", 1), ("injured", 2)]),
        ("Удар унёс девять жизней.", [("killed", 9)]),
        ("Двадцать три человека получили ранения.", [("injured", 23)]),
    ],
)
def test_tolls_are_counted(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(span.kind, span.minimum) for span in find_casualties(text, "ru")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("накануне", date(2025, 3, 15)),
        ("в следующий вторник", date(2025, 3, 18)),
        ("три дня назад", date(2025, 3, 13)),
        ("неделю назад", date(2025, 3, 3)),
    ],
)
def test_times_are_counted_from_publication(text: str, expected: date) -> None:
    assert [span.starts_on for span in find_times(text, "ru", PUBLISHED)] == [expected]


def test_weeks_and_years_after_something_are_told_from_it() -> None:
    spans = [span for text in ("спустя неделю", "два дня спустя") for span in find_times(text, "ru", PUBLISHED)]
    assert [(span.kind, span.offset_days) for span in spans] == [("anaphoric", 7), ("anaphoric", 2)]
