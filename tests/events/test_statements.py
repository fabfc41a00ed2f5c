"""What is only hoped for, doubted or commented on is no act: nobody did it, and nobody is told to have done it."""

from __future__ import annotations

import pytest

from tests.events.coding import code, summaries

HOPED = {
    "en": "Kenya expressed hope that Somalia would lift its ban on flights.",
    "id": "Kenya menyatakan harapan agar Somalia mencabut larangan penerbangan.",
    "ms": "Kenya menyatakan harapan supaya Somalia menarik balik larangan penerbangan.",
    "es": "Perú expresó su esperanza de que Chile levante la prohibición de vuelos.",
    "fr": "Le Maroc a exprimé l'espoir que l'Espagne lève l'interdiction des vols.",
    "ru": "Армения выразила надежду, что Турция снимет запрет на полёты.",
    "tr": "Ermenistan, Gürcistan'ın uçuş yasağını kaldırmasını umduğunu açıkladı.",
    "ar": "أعربت مصر عن أملها في أن ترفع تركيا الحظر على الرحلات.",
    "fa": "عراق ابراز امیدواری کرد که ترکیه ممنوعیت پروازها را لغو کند.",
    "hi": "नेपाल ने उम्मीद जताई कि भूटान उड़ानों पर प्रतिबंध हटा लेगा।",
    "zh": "蒙古表示希望哈萨克斯坦取消航班禁令。",
}
DOUBTED = {
    "en": "The president of Kenya expressed pessimism about negotiations with Somalia over the port.",
    "id": "Presiden Kenya pesimistis terhadap perundingan dengan Somalia.",
    "ms": "Presiden Kenya pesimis terhadap rundingan dengan Somalia.",
    "es": "El presidente peruano se mostró pesimista sobre las negociaciones con Chile.",
    "fr": "Le président algérien s'est dit pessimiste quant aux négociations avec le Maroc.",
    "ru": "Президент Армении выразил пессимизм по поводу переговоров с Турцией.",
    "tr": "Ermenistan Cumhurbaşkanı, Azerbaycan ile müzakereler konusunda karamsar olduğunu söyledi.",
    "ar": "أعرب الرئيس المصري عن تشاؤمه إزاء المفاوضات مع إثيوبيا.",
    "fa": "رئیس‌جمهور عراق نسبت به مذاکرات با ترکیه ابراز بدبینی کرد.",
    "ur": "ایرانی صدر نے ترکی کے ساتھ مذاکرات پر مایوسی کا اظہار کیا۔",
    "hi": "नेपाल के राष्ट्रपति ने चीन के साथ वार्ता को लेकर निराशा जताई।",
}
PLANNED = {
    "en": ("Kenya hopes to hold talks with Somalia about the port.", {"KEN", "SOM"}),
    "es": ("Perú espera mantener conversaciones con Chile sobre la frontera.", {"PER", "CHL"}),
    "fr": ("Le Maroc espère tenir des pourparlers avec l'Espagne sur la pêche.", {"MAR", "ESP"}),
    "ru": ("Армения надеется провести переговоры с Турцией о границе.", {"ARM", "TUR"}),
    "ar": ("تأمل مصر في إجراء محادثات مع تركيا بشأن الميناء.", {"EGY", "TUR"}),
    "zh": ("蒙古希望与哈萨克斯坦举行会谈。", {"MNG", "KAZ"}),
}
CONSOLED = {
    "en": "The king of Jordan offered his condolences to the people of Egypt and condemned the terrorist attack.",
    "ms": "Raja Jordan menyampaikan takziah kepada rakyat Mesir dan mengutuk serangan pengganas itu.",
    "ru": "Король Иордании выразил соболезнования народу Египта и осудил теракт.",
    "tr": "Ürdün Kralı, Mısır halkına başsağlığı diledi ve terör saldırısını kınadı.",
    "fa": "پادشاه اردن به مردم مصر تسلیت گفت و حمله تروریستی را محکوم کرد.",
    "ur": "اردن کے بادشاہ نے مصر کے عوام سے تعزیت کی اور دہشت گرد حملے کی مذمت کی۔",
    "hi": "जॉर्डन के राजा ने मिस्र के लोगों के प्रति संवेदना जताई और आतंकी हमले की निंदा की।",
}
HOSTED = {
    "en": "The Nairobi talks are a chance for Ethiopia, the Kenyan minister said.",
    "id": "Perundingan Doha penting bagi Turki, kata menteri Rusia.",
    "ms": "Rundingan Doha penting bagi Turkiye, kata menteri Rusia.",
    "tr": "Rus bakan, Astana görüşmelerinin Suriye için önemli olduğunu söyledi.",
    "hi": "रूसी मंत्री ने कहा कि अस्ताना वार्ता सीरिया के लिए अहम है।",
    "zh": "俄罗斯外长说,阿斯塔纳会谈对叙利亚很重要。",
}
COUNCILS = {
    "en": ("Pakistan's National Security Council condemned the Indian strikes.", ("PAK", "IND")),
    "id": ("Dewan Keamanan Nasional Turki mengecam serangan Israel.", ("TUR", "ISR")),
    "ar": ("أدان مجلس الأمن القومي التركي الغارات الإسرائيلية.", ("TUR", "ISR")),
    "fa": ("شورای عالی امنیت ملی ایران حملات اسرائیل را محکوم کرد.", ("IRN", "ISR")),
    "ur": ("پاکستان کی قومی سلامتی کونسل نے بھارتی حملوں کی مذمت کی۔", ("PAK", "IND")),
    "hi": ("पाकिस्तान की राष्ट्रीय सुरक्षा परिषद ने भारतीय हमलों की निंदा की।", ("PAK", "IND")),
}


