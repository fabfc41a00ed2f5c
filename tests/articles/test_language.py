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


@pytest.mark.parametrize(
    ("headline", "code"),
    [
        ("Bangkok recalls envoy from Phnom Penh", "en"),
        ("Manila and Hanoi sign a pact on fishing", "en"),
        ("Lima y Quito reabren la frontera de Tumbes", "es"),
        ("Mga mangingisda, itinaboy sa Bajo de Masinloc", "tl"),
        ("Việt Nam phản đối hành động ở Biển Đông", "vi"),
        ("Russland weist den Botschafter der Schweiz aus", "de"),
        ("Portugal não reconhece o governo de Minsk", "pt"),
        ("خرطوم سفیر خود را از نجامنا فراخواند", "fa"),
        ("خرطوم نے اپنا سفیر واپس بلا لیا", "ur"),
        ("استدعت الخرطوم سفيرها في نجامينا", "ar"),
        ("日本抗议", "zh"),
    ],
)
def test_headlines_full_of_foreign_names_are_told_by_their_signs(headline: str, code: str) -> None:
    assert detect_language(headline, "") == code


def test_a_name_in_foreign_letters_does_not_change_the_language() -> None:
    persian = "وزیر خارجه پاکستان در تهران گفت که روزنامه جنگ (روزنامہ جنگ) این خبر را پیش از دیگران منتشر کرده است"
    assert detect_language(persian, "") == "fa"


def test_too_little_text_takes_the_hint_or_nothing() -> None:
    assert detect_language("G20", "", "id") == "id"
    assert detect_language("G20", "") is None


def test_no_word_speaks_for_both_languages() -> None:
    assert not INDONESIAN_WORDS & MALAY_WORDS
