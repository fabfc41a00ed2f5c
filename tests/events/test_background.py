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


# Chad's minister visits Sudan; the attack is told only for how long ago it was, and loosely.
RETOLD = {
    "en": "Chad's minister visited Khartoum, less than two weeks after Chadian forces shelled a Sudanese post.",
    "id": "Menlu Chad berkunjung ke Khartoum, kurang dari dua pekan setelah pasukan Chad menyerang pos Sudan.",
    "ms": "Menteri Luar Chad melawat Khartoum pada Isnin, kurang dua minggu selepas tentera Chad menyerang pos Sudan.",
    "ar": "زار وزير الخارجية التشادي الخرطوم الاثنين، بعد أقل من أسبوعين على هجوم شنته تشاد على السودان.",
    "fa": "این سفر کمتر از دو هفته پس از آن انجام شد که سودان و چاد به خاک یکدیگر حمله کرده بودند.",
    "ur": "چاڈ کے وزیر خارجہ نے پیر کو خرطوم کا دورہ کیا، دو ہفتے سے بھی کم عرصہ قبل چاڈ نے سوڈان پر حملہ کیا تھا۔",
    "tr": "Çad Dışişleri Bakanı, Çad'ın Sudan'a saldırmasından iki haftadan kısa süre sonra Hartum'u ziyaret etti.",
    "es": "El canciller de Chad fue a Jartum, menos de dos semanas después de que su ejército bombardeara Sudán.",
    "fr": "Un ministre est allé à Khartoum, moins de deux semaines après que l'armée tchadienne a bombardé le Soudan.",
    "ru": "Глава МИД Чада посетил Хартум, менее чем через две недели после того, как Чад обстрелял Судан.",
    "zh": "乍得外长周一访问喀土穆，不到两周前乍得曾袭击苏丹。",
    "hi": "चाड के विदेश मंत्री ने खार्तूम का दौरा किया, दो हफ्ते से भी कम समय पहले चाड ने सूडान पर हमला किया था।",
}


@pytest.mark.parametrize("lang", sorted(RETOLD))
def test_a_deed_told_only_for_how_loosely_long_ago_it_was_is_no_new_blow(lang: str) -> None:
    attacks = [event for event in summaries(RETOLD[lang], lang) if event[0] == "ASSAULT"]
    assert attacks
    assert {event[3] for event in attacks} == {"historical"}


def test_a_deed_counted_by_days_is_still_news() -> None:
    text = "Chad's minister visited Khartoum on Monday, two days after Chadian forces shelled a Sudanese post."
    assert ("ASSAULT", "TCD", "SDN", "occurred") in summaries(text)
