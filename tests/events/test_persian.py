"""Persian: forms of compound verbs, chains of nouns, and what the order of its clauses says of who did what."""

from datetime import UTC, date, datetime

import pytest

from flows.events.casualties import find_casualties
from flows.events.folding import fold
from flows.events.inflection import Voice
from flows.events.inflection.persian import inflect_persian
from flows.events.lexicon import load_lexicon
from flows.events.times import find_times
from tests.events.coding import code, summaries


def test_compound_verbs_keep_their_voice() -> None:
    forms = dict(inflect_persian("محکوم کردن", (), ()))
    assert forms["محکوم کرد"] is forms["محکوم می‌کند"] is forms["محکوم نکرد"] is Voice.ACTIVE
    assert forms["محکوم شد"] is forms["محکوم شده است"] is Voice.PASSIVE
    assert "محکوم شده" not in forms  # an adjective


def test_the_passive_of_qarar_dadan_takes_gereftan() -> None:
    forms = dict(inflect_persian("هدف قرار دادن", (), ()))
    assert forms["هدف قرار داد"] is Voice.ACTIVE
    assert forms["هدف قرار گرفت"] is Voice.PASSIVE


def test_preverbs_are_joined_or_apart() -> None:
    forms = dict(inflect_persian("فرا خواندن", (), ()))
    assert forms["فراخواند"] is forms["فرا خواند"] is Voice.ACTIVE


def test_nouns_are_found_in_every_spelling_of_the_press() -> None:
    forms = {fold(form) for form, _ in inflect_persian("گفت‌وگو کردن", (), ("گفت‌وگو",))}
    assert {fold(word) for word in ("گفت‌وگوی", "گفت و گو", "گفتگو", "گفت‌و‌گوها")} <= forms


@pytest.mark.parametrize(("form", "kind"), [("حمله خواهد کرد", "future"), ("حمله نکرد", "negative")])
def test_future_and_negation_are_told_by_the_form(form: str, kind: str) -> None:
    assert load_lexicon("fa").forms[kind].fullmatch(fold(form))
    assert not load_lexicon("fa").forms[kind].fullmatch(fold("حمله کرد"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The first bare phrase is the subject, also of two.
        ("موشک‌های ایران مواضع داعش در سوریه را هدف قرار داد.", ("ASSAULT", "IRN", "islamic-state", "occurred")),
        # The sign of the object stands right behind it: here behind the reserves, not behind Armenia.
        ("ارمنستان نیروهای ذخیره را در مرز آذربایجان بسیج کرد.", ("MOBILIZE", "ARM", "AZE", "occurred")),
        # Whose deed is condemned; and the deed itself.
        ("اندونزی حمله اسرائیل به رفح را محکوم کرد.", ("ACCUSE", "IDN", "ISR", "occurred")),
        ("اندونزی حمله اسرائیل به رفح را محکوم کرد.", ("ASSAULT", "ISR", "PSE", "occurred")),
        ("محکومیت حمله اسرائیل به رفح از سوی اندونزی", ("ACCUSE", "IDN", "ISR", "occurred")),
        # What governs a noun does not govern its owner.
        ("مصر از حملات روسیه به اوکراین ابراز نگرانی کرد.", ("ASSAULT", "RUS", "UKR", "occurred")),
        # A noun of arrest or expulsion has its sufferer behind it; where it was done tells who did it.
        ("اخراج دو دیپلمات روسیه از لهستان", ("SANCTION", "POL", "RUS", "occurred")),
        ("بازداشت ۱۴ ماهیگیر هندی توسط سریلانکا", ("COERCE", "LKA", "IND", "occurred")),
        # The attack in which someone was killed is the killing.
        ("فرمانده حزب‌الله در حمله هوایی اسرائیل به بیروت کشته شد.", ("ASSAULT", "ISR", "hezbollah", "occurred")),
        ("کشتی یونانی که حوثی‌ها به آن حمله کردند از بریتانیا آمده بود.", ("ASSAULT", "houthi", "GRC", "occurred")),
        ("روسیه اوکراین را به گلوله‌باران بلگورود متهم کرد.", ("ASSAULT", "UKR", "RUS", "alleged")),
        ("ترکیه حمله به عراق را تکذیب کرد.", ("ASSAULT", "TUR", "IRQ", "denied")),
        ("پاکستان به ایران حمله نکرد.", ("ASSAULT", "PAK", "IRN", "denied")),
        ("سفر رئیس‌جمهور ایران به ترکیه به تعویق افتاد.", ("REJECT", "IRN", "TUR", "occurred")),
    ],
)
def test_a_sentence_is_read(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in summaries(text, "fa")


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("مصر از اسرائیل خواست حمله به رفح را متوقف کند.", "RETREAT"),  # content of the request, "that" left out
        ("لغو سفر وزیر خارجه آلمان به چین", "CONSULT"),  # content of the noun before it
        ("اسرائیل حملات خود به لبنان را متوقف کرد.", "ASSAULT"),  # what was halted is no new deed
    ],
)
def test_what_another_act_contains_is_no_act_of_its_own(text: str, unwanted: str) -> None:
    assert unwanted not in {event.type for event in code(text, "fa").mentions}


def test_two_attacks_named_in_one_clause_have_their_own_day_and_toll() -> None:
    text = "حمله سه‌شنبه ایران به پاکستان دو کشته و حمله پنجشنبه پاکستان به ایران نه کشته بر جای گذاشت."
    mentions = code(text, "fa", published=datetime(2024, 1, 20, tzinfo=UTC)).mentions
    first, second = sorted(mentions, key=lambda event: str(event.starts_on))
    assert (first.starts_on, first.killed_min) == (date(2024, 1, 16), 2)
    assert (second.starts_on, second.killed_min) == (date(2024, 1, 18), 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دوم بهمن", date(2024, 1, 22)),
        ("بیست و هفتم دی", date(2024, 1, 17)),
        ("هجدهم ژانویه", date(2024, 1, 18)),
        ("در سال ۱۴۰۱", date(2022, 3, 21)),
        ("شنبه گذشته", date(2024, 1, 13)),
    ],
)
def test_days_in_words_and_solar_years_are_dated(text: str, expected: date) -> None:
    spans = find_times(text, "fa", datetime(2024, 1, 20, tzinfo=UTC))
    assert [span.starts_on for span in spans] == [expected]


def test_the_persian_thousands_sign_parts_no_number() -> None:
    assert [span.minimum for span in find_casualties("۱٬۲۰۰ نفر کشته شدند", "fa")] == [1200]
