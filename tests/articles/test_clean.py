from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.articles.clean import BOILERPLATE, clean_lines, fold, is_boilerplate, is_read_also

TABLES = tomllib.loads(BOILERPLATE.read_text(encoding="utf-8"))


def test_twelve_languages_and_more_have_all_three_lists() -> None:
    assert len(TABLES) >= 12
    assert all(table[name] for table in TABLES.values() for name in ("read_also", "exact", "starts"))


@pytest.mark.parametrize("language", sorted(TABLES))
def test_every_phrase_removes_its_line(language: str) -> None:
    table = TABLES[language]
    assert all(is_boilerplate(f"{cue}: Armada menggempur pelabuhan") for cue in table["read_also"])
    assert all(is_boilerplate(f"{line.upper()} *") or is_boilerplate(line) for line in table["exact"])
    assert all(is_boilerplate(f"{start} …") for start in table["starts"])


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga pernyataan itu sebagai isyarat damai, kata seorang pengamat.",
        "Read the statement: it says nothing of a ceasefire, which both sides had promised to announce before the end "
        "of the week, and it leaves open who will guard the two crossings while the talks go on in the third country.",
        "Shareholders approved the sale.",
        "Related claims could not be confirmed.",
        "Watch towers were built along the river.",
        "Komentar menteri itu disambut baik.",
        "Tags were found on the missiles.",
        "Mehr zum Thema sagte der Minister nicht.",
        "Подробнее министр говорить не стал.",
    ],
)
def test_sentences_that_begin_alike_stay(line: str) -> None:
    assert not is_boilerplate(line)


def test_a_link_after_a_cue_proves_it() -> None:
    assert is_read_also("Read Fleet bombards harbour", is_linked=True)
    assert not is_read_also("Read Fleet bombards harbour")


def test_a_repeated_title_goes_only_from_the_top() -> None:
    lines = ["Judul Berita", "Kalimat satu.", "Kalimat dua.", "Kalimat tiga.", "Judul Berita"]
    assert clean_lines(lines, ("JUDUL BERITA",)) == lines[1:]


@given(st.lists(st.text(max_size=80), max_size=6))
def test_cleaning_twice_equals_cleaning_once(lines: list[str]) -> None:
    once = clean_lines(lines)
    assert clean_lines(once) == once


@given(st.text(max_size=80))
def test_folding_twice_equals_folding_once_for_comparison(text: str) -> None:
    assert fold(text).strip() == fold(text)
