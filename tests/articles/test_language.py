from __future__ import annotations

import pytest

from flows.articles.language import INDONESIAN_WORDS, MALAY_WORDS, detect_language
from tests.articles import pages


@pytest.mark.parametrize(
    ("title", "lead", "code"),
    [
        (pages.INDONESIAN_TITLE, pages.INDONESIAN[0], "id"),
        (pages.ENGLISH_TITLE, pages.ENGLISH[0], "en"),
        (pages.ARABIC_TITLE, pages.ARABIC[0], "ar"),
        (pages.PERSIAN_TITLE, pages.PERSIAN[0], "fa"),
        ("Menteri luar berkata beliau akan bertemu rakan sejawat", "Mesyuarat itu ditangguhkan kerana hujan.", "ms"),
        ("Министры договорились о встрече в столице", "", "ru"),
        ("两国外长同意恢复谈判", "会谈将于下周举行。", "zh"),
        ("دونوں ممالک کے وزرائے خارجہ نے مذاکرات پر اتفاق کیا", "", "ur"),
    ],
)
def test_languages_are_told_apart(title: str, lead: str, code: str) -> None:
    assert detect_language(title, lead) == code


def test_a_hint_decides_between_indonesian_and_malay() -> None:
    headline = "Dua negara sahabat di kawasan utara"
    assert {detect_language(headline, "", hint) for hint in ("id-ID", "in")} == {"id"}
    assert detect_language(headline, "", "ms") == "ms"


def test_a_wrong_hint_does_not_overrule_clear_text() -> None:
    assert detect_language(pages.INDONESIAN_TITLE, pages.INDONESIAN[0], "en_US") == "id"


def test_too_little_text_takes_the_hint_or_nothing() -> None:
    assert detect_language("G20", "", "id") == "id"
    assert detect_language("G20", "") is None


def test_no_word_speaks_for_both_languages() -> None:
    assert not INDONESIAN_WORDS & MALAY_WORDS
