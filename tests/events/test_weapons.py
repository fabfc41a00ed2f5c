"""An adjective of nationality beside a weapon says who struck, where nothing else does."""

import pytest

from tests.events.coding import summaries

STRUCK = {
    "en": "A warehouse in Lviv was hit by a Belarusian missile on Friday.",
    "tr": "Ukrayna'nın Lviv kentindeki bir depo cuma günü Belarus füzesiyle vuruldu.",
    "es": "Un almacén de Leópolis, en Ucrania, fue alcanzado el viernes por un misil bielorruso.",
    "fr": "Un entrepôt de Lviv, en Ukraine, a été touché vendredi par un missile biélorusse.",
}


@pytest.mark.parametrize("language", sorted(STRUCK))
def test_whose_weapon_it_was_struck(language: str) -> None:
    found = summaries(STRUCK[language], language)
    assert ("ASSAULT", "BLR", "UKR", "occurred") in found


def test_who_is_named_as_the_doer_keeps_the_deed() -> None:
    found = summaries("Chad bombed a depot in Sudan with Russian bombs on Friday.")
    assert {one[1] for one in found if one[0] == "ASSAULT"} == {"TCD"}
