"""Arabic: forms keep their voice, and who acts is read where the verb opens the clause."""

import pytest

from flows.events.inflection import Voice
from flows.events.inflection.arabic import inflect_arabic
from flows.events.times import find_times
from tests.events.coding import PUBLISHED, code


def _sides(text: str, type_name: str) -> set[tuple[str | None, str | None]]:
    found = (event for event in code(text, "ar").mentions if event.type == type_name)
    return {(event.actor.code if event.actor else None, event.target.code if event.target else None) for event in found}


def test_arabic_forms_keep_their_voice() -> None:
    forms = dict(inflect_arabic("اغتال", ("يغتال", "اغتيل", "يُغتال"), ("اغتيال",)))
    assert forms["اغتالت"] is Voice.ACTIVE
    assert forms["اغتيلت"] is Voice.PASSIVE
    assert forms["باغتيال"] is Voice.NOUN


def test_a_form_that_may_be_active_or_passive_is_left_open() -> None:
    forms = dict(inflect_arabic("قتل", ("يقتل", "قُتل", "يُقتل"), ()))
    assert forms["قُتل"] is Voice.PASSIVE
    assert forms["قتل"] is Voice.PARTICIPLE


def test_a_perfect_that_looks_like_its_masdar_is_read_as_the_masdar() -> None:
    forms = dict(inflect_arabic("قصف", ("يقصف",), ("قصف",)))
    assert forms["قصف"] is Voice.NOUN
    assert forms["قصفت"] is Voice.ACTIVE


@pytest.mark.parametrize(
    ("text", "type_name", "sides"),
    [
        ("استدعت كينيا سفيرها من أوغندا.", "SANCTION", ("KEN", "UGA")),
        ("كينيا تستدعي السفير الأوغندي.", "ACCUSE", ("KEN", "UGA")),
        ("طردت كينيا دبلوماسيين أوغنديين وأمهلت السفير التنزاني يومين لمغادرة البلاد.", "SANCTION", ("KEN", "TZA")),
        ("السفينة اليونانية التي هاجمها الحوثيون كانت قادمة من بريطانيا.", "ASSAULT", ("houthi", "GRC")),
        ("قُتل ضابط تشادي في غارة سودانية.", "ASSAULT", ("SDN", "TCD")),
        ("مقتل جنديين تشاديين في هجوم شنته بوكو حرام.", "ASSAULT", ("boko-haram", "TCD")),
        ("نددت كينيا بقصف السودان لتشاد.", "ASSAULT", ("SDN", "TCD")),
        ("اتهمت تشاد السودان بقصف بلدة على الحدود.", "ASSAULT", ("SDN", "TCD")),
        ("قررت كينيا طرد السفير الأوغندي.", "SANCTION", ("KEN", "UGA")),
        ("فرضت كندا عقوبات على السودان بعد هجومه على تشاد.", "ASSAULT", ("SDN", "TCD")),
        ("أعلنت تشاد أن قواتها قصفت مواقع في السودان.", "ASSAULT", ("TCD", "SDN")),
        ("ناشدت كينيا السودان وقف الحرب على تشاد.", "REQUEST", ("KEN", "SDN")),
    ],
)  # fmt: skip
def test_an_arabic_clause_is_read_verb_first(text: str, type_name: str, sides: tuple[str, str]) -> None:
    assert sides in _sides(text, type_name)


def test_the_attack_told_before_is_no_second_one() -> None:
    assert _sides("هاجم السودان تشاد. وأدانت كينيا الهجوم.", "ASSAULT") == {("SDN", "TCD")}


def test_a_word_that_opens_is_no_group() -> None:
    assert _sides("أعادت الجزائر فتح مجالها الجوي أمام المغرب.", "CONCEDE") == {("DZA", "MAR")}


def test_a_night_of_two_days_is_told_of_the_second() -> None:
    first, *rest = find_times("ليل الجمعة السبت", "ar", PUBLISHED)
    assert not rest
    assert first.starts_on is not None
    assert first.starts_on.weekday() == 5
