"""Who backs a fighting group did not do what the group does, and backing it is no event of the day."""

from __future__ import annotations

import pytest

from tests.events.coding import summaries

BACKED = {
    "en": ("The Iranian-backed Houthis attacked a Saudi port.", "Houthis, backed by Iran, attacked a Saudi port."),
    "id": ("Houthi dukungan Iran menyerang Arab Saudi.", "Kelompok Houthi yang didukung Iran menyerang Arab Saudi."),
    "ms": ("Houthi yang disokong Iran menyerang Arab Saudi.", "Houthi sokongan Iran menyerang Arab Saudi."),
    "es": ("Los hutíes, respaldados por Irán, atacaron Arabia Saudí.", "Hutíes apoyados por Irán atacan Arabia Saudí."),
    "fr": ("Les Houthis soutenus par l'Iran ont attaqué l'Arabie saoudite.",),
    "ru": ("Поддерживаемые Ираном хуситы атаковали Саудовскую Аравию.",),
    "tr": ("İran destekli Husiler Suudi limanını vurdu.", "İran'ın desteklediği Husiler Suudi Arabistan'a saldırdı."),
    "ar": ("هاجم الحوثيون المدعومون من إيران السعودية.", "جماعة الحوثي الموالية لإيران تهاجم السعودية."),
    "fa": ("حوثی‌های مورد حمایت ایران به عربستان سعودی حمله کردند.",),
    "ur": ("ایران کے حمایت یافتہ حوثیوں نے سعودی عرب پر حملہ کیا۔",),
    "hi": ("ईरान समर्थित हूतियों ने सऊदी अरब पर हमला किया।",),
    "zh": ("伊朗支持的胡塞武装袭击沙特。",),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in BACKED.items() for text in texts])
def test_the_group_acts_and_not_who_backs_it(lang: str, text: str) -> None:
    assert summaries(text, lang) == {("ASSAULT", "houthi", "SAU", "occurred")}


def test_who_backs_fighters_without_a_name_is_not_taken_for_them() -> None:
    assert summaries("Iran-backed militia attacks US base in Iraq") == {("ASSAULT", None, "USA", "occurred")}
    assert summaries("Russian-backed separatists shelled a Ukrainian town.") == {("ASSAULT", None, "UKR", "occurred")}


def test_a_side_that_is_struck_with_its_backer_named_is_the_one_struck() -> None:
    assert summaries("Israel struck Iran-backed Houthis in Yemen.") == {("ASSAULT", "ISR", "houthi", "occurred")}


def test_backing_told_by_itself_is_an_event() -> None:
    told = summaries("Sudan accused Chad of backing the rebels.")
    assert ("ACCUSE", "SDN", "TCD", "occurred") in told