@pytest.mark.parametrize("lang", sorted(HOPED))
def test_what_is_hoped_of_others_is_hypothetical(lang: str) -> None:
    assert {status for _, _, _, status in summaries(HOPED[lang], lang)} == {"hypothetical"}


@pytest.mark.parametrize("lang", sorted(DOUBTED))
def test_what_is_doubted_did_not_happen(lang: str) -> None:
    assert {status for _, _, _, status in summaries(DOUBTED[lang], lang)} <= {"hypothetical"}


@pytest.mark.parametrize("lang", sorted(PLANNED))
def test_what_one_hopes_to_do_himself_is_planned(lang: str) -> None:
    text, sides = PLANNED[lang]
    ((type_name, actor, target, status),) = summaries(text, lang)
    assert (type_name, {actor, target}, status) == ("CONSULT", sides, "planned")


def test_who_hopes_and_condemns_did_condemn() -> None:
    told = summaries("Kenya hopes for peace and condemned Somalia for shelling the town.")
    assert ("ACCUSE", "KEN", "SOM", "occurred") in told


@pytest.mark.parametrize("lang", sorted(CONSOLED))
def test_who_is_consoled_is_not_condemned(lang: str) -> None:
    assert not [event for event in summaries(CONSOLED[lang], lang) if event[0] == "ACCUSE"]


@pytest.mark.parametrize("lang", sorted(HOSTED))
def test_talks_called_after_a_capital_are_no_talks_with_it(lang: str) -> None:
    assert summaries(HOSTED[lang], lang) == set()


def test_a_capital_that_talks_with_somebody_is_a_side() -> None:
    ((type_name, *sides, _),) = summaries("Tehran talks with Baghdad began on Monday.")
    assert (type_name, set(sides)) == ("CONSULT", {"IRN", "IRQ"})


@pytest.mark.parametrize("lang", sorted(COUNCILS))
def test_a_national_council_is_not_that_of_the_united_nations(lang: str) -> None:
    text, (actor, target) = COUNCILS[lang]
    assert ("ACCUSE", actor, target, "occurred") in summaries(text, lang)


@pytest.mark.parametrize(
    "text",
    [
        "The president died after taking poison at a French court.",
        "The Iranian leader spoke of holding negotiations, not of holding a tourist of Spain.",
        "Peru was gloomy, even as envoys touted new Brazilian support for a vote.",
    ],
)
def test_a_comment_is_no_deed(text: str) -> None:
    assert not [event for event in code(text).mentions if event.type in ("ASSAULT", "COERCE", "SUPPORT")]


DUE = {
    "en": '"Cooperation between the two countries must be deepened," the Kenyan minister told his Somali counterpart.',
    "id": '"Kerja sama kedua negara yang telah disepakati harus ditindaklanjuti," kata menteri Kenya kepada menteri '
    "Somalia.",
    "ms": '"Kerjasama kedua-dua negara yang telah dipersetujui perlu diteruskan," kata menteri Kenya kepada menteri '
    "Somalia.",
    "es": "La cooperación entre Perú y Chile debe reforzarse, dijo el ministro peruano.",
    "fr": "La coopération entre le Maroc et l'Espagne doit être renforcée, a dit le ministre marocain.",
    "ru": "Сотрудничество между Арменией и Грузией должно быть усилено, сказал армянский министр.",
}


@pytest.mark.parametrize("lang", sorted(DUE))
def test_what_ought_to_be_done_is_not_done(lang: str) -> None:
    assert summaries(DUE[lang], lang) == set()


def test_who_is_accused_of_plotting_is_charged() -> None:
    assert ("ASSAULT", "RUS", "MDA", "alleged") in summaries("Moldova accused Russia of plotting a coup in Moldova.")
