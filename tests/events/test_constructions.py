"""Constructions that languages share, each read alike: who made what, what is due, what a relative clause tells."""

from datetime import UTC, date, datetime

import pytest

from flows.events.sides import find_sides
from tests.events.coding import code, summaries

SATURDAY = datetime(2024, 1, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Sudan attacked Chad with Turkish-made drones."),
        ("id", "Sudan menyerang Chad dengan drone buatan Turki."),
        ("ms", "Sudan menyerang Chad dengan dron buatan Turki."),
        ("es", "Sudán atacó Chad con drones de fabricación turca."),
        ("fr", "Le Soudan a attaqué le Tchad avec des drones de fabrication turque."),
        ("ru", "Судан атаковал Чад дронами турецкого производства."),
        ("tr", "Sudan, Türk yapımı İHA'larla Çad'a saldırdı."),
        ("ur", "سوڈان نے ترک ساختہ ڈرونز سے چاڈ پر حملہ کیا۔"),
        ("hi", "सूडान ने तुर्की निर्मित ड्रोन से चाड पर हमला किया।"),
        ("zh", "苏丹用土耳其制造的无人机袭击乍得。"),
    ],
)
def test_who_made_a_weapon_did_nothing_with_it(lang: str, text: str) -> None:
    (event,) = code(text, lang).mentions
    assert event.actor is not None
    assert event.target is not None
    assert (event.type, event.actor.code, event.target.code) == ("ASSAULT", "SDN", "TCD")
    assert event.place_country_code != "TUR"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Chad and Sudan signed a joint statement on water."),
        ("id", "Chad dan Sudan menandatangani pernyataan bersama tentang air."),
        ("es", "Chad y Sudán firmaron una declaración conjunta sobre el agua."),
        ("fr", "Le Tchad et le Soudan ont signé une déclaration commune sur l'eau."),
        ("ru", "Чад и Судан подписали совместное заявление о воде."),
        ("ar", "وقعت تشاد والسودان بيانا مشتركا بشأن المياه."),
        ("hi", "चाड और सूडान ने पानी पर संयुक्त बयान पर हस्ताक्षर किए।"),
        ("zh", "乍得和苏丹签署了关于水资源的联合声明。"),
    ],
)
def test_a_joint_statement_is_an_agreement_and_no_treaty(lang: str, text: str) -> None:
    assert [(event.type, event.is_symmetric) for event in code(text, lang).mentions] == [("AGREE", True)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Chad and Sudan agreed on Friday to free the sailors by 26 January."),
        ("id", "Chad dan Sudan sepakat pada Jumat untuk membebaskan para pelaut paling lambat 26 Januari."),
        ("ru", "Чад и Судан в пятницу договорились освободить моряков к 26 января."),
        ("hi", "चाड और सूडान शुक्रवार को 26 जनवरी तक नाविकों को छोड़ने पर सहमत हुए।"),
        ("ur", "چاڈ اور سوڈان نے جمعہ کو 26 جنوری تک ملاحوں کو چھوڑنے پر اتفاق کیا۔"),
        ("zh", "乍得和苏丹周五同意在26日前释放水手。"),
    ],
)
def test_by_when_it_is_due_is_not_when_it_was_agreed(lang: str, text: str) -> None:
    told = code(text, lang, published=SATURDAY).mentions
    assert [(event.type, event.starts_on) for event in told] == [("AGREE", date(2024, 1, 19))]


def test_what_was_agreed_is_not_dated_to_a_day_to_come() -> None:
    text = "Chad y Sudán acordaron devolver a sus embajadores el 26 de enero."
    (event,) = code(text, "es", published=SATURDAY).mentions
    assert event.starts_on == SATURDAY.date()


