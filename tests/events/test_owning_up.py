"""Who takes a deed upon himself did it; who only mourns those it struck did nothing to them."""

from __future__ import annotations

import pytest

from tests.events.coding import summaries

TAKEN_ON = {
    "en": "The Houthis claimed responsibility for a missile attack on Saudi Arabia.",
    "id": "Houthi mengaku bertanggung jawab atas serangan rudal ke Arab Saudi.",
    "ms": "Houthi mengaku bertanggungjawab atas serangan ke atas Arab Saudi.",
    "es": "Los hutíes se atribuyeron el ataque contra Arabia Saudí.",
    "fr": "Les Houthis ont revendiqué une attaque contre l'Arabie saoudite.",
    "ru": "Хуситы взяли на себя ответственность за ракетный удар по Саудовской Аравии.",
    "tr": "Husiler Suudi Arabistan'a yönelik füze saldırısını üstlendi.",
    "ar": "تبنى الحوثيون هجوما على السعودية.",
    "fa": "حوثی‌ها مسئولیت حمله به عربستان سعودی را بر عهده گرفتند.",
    "ur": "حوثیوں نے سعودی عرب پر حملے کی ذمہ داری قبول کر لی۔",
    "hi": "हूतियों ने सऊदी अरब पर हमले की जिम्मेदारी ली।",
    "zh": "胡塞武装宣称对袭击沙特负责。",
}
MOURNED = {
    "en": "Turkey offered its condolences to Pakistan over an attack that killed nine.",
    "id": "Turki menyampaikan belasungkawa kepada Pakistan atas serangan yang menewaskan sembilan orang.",
    "es": "Turquía expresó sus condolencias a Pakistán por un ataque que mató a nueve personas.",
    "fr": "La Turquie a présenté ses condoléances au Pakistan après une attaque qui a tué neuf personnes.",
    "ru": "Турция выразила соболезнования Пакистану в связи с нападением, в котором погибли девять человек.",
    "tr": "Türkiye, dokuz kişinin öldüğü saldırı nedeniyle Pakistan'a başsağlığı diledi.",
    "ar": "قدمت تركيا تعازيها لباكستان في هجوم أسفر عن مقتل تسعة أشخاص.",
    "fa": "ترکیه به پاکستان به خاطر حمله‌ای که نه کشته داشت تسلیت گفت.",
    "ur": "ترکی نے پاکستان سے حملے میں نو افراد کی ہلاکت پر تعزیت کی۔",
    "hi": "तुर्की ने पाकिस्तान में हमले में नौ लोगों की मौत पर शोक जताया।",
    "zh": "土耳其就造成九人死亡的袭击向巴基斯坦表示慰问。",
}


@pytest.mark.parametrize("lang", sorted(TAKEN_ON))
def test_who_claims_a_deed_did_it(lang: str) -> None:
    assert ("ASSAULT", "houthi", "SAU", "occurred") in summaries(TAKEN_ON[lang], lang)


@pytest.mark.parametrize("lang", sorted(MOURNED))
def test_who_mourns_did_no_harm(lang: str) -> None:
    assert not [event for event in summaries(MOURNED[lang], lang) if event[0] == "ASSAULT" and event[1] is not None]


def test_who_strikes_beside_one_who_mourns_did_strike() -> None:
    assert ("ASSAULT", "ISR", "SYR", "occurred") in summaries("Iran sent condolences after Israel struck Damascus.")
