"""What only sets the scene of a deed tells none of its own: a forum, a mediation, a captivity, a commemoration."""

from datetime import date

import pytest

from tests.events.coding import code, summaries

BEFORE_A_FORUM = {
    "en": "Chad accused Sudan before the UN Security Council of arming rebels.",
    "fr": "L'ambassadeur du Tchad a accusé devant le Conseil de sécurité le Soudan d'armer des rebelles.",
    "ar": "اتهم مندوب تشاد لدى مجلس الأمن السودان بتسليح متمردين.",
}


@pytest.mark.parametrize("language", sorted(BEFORE_A_FORUM))
def test_a_forum_is_not_whom_the_charge_is_against(language: str) -> None:
    found = {one[:3] for one in summaries(BEFORE_A_FORUM[language], language) if one[0] == "ACCUSE"}
    assert found == {("ACCUSE", "TCD", "SDN")}


def test_mediation_and_captivity_are_the_setting_of_a_release() -> None:
    text = "Deux Canadiens qui étaient détenus au Mali ont été libérés par le Mali grâce à une médiation du Qatar."
    assert {one[0] for one in summaries(text, "fr")} == {"RETREAT"}


def test_who_mediates_by_offer_makes_one_offer() -> None:
    found = summaries("Oman siap menjadi penengah antara Chad dan Sudan, kata menteri luar negerinya.", "id")
    assert {one[:2] for one in found} == {("AGREE", "OMN")}


def test_a_deed_that_a_threat_answers_is_none_of_its_own() -> None:
    found = summaries(
        "Chad will respond forcefully if Sudan attacks its bases, Foreign Minister Koulamallah said on Friday."
    )
    assert {one[:3] for one in found} == {("THREATEN", "TCD", "SDN")}


def test_a_commemoration_is_history() -> None:
    text = (
        "Veterans laid wreaths in northern Italy on Friday to commemorate the battle of 1944, "
        "in which Allied forces attacked German positions."
    )
    assert not code(text, title="Veterans mark 80 years since Italian battle").is_relevant


def test_a_call_that_opens_a_sentence_is_of_whoever_speaks_behind_it() -> None:
    text = (
        "Menlu Mesir tiba di Roma. Selama panggilan telepon dengan Menlu Chad pada hari Jumat (14/3), "
        "Menlu Sudan mengatakan negaranya mementingkan hubungan baik."
    )
    calls = [event for event in code(text, "id").mentions if event.type == "CONSULT"]
    assert [event.actor.code for event in calls if event.actor and event.mode == "phone"] == ["SDN"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Chad threatened on Monday, March 3, to shoot down Sudanese drones."),
        ("es", "Chad amenazó el lunes 3 de marzo con derribar drones sudaneses."),
        ("tr", "Çad, 3 Mart Pazartesi günü Sudan İHA'larını düşürmekle tehdit etti."),
    ],
)
def test_a_weekday_and_the_date_beside_it_are_one_day(language: str, text: str) -> None:
    threats = [event for event in code(text, language).mentions if event.type == "THREATEN"]
    assert [event.starts_on for event in threats] == [date(2025, 3, 3)]


def test_a_ministry_of_health_counts_victims_and_accuses_nobody() -> None:
    text = "Sudan's health ministry said air strikes by Chad killed 12 people in El Fasher on Friday."
    assert {one[3] for one in summaries(text) if one[0] == "ASSAULT"} == {"occurred"}
