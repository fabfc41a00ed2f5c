"""Sides are found with their code, their sector and the right offsets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events.sides import find_people, find_sides, learn_people
from flows.events.sides.lexicon import LANGUAGES
from flows.events.sides.matching import fold


@pytest.mark.parametrize(
    ("text", "lang", "surface", "code", "sector"),
    [
        ("Menlu RI tiba di Doha.", "id", "Menlu RI", "IDN", "GOV"),
        ("Kementerian Luar Negeri Pakistan membantah.", "id", "Kementerian Luar Negeri Pakistan", "PAK", "GOV"),
        ("Kabar dari Gedung Putih.", "id", "Gedung Putih", "USA", "GOV"),
        ("Pasukan Rusia mundur.", "id", "Pasukan Rusia", "RUS", "MIL"),
        ("Garda Revolusi menggelar latihan.", "id", "Garda Revolusi", "IRN", "MIL"),
        ("Latihan AS dan Korsel.", "id", "AS", "USA", "GOV"),
        ("The Iranian Foreign Minister left.", "en", "Iranian Foreign Minister", "IRN", "GOV"),
        ("The foreign minister of Pakistan left.", "en", "foreign minister of Pakistan", "PAK", "GOV"),
        ("Israeli forces withdrew.", "en", "Israeli forces", "ISR", "MIL"),
        ("Jaysh al-Adl claimed it.", "en", "Jaysh al-Adl", "jaish-al-adl", "REB"),
        ("OKI mengecam.", "id", "OKI", "OIC", "IGO"),
        ("МИД России заявил.", "ru", "МИД России", "RUS", "GOV"),
        ("中国外长访问。", "zh", "中国外长", "CHN", "GOV"),
        ("والتقى وزير خارجية إيران نظيره", "ar", "وزير خارجية إيران", "IRN", "GOV"),
    ],
)
def test_side_is_found_with_its_office(text: str, lang: str, surface: str, code: str, sector: str) -> None:
    spans = {span.name: span for span in find_sides(text, lang)}
    assert surface in spans
    assert (spans[surface].code, spans[surface].sector) == (code, sector)


@pytest.mark.parametrize(
    ("text", "lang"),
    [("They told us to wait.", "en"), ("GIVE US PEACE", "en"), ("a turkey dinner", "en"), ("Lima orang pergi.", "id")],
)
def test_plain_word_is_no_side(text: str, lang: str) -> None:
    assert find_sides(text, lang) == []


def test_opposed_and_qualifying_names_are_no_heads() -> None:
    assert [span.head for span in find_sides("Kelompok anti-Iran", "id")] == [False]
    assert [span.head for span in find_sides("An Iranian proposal", "en")] == [False]
    assert [span.head for span in find_sides("Iran answered", "en")] == [True]


def test_person_is_known_by_surname_after_introduction() -> None:
    text = "Menlu Iran Bahram Contoh Karimi berbicara. Karimi menolak tawaran itu."
    people = learn_people(text, "id", find_sides(text, "id"))
    found = find_people(text, people)
    assert people["Karimi"].code == "IRN"
    assert [span.name for span in found] == ["Bahram Contoh Karimi", "Karimi"]


def test_person_before_the_office_is_learnt() -> None:
    text = "Adam Sampleton, foreign minister of Pakistan, flew home. Sampleton was silent."
    assert learn_people(text, "en", find_sides(text, "en"))["Sampleton"].code == "PAK"


def test_folding_keeps_length_of_awkward_letters() -> None:
    text = "İstanbul ﬁn ẞ ŉ İİ"
    assert len(fold(text)) == len(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.sampled_from(["İran", "US's", "anti-", "Menlu "]).map(lambda x: x * 3),
       st.sampled_from([*LANGUAGES, "xx"]))  # fmt: skip
def test_offsets_fit_any_text(text: str, lang: str) -> None:
    end = 0
    for span in find_sides(text, lang):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.name
        end = span.end
