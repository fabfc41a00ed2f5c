"""Visits that a spokesman says are suspended did not take place: his side reduced its relations with the other."""

from __future__ import annotations

import pytest

from tests.events.coding import code, summaries, summary

# Sudan's spokeswoman says that the visits between the two, Sudan and Chad of the headline, are suspended.
SUSPENDED = {
    "en": (
        "Sudan angry at Chad",
        "High-level visits between the neighbours have been suspended, Sudan's spokeswoman said.",
    ),
    "id": ("Sudan marah kepada Chad", "Semua kunjungan antara kedua negara ditangguhkan, kata juru bicara Sudan."),
    "ms": ("Sudan marah kepada Chad", "Semua lawatan antara kedua-dua negara digantung, kata jurucakap Sudan."),
    "ar": ("السودان غاضب من تشاد", "وقال المتحدث باسم الخارجية السودانية إن جميع الزيارات بين البلدين علقت."),
    "ur": ("سوڈان چاڈ سے ناراض", "سوڈان کی ترجمان نے کہا کہ دونوں ملکوں کے درمیان تمام دورے معطل کر دیے گئے ہیں۔"),
    "tr": ("Sudan, Çad'a kızgın", "Sudan Sözcüsü, iki ülke arasındaki tüm ziyaretlerin askıya alındığını söyledi."),
    "es": (
        "Sudán, molesto con Chad",
        "Todas las visitas entre los dos países han sido suspendidas, dijo la portavoz de Sudán.",
    ),
    "fr": (
        "Le Soudan en colère contre le Tchad",
        "Les visites entre les deux pays ont été suspendues, a déclaré le Soudan.",
    ),
    "ru": (
        "Судан недоволен Чадом",
        "Все визиты между двумя странами приостановлены, заявила представитель МИД Судана.",
    ),
    "zh": ("苏丹对乍得不满", "苏丹外交部发言人说，两国间所有高层互访已经暂停。"),
    "hi": ("सूडान चाड से नाराज", "सूडान की प्रवक्ता ने कहा कि दोनों देशों के बीच सभी दौरे निलंबित कर दिए गए हैं।"),
}


@pytest.mark.parametrize("lang", sorted(SUSPENDED))
def test_visits_that_are_suspended_are_no_visits(lang: str) -> None:
    title, text = SUSPENDED[lang]
    assert "CONSULT" not in {event.type for event in code(text, lang, title).mentions}


@pytest.mark.parametrize("lang", ["en", "fr", "hi", "ru", "ur"])
def test_who_announces_that_visits_are_suspended_suspended_them(lang: str) -> None:
    title, text = SUSPENDED[lang]
    assert ("SANCTION", "SDN", "TCD", "occurred") in {summary(event) for event in code(text, lang, title).mentions}


def test_flights_that_nobody_announces_are_suspended_by_both() -> None:
    assert ("SANCTION", "SDN", "TCD", "occurred") in summaries("Flights between Sudan and Chad have been suspended.")
