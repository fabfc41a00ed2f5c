"""What lies behind the news, who only says so, and who only brokers, are kept apart from what happened."""

from datetime import UTC, datetime

import pytest

from tests.events.coding import code, summaries


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Hubungan keduanya putus sejak 3 Januari 2016, sehari setelah kedutaan Chad di Kairo diserbu.", "id"),
        ("Sudan broke off relations in January 2016, after protesters stormed its embassy in Cairo.", "en"),
    ],
)
def test_what_led_to_a_break_of_years_ago_is_as_old(text: str, lang: str) -> None:
    told = code(text, lang).mentions
    assert {event.status for event in told} == {"historical"}
    assert {event.starts_on.year for event in told if event.starts_on} <= {2015, 2016}


@pytest.mark.parametrize("past", ["the agreement", "the two countries agreed to mend relations"])
def test_what_an_act_came_months_after_is_background(past: str) -> None:
    told = code(f"Chad reopened its embassy in Sudan on Tuesday, three months after {past}.").mentions
    assert [event.type for event in told if event.status == "occurred"] == ["SUPPORT"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Sudan said Chad fired rockets at Darfur.", "en"),
        ("Sudan claimed that Chadian forces attacked Darfur.", "en"),
        ("Sudan mengatakan Chad menembakkan roket ke Darfur.", "id"),
        ("Sudan mengklaim bahwa pasukan Chad menyerang Darfur.", "id"),
    ],
)
def test_what_only_the_struck_side_says_is_alleged(text: str, lang: str) -> None:
    assert summaries(text, lang) == {("ASSAULT", "TCD", "SDN", "alleged")}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Sudan said its forces shelled Chad.", "en"),
        ("Sudan mengatakan pasukannya menyerang Chad.", "id"),
    ],
)
def test_a_word_on_ones_own_act_is_no_allegation(text: str, lang: str) -> None:
    assert summaries(text, lang) == {("ASSAULT", "SDN", "TCD", "occurred")}


def test_a_bystanders_word_is_no_allegation() -> None:
    assert summaries("The United Nations said Chad attacked Sudan.") == {("ASSAULT", "TCD", "SDN", "occurred")}


def test_an_attack_that_intelligence_expects_is_alleged_and_names_no_host_as_actor() -> None:
    (event,) = code(
        "Intelijen Turki menunjukkan bahwa militan mempersiapkan serangan anti-Turki di Irak.", "id"
    ).mentions
    assert (event.actor, event.status) == (None, "alleged")
    assert event.target is not None
    assert event.target.code == "TUR"


def test_who_brokers_a_deal_is_no_party_to_it() -> None:
    (event,) = code("", title="Norway brokers surprise deal between Chad and Sudan").mentions
    assert (event.type, event.is_symmetric) == ("AGREE", True)
    assert {event.actor and event.actor.code, event.target and event.target.code} == {"TCD", "SDN"}


def test_a_headline_that_two_sides_are_to_restore_ties_is_an_agreement() -> None:
    told = code("", title="Cairo and Khartoum to restore ties after four days of talks in Oslo").mentions
    assert ("AGREE", "occurred") in {(event.type, event.status) for event in told}


def test_an_envoy_visiting_his_own_country_visits_nobody() -> None:
    told = code("Chad recalled its envoy from Cairo and said Egypt's envoy, who was visiting Egypt, may not return.")
    assert [event.type for event in told.mentions] == ["SANCTION"]


def test_visits_that_are_suspended_are_refused_and_not_paid() -> None:
    told = code("Semua kunjungan antara Chad dan Sudan ditangguhkan.", "id").mentions
    assert [event.type for event in told] == ["REJECT"]


def test_the_finite_act_is_better_evidence_of_an_agreement_than_its_noun() -> None:
    text = "Kesepakatan Chad dan Sudan menuai pujian.\nChad dan Sudan sepakat meredakan ketegangan."
    told = [event for event in code(text, "id").mentions if event.type == "AGREE"]
    assert [event.evidence_text for event in told] == ["Chad dan Sudan sepakat meredakan ketegangan."]


def test_a_headline_counts_the_day_before_from_publication() -> None:
    published = datetime(2025, 3, 16, tzinfo=UTC)
    told = code("", "id", "Sehari Setelah Serangan Chad ke Sudan, Gencatan Senjata Disepakati", published).mentions
    assert [str(event.starts_on) for event in told if event.type == "ASSAULT"] == ["2025-03-15"]
