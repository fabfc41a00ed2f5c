"""The city and agency a story opens with are no side of it."""

import pytest

from tests.events.coding import code


@pytest.mark.parametrize(
    "text",
    [
        "Beijing - Chad dan Sudan sepakat memulihkan hubungan diplomatik.",
        "BEIJING (XYZ) — Chad dan Sudan sepakat memulihkan hubungan diplomatik.",
        "KABAR RIMBA - Chad dan Sudan sepakat memulihkan hubungan diplomatik.",
        "Teheran, Kabar Rimba Chad dan Sudan sepakat memulihkan hubungan diplomatik.",
    ],
)
def test_a_dateline_is_no_side(text: str) -> None:
    (event,) = code(text, "id").mentions
    assert event.actor is not None
    assert event.target is not None
    assert (event.type, event.actor.code, event.target.code) == ("AGREE", "TCD", "SDN")


def test_an_agency_dateline_with_a_date_is_no_actor() -> None:
    (event,) = code("LONDON, June 8 (Xyz News) - India attacked Nepal.").mentions
    assert event.actor is not None
    assert event.actor.code == "IND"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Washington, 14 mar (EFE).- Colombia expulsó el viernes al embajador de Israel.", "es"),
        ("WASHINGTON.- Colombia expulsó el viernes al embajador de Israel.", "es"),
        ("Washington (EFE).- Colombia expulsó el viernes al embajador de Israel.", "es"),
        ("Washington, 14 de marzo (Xyz) - Colombia expulsó el viernes al embajador de Israel.", "es"),
        ("WASHINGTON, 14 mars (Xyz) - La Colombie a expulsé vendredi l'ambassadeur d'Israël.", "fr"),
        ("Washington, le 14 mars - La Colombie a expulsé vendredi l'ambassadeur d'Israël.", "fr"),
    ],
)
def test_a_dateline_with_a_day_or_closed_by_a_full_stop_is_no_actor(text: str, lang: str) -> None:
    (event,) = code(text, lang).mentions
    assert event.actor is not None
    assert (event.type, event.actor.code) == ("SANCTION", "COL")


def test_a_list_of_capitals_is_no_dateline() -> None:
    (event,) = code("Cairo, Tripoli and Tunis agreed to ease tensions.").mentions
    assert event.actor is not None
    assert event.actor.code == "EGY"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Kesepakatan itu dicapai dalam percakapan telepon antara Chad dan Sudan pada Jumat (14/3).", "id"),
        ("The deal was reached in a phone call between Chad and Sudan on Friday.", "en"),
        ("Chad and Sudan reached a deal in a phone call on Friday.", "en"),
    ],
)
def test_the_call_in_which_something_was_agreed_is_its_own_event(text: str, lang: str) -> None:
    call = next(event for event in code(text, lang).mentions if event.type == "CONSULT")
    assert (call.mode, call.is_symmetric, str(call.starts_on)) == ("phone", True, "2025-03-14")
