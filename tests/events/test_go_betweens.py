"""Captives who pass through the hands of the Red Cross: it frees and holds nobody; elsewhere it acts itself."""

import pytest

from tests.events.coding import summaries


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Hamas released ten Nepali hostages to the Red Cross.", "en"),
        ("Ten Nepali hostages were released to the Red Cross by Hamas.", "en"),
        ("Hamas membebaskan sepuluh sandera Nepal kepada Palang Merah.", "id"),
        ("Hamas on Nepalli rehineyi Kızılhaç'a teslim etti.", "tr"),
        ("ХАМАС передал Красному Кресту десять непальских заложников.", "ru"),
        ("سلمت حماس عشرة رهائن نيباليين إلى الصليب الأحمر", "ar"),
        ("哈马斯向红十字会移交十名尼泊尔人质。", "zh"),
    ],
)
def test_captives_are_freed_by_who_held_them_for_their_own_state(text: str, lang: str) -> None:
    assert summaries(text, lang) == {("RETREAT", "hamas", "NPL", "occurred")}


def test_captives_of_no_named_state_are_freed_for_the_other_side_in_play() -> None:
    text = "Israel and Hamas agreed a truce. Hamas handed over ten hostages to the Red Cross on Monday."
    assert ("RETREAT", "hamas", "ISR", "occurred") in summaries(text)


def test_captives_told_with_nobody_else_are_no_event_between_two_sides() -> None:
    assert summaries("Hamas handed over ten hostages to the Red Cross.") == set()


def test_the_red_cross_asks_for_a_release_in_its_own_name() -> None:
    assert summaries("The Red Cross urged Hamas to release the hostages.") == {("REQUEST", "RCR", "hamas", "occurred")}