def test_a_weekday_in_the_name_of_a_paper_is_no_time() -> None:
    (event,) = code("Chad struck Sudan.", title="Friday Briefing", published=SATURDAY).mentions
    assert event.date_precision == "publication"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The attack that Chad carried out on a Sudanese camp on Thursday left three dead."),
        ("es", "El ataque que Chad lanzó el jueves contra un campamento de Sudán dejó tres muertos."),
        ("fr", "L'attaque que le Tchad a menée jeudi contre un camp du Soudan a fait trois morts."),
        ("ru", "При ударе, который Чад в четверг нанес по лагерю в Судане, погибли трое."),
        ("fa", "حمله‌ای که چاد روز پنجشنبه به اردوگاهی در سودان انجام داد سه کشته داشت."),
        ("zh", "在乍得周四对苏丹的空袭中，三人丧生。"),
    ],
)
def test_a_deed_that_its_relative_clause_tells_has_its_sides(lang: str, text: str) -> None:
    (event,) = code(text, lang, published=SATURDAY).mentions
    assert event.actor is not None
    assert event.target is not None
    assert (event.type, event.actor.code, event.target.code, event.killed_min) == ("ASSAULT", "TCD", "SDN", 3)


def test_a_deed_that_somebody_only_speaks_of_is_not_his() -> None:
    assert ("ASSAULT", "TCD", "SDN", "occurred") not in summaries("The raid that Chad condemned on Sudan was brief.")


@pytest.mark.parametrize(
    ("lang", "text", "codes"),
    [
        ("en", "Sino-Indian talks", ["CHN", "IND"]),
        ("fr", "la frontière algéro-marocaine", ["DZA", "MAR"]),
        ("es", "la frontera colombo-venezolana", ["COL", "VEN"]),
        ("ru", "ирано-израильский конфликт", ["IRN", "ISR"]),
        ("en", "the two Koreas", ["PRK", "KOR"]),
        ("ar", "الكوريتان", ["PRK", "KOR"]),
        ("hi", "दोनों कोरिया", ["PRK", "KOR"]),
        ("id", "kedua Korea", ["PRK", "KOR"]),
    ],
)
def test_words_for_two_sides_name_both(lang: str, text: str, codes: list[str]) -> None:
    assert [span.code for span in find_sides(text, lang)] == codes


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Egypt condemned the attack on Sudan and called on Chad to hold back."),
        ("es", "Egipto condenó el ataque contra Sudán y pidió a Chad contención."),
        ("fr", "L'Égypte a condamné l'attaque contre le Soudan et appelé le Tchad à la retenue."),
    ],
)
def test_words_on_an_attack_are_aimed_at_who_else_is_named(lang: str, text: str) -> None:
    told = summaries(text, lang)
    assert ("ACCUSE", "EGY", "TCD", "occurred") in told
    assert ("ACCUSE", "EGY", "SDN", "occurred") not in told


def test_an_attack_on_its_people_that_a_state_condemns_was_on_that_state() -> None:
    told = summaries("Sudan condemned Chad's attack on its fishermen and promised to respond.")
    assert ("ASSAULT", "SDN", "TCD", "occurred") not in told
    assert ("THREATEN", "SDN", "TCD", "occurred") in told
    assert not {side for kind, _, side, _ in told if kind == "ASSAULT"} - {"SDN"}


def test_whose_police_it_was_is_not_taken_from_the_sentence_before() -> None:
    told = code("A Chadian couple was found dead in Khartoum. Police arrested a burglar.").mentions
    assert not [event for event in told if event.type == "COERCE" and event.actor and event.actor.code == "TCD"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Los rebeldes del M23 se retiraron de la localidad."),
        ("fr", "Les rebelles du M23 se sont retirés d'un village."),
        ("ru", "Повстанцы М23 отошли из города."),
    ],
)
def test_a_group_that_withdraws_yields_to_the_state_it_fights(lang: str, text: str) -> None:
    assert ("RETREAT", "m23", "COD", "occurred") in summaries(text, lang)


def test_a_league_of_states_makes_no_sport() -> None:
    assert ("REQUEST", "ARL", "ISR", "occurred") in summaries("The Arab League called on Israel to open the crossings.")


def test_they_of_a_charge_are_the_accused() -> None:
    told = summaries("Чад обвинил суданских военных в том, что они застрелили пастуха.", "ru")
    assert ("ASSAULT", "SDN", "TCD", "alleged") in told
