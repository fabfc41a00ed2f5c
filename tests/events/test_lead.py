"""When and where: what a headline leaves out stands in the sentence below it, and a denial has a day of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.events.code import CodedEvent, Item, code_item

THURSDAY = datetime(2024, 5, 16, tzinfo=UTC)


def _code(lang: str, text: str, title: str = "") -> list[CodedEvent]:
    return code_item(Item(id="1", text=text, title=title, lang=lang, published=THURSDAY)).mentions


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Chad's army denied on Wednesday that it had bombed a camp in Sudan where nine people died on Monday."),
        (
            "fr",
            "L'armée du Tchad a démenti mercredi avoir bombardé un camp au Soudan, où neuf civils sont morts lundi.",
        ),
        (
            "es",
            "Chad negó el miércoles haber bombardeado un campo en Sudán donde murieron nueve civiles el lunes.",
        ),
    ],
)
def test_a_denied_attack_is_of_the_day_told_of_it(lang: str, text: str) -> None:
    (event,) = [one for one in _code(lang, text) if one.type == "ASSAULT"]
    assert (event.status, event.starts_on) == ("denied", date(2024, 5, 13))


def test_a_headline_takes_day_and_country_from_the_first_sentence() -> None:
    (event,) = _code(
        "en", "Delegates spent Tuesday in Oslo over a map of the frontier.", "Chad and Sudan agree on border crossings"
    )
    assert (event.type, event.starts_on, event.place_country_code) == ("AGREE", date(2024, 5, 14), "NOR")
    assert event.trace["date"] == "day told in the first sentences"


def test_a_headline_takes_no_day_of_long_ago() -> None:
    (event,) = _code(
        "en", "The frontier has been disputed since 3 March 1987.", "Chad and Sudan agree on border crossings"
    )
    assert event.date_precision == "publication"


def test_a_nation_before_an_unknown_place_says_where() -> None:
    (event,) = _code("en", "Chadian and Libyan troops exchanged fire in the Sudanese district of Qoz Beina on Sunday.")
    assert (event.type, event.place_country_code) == ("ASSAULT", "SDN")


def test_a_visit_is_where_the_host_is() -> None:
    (event,) = _code(
        "fr", "Le président du Tchad se rendra samedi à N'Zérékoréville pour rencontrer le président de la Guinée."
    )
    assert (event.type, event.place_country_code) == ("CONSULT", "GIN")


def test_a_headline_that_rounds_a_toll_is_one_report_with_the_toll_below_it() -> None:
    (event,) = _code(
        "fr",
        "Un missile russe a tué cent quatre personnes à Kharkiv.",
        "Plus de cent morts dans une frappe russe à Kharkiv",
    )
    assert event.killed_min == 104


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        (
            "en",
            "Chad bombs 'rebel dens' inside Sudan",
            "The reply comes two days after Sudan launched strikes in Chad.",
        ),
        ("en", "Chad bombs 'rebel dens' inside Sudan", "A video showed a burnt house after Monday's attack by Sudan."),
        ("id", "Chad serang sarang di Sudan", "Serangan itu terjadi dua hari setelah Sudan membom kota di Chad."),
        ("es", "Chad lanza ataques en Sudán", "La respuesta llega dos días después de que Sudán bombardeara Chad."),
        (
            "fr",
            "Le Tchad bombarde le Soudan",
            "La riposte intervient deux jours après des frappes soudanaises au Tchad.",
        ),
        ("ru", "Чад нанес удары по Судану", "Ответ последовал через два дня после того, как Судан нанес удар по Чаду."),
        ("ar", "تشاد تقصف السودان", "ويأتي الرد بعد يومين من قصف السودان تشاد."),
        ("tr", "Çad Sudan'ı vurdu", "Misilleme, Sudan'ın Çad'a hava saldırısı düzenlemesinden iki gün sonra geldi."),
        ("fa", "چاد سودان را بمباران کرد", "این پاسخ دو روز پس از حمله هوایی سودان به چاد انجام شد."),
    ],
)
def test_an_answer_is_not_of_the_day_of_what_it_answers(lang: str, title: str, text: str) -> None:
    answer = next(one for one in _code(lang, text, title) if one.actor is not None and one.actor.code == "TCD")
    assert answer.starts_on == THURSDAY.date()
