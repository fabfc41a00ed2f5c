"""Who "both countries" and "it" are: the two in play together and the speaker, never one who urges or mediates."""

from __future__ import annotations

import pytest

from tests.events.coding import code, summaries, summary

# Sudan and Chad fight; Egypt urges both to stop.
URGED = {
    "en": (
        "Sudan and Chad exchanged fire on Monday. China regretted it. Egypt urged both countries to show restraint."
    ),
    "id": "Sudan dan Chad saling serang pada Senin. Mesir mendesak kedua negara menahan diri.",
    "ms": "Sudan dan Chad saling menyerang pada Isnin. Mesir menggesa kedua-dua negara menahan diri.",
    "ar": "تبادلت السودان وتشاد إطلاق النار. ودعت مصر البلدين إلى ضبط النفس.",
    "fa": "سودان و چاد به یکدیگر حمله کردند. مصر از دو کشور خواست خویشتنداری کنند.",
    "ur": "سوڈان اور چاڈ نے ایک دوسرے پر حملے کیے۔ مصر نے دونوں ملکوں سے تحمل کی اپیل کی۔",
    "tr": "Sudan ve Çad birbirine saldırdı. Mısır iki ülkeyi itidale çağırdı.",
    "es": "Sudán y Chad intercambiaron disparos. Egipto instó a ambos países a la moderación.",
    "fr": "Le Soudan et le Tchad ont échangé des tirs. L'Égypte a appelé les deux pays à la retenue.",
    "ru": "Судан и Чад обменялись ударами. Египет призвал обе страны к сдержанности.",
    "zh": "苏丹和乍得互相开火。埃及敦促两国保持克制。",
    "hi": "सूडान और चाड ने एक दूसरे पर हमला किया। मिस्र ने दोनों देशों से संयम बरतने की अपील की।",
}
# Qatar offers to mediate between Sudan and Chad.
OFFERED = {
    "en": "Qatar offered to help ease tensions between Sudan and Chad.",
    "id": "Qatar menawarkan diri untuk berperan meredakan situasi antara Sudan dan Chad.",
    "ms": "Qatar menawarkan diri menjadi orang tengah antara Sudan dan Chad.",
    "ar": "أعربت قطر عن استعدادها للمساعدة في خفض التوتر بين السودان وتشاد.",
    "fa": "قطر پیشنهاد میانجیگری میان سودان و چاد را داد.",
    "ur": "قطر نے سوڈان اور چاڈ کے درمیان ثالثی کی پیشکش کی۔",
    "tr": "Katar, Sudan ile Çad arasında arabuluculuk teklif etti.",
    "es": "Catar se ofreció a mediar entre Sudán y Chad.",
    "fr": "Le Qatar a proposé sa médiation entre le Soudan et le Tchad.",
    "ru": "Катар предложил посредничество между Суданом и Чадом.",
    "hi": "कतर ने सूडान और चाड के बीच मध्यस्थता की पेशकश की।",
}
# Egypt's foreign minister calls those of Sudan and Libya.
CALLED = {
    "en": "Egypt's foreign minister phoned his counterparts in Khartoum and Tripoli on Monday.",
    "id": "Menlu Mesir berbicara lewat telepon dengan menlu Sudan dan menlu Libya.",
    "ms": "Menteri Luar Mesir menghubungi rakan sejawatannya dari Sudan dan Libya melalui telefon.",
    "ar": "أجرى وزير الخارجية المصري اتصالين هاتفيين مع نظيريه السوداني والليبي.",
    "fa": "وزیر خارجه مصر با همتایان سودانی و لیبیایی خود تلفنی گفت‌وگو کرد.",
    "ur": "مصر کے وزیر خارجہ نے سوڈان اور لیبیا کے وزرائے خارجہ سے فون پر بات کی۔",
    "tr": "Mısır Dışişleri Bakanı, Sudanlı ve Libyalı mevkidaşlarıyla telefonda görüştü.",
    "es": "El canciller de Egipto habló por teléfono con sus homólogos de Sudán y Libia.",
    "fr": "Le ministre égyptien s'est entretenu par téléphone avec ses homologues soudanais et libyen.",
    "ru": "Глава МИД Египта поговорил по телефону с коллегами из Судана и Ливии.",
    "zh": "埃及外长同苏丹和利比亚外长通电话。",
    "hi": "मिस्र के विदेश मंत्री ने सूडान और लीबिया के विदेश मंत्रियों से फोन पर बात की।",
}


@pytest.mark.parametrize("lang", sorted(URGED))
def test_both_are_the_two_in_play_and_not_who_urges_them(lang: str) -> None:
    asked = [event[:3] for event in summaries(URGED[lang], lang) if event[0] == "REQUEST"]
    assert asked == [("REQUEST", "EGY", "SDN")]


@pytest.mark.parametrize("lang", sorted(OFFERED))
def test_who_offers_to_mediate_promises_it_and_the_two_have_agreed_on_nothing(lang: str) -> None:
    found = {event[:3] for event in summaries(OFFERED[lang], lang) if event[0] in ("AGREE", "CONSULT")}
    assert ("AGREE", "QAT", "SDN") in found
    assert ("AGREE", "SDN", "TCD") not in found


@pytest.mark.parametrize("lang", sorted(CALLED))
def test_a_call_with_two_ministers_is_one_with_each_and_none_between_them(lang: str) -> None:
    calls = {event[:3] for event in summaries(CALLED[lang], lang) if event[0] == "CONSULT"}
    assert calls == {("CONSULT", "EGY", "SDN"), ("CONSULT", "EGY", "LBY")}


def test_two_of_a_headline_are_both_though_others_are_named_more_often() -> None:
    text = "China is ready to mediate. The UN called for calm, and China did too. Kenya urged both sides to hold talks."
    found = code(text, title="China ready to help Sudan-Chad truce, UN calls for calm").mentions
    assert ("REQUEST", "KEN", "SDN", "occurred") in {summary(event) for event in found}


def test_it_is_the_speaker_in_what_somebody_says() -> None:
    text = "Sudan and Chad exchanged fire. Qatar said it was willing to play a part if both sides wished."
    assert ("AGREE", "QAT", "SDN") in {event[:3] for event in summaries(text)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Chad bombed camps inside Sudan on Friday, two days after Khartoum said it struck a rebel base in Chad.",
        ),
        ("es", "Chad bombardeó un campo en Sudán, dos días después de que Jartum dijera que había atacado Chad."),
        ("id", "Chad membom kamp di Sudan, dua hari setelah Khartoum mengatakan pihaknya menyerang Chad."),
    ],
)
def test_who_is_told_to_have_said_it_did_it_though_the_sentence_is_of_another(lang: str, text: str) -> None:
    assert ("ASSAULT", "SDN", "TCD", "occurred") in summaries(text, lang=lang)
