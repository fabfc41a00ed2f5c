"""What is said inside quotation marks is done by whoever says it, in every language alike."""

import pytest

from tests.events.coding import summaries

QUOTES = [
    ("en", '"We condemn this attack on our embassy," Kenya\'s foreign minister said of Sudan.', "ACCUSE", "KEN", "SDN"),
    ("en", '"We demand an apology," Peru\'s president told Chile on Friday.', "REQUEST", "PER", "CHL"),
    ("id", '"Kami mengecam tindakan itu," kata Menlu Kenya kepada Sudan.', "ACCUSE", "KEN", "SDN"),
    ("es", "«Condenamos este acto», dijo el canciller de Perú sobre Chile.", "ACCUSE", "PER", "CHL"),
    ("zh", "“我们强烈谴责这一行径”，肯尼亚外交部发言人对苏丹表示。", "ACCUSE", "KEN", "SDN"),
]


@pytest.mark.parametrize(
    ("lang", "text", "type_name", "actor", "target"), QUOTES, ids=[f"{q[0]}-{q[2]}" for q in QUOTES]
)
def test_the_speaker_acts(lang: str, text: str, type_name: str, actor: str, target: str) -> None:
    assert (type_name, actor, target, "occurred") in summaries(text, lang)


def test_a_deed_told_in_a_quote_keeps_its_doer() -> None:
    told = summaries('"Sudan bombed our border post," Chad\'s army chief said.')
    assert not any(type_name == "ASSAULT" and actor == "TCD" for type_name, actor, _, _ in told)


def test_a_quote_that_names_who_acts_is_left_as_it_is() -> None:
    told = summaries('"Chad condemned Sudan," Kenya\'s foreign minister said.')
    assert ("ACCUSE", "TCD", "SDN", "occurred") in told
