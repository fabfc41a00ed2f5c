"""What is no act between states, a toll in words, and acts told near to others, in one test for several languages."""

import pytest

from flows.events.casualties import find_casualties
from tests.events.coding import code, summaries, summary


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "نصب المنتخب الياباني كمينا لنظيره العراقي وحاصر مرماه طوال الشوط الثاني."),
        ("ar", "غزت السيارات الصينية شوارع البرازيل بأسعار منخفضة."),
        ("ar", "قتل ثلاثة بانفجار أسطوانة غاز في مطعم في مصر."),
        ("ar", "أطلق لصوص النار على صائغ في أثينا وقتلوه."),
        ("ar", "عصابة مسلحة تهاجم مصرفا في ساو باولو وتخطف حارسا."),
        ("ar", "فيلم وثائقي عن حصار ستالينغراد يعرض في موسكو."),
        ("zh", "中国汽车入侵巴西市场，掀起价格战。"),
        ("zh", "伊拉克青年队伏击日本队，围攻对方球门。"),
        ("zh", "埃及餐馆煤气罐爆炸致三人死亡。"),
        ("zh", "劫匪在雅典枪击一名珠宝商。"),
        ("hi", "चीनी कार कंपनियों ने ब्राज़ील की स्थानीय कंपनियों के ख़िलाफ़ क़ीमतों की जंग छेड़ी।"),
        ("hi", "इराक की युवा टीम ने जापान को घेरा और गोल पर हमला बोला।"),
        ("hi", "लुटेरों ने एथेंस में जौहरी पर गोली चलाई।"),
        ("hi", "पानीपत की लड़ाई पर बनी फ़िल्म दिल्ली के सिनेमाघरों में लगी।"),
        ("hi", "तुर्की की कोयला खदान में विस्फोट, नौ मजदूरों की मौत।"),
        ("ur", "چینی گاڑیوں نے برازیل کی مقامی کمپنیوں کے خلاف قیمتوں کی جنگ چھیڑ دی۔"),
        ("ur", "ڈاکوؤں نے ایتھنز میں جیولر پر فائرنگ کر دی۔"),
        ("ur", "ترکی کی کوئلے کی کان میں دھماکہ، نو مزدور ہلاک۔"),
        ("ur", "پانی پت کی لڑائی پر بنی فلم کا لاہور میں افتتاح۔"),
        ("fa", "جوانان عراق برای ژاپن کمین کردند و دروازه حریف را به محاصره درآوردند."),
        ("fa", "هجوم خودروهای ارزان چینی به بازار برزیل و جنگ قیمت‌ها."),
        ("fa", "انفجار کپسول گاز در رستورانی در مصر سه کشته داشت."),
        ("fa", "سارقان به سوی یک طلافروش در آتن شلیک کردند."),
        ("fa", "مستندی درباره محاصره استالینگراد در مسکو به نمایش درآمد."),
        ("tr", "Çinli otomobil markaları Brezilya pazarını istila etti, fiyat savaşı kızıştı."),
        ("tr", "Irak Genç Milli Takımı Japonya'ya pusu kurdu, kalesini kuşattı."),
        ("tr", "Stalingrad kuşatmasını anlatan belgesel Moskova'da gösterime girdi."),
        ("tr", "Silahlı soyguncular Sao Paulo'da bankaya saldırdı, bir güvenlik görevlisini kaçırdı."),
    ],
)
def test_matches_markets_accidents_crimes_and_films_that_borrow_the_words_of_war_are_no_news_of_it(
    lang: str, text: str
) -> None:
    assert not code(text, lang).is_relevant


@pytest.mark.parametrize(
    ("lang", "text", "killed"),
    [
        ("ar", "لقي ما لا يقل عن سبعة وأربعين شخصا مصرعهم.", 47),
        ("ar", "مقتل اثنتين وعشرين امرأة.", 22),
        ("zh", "造成三十七名士兵死亡。", 37),
        ("hi", "हमले में सैंतीस सैनिक मारे गए।", 37),
        ("hi", "छियासठ लोगों की मौत।", 66),
        ("ur", "حملے میں چھیالیس فوجی ہلاک ہوئے۔", 46),
        ("ur", "ترپن افراد ہلاک۔", 53),
        ("fa", "بیست‌وسه سرباز کشته شدند.", 23),
        ("fa", "صد و بیست نفر کشته شدند.", 120),
        ("tr", "Saldırıda yirmibeş asker öldü.", 25),
    ],
)
def test_tolls_in_words_are_read_whole(lang: str, text: str, killed: int) -> None:
    assert [span.minimum for span in find_casualties(text, lang)] == [killed]


@pytest.mark.parametrize(
    ("lang", "text", "told", "untold"),
    [
        ("ar", "أرسلت الأرجنتين سفينتين حربيتين إلى جزر تطالب بها بريطانيا.", "MOBILIZE", "REQUEST"),
        ("zh", "阿根廷向英国声称拥有主权的岛屿派出两艘军舰。", "MOBILIZE", "REQUEST"),
        ("hi", "अर्जेंटीना ने उन द्वीपों की ओर दो युद्धपोत भेजे जिन पर ब्रिटेन दावा करता है।", "MOBILIZE", "REQUEST"),
        ("hi", "इटली ने ट्यूनीशिया से तीन मछुआरों की रिहाई मांगी।", "REQUEST", "RETREAT"),
        ("ur", "ارجنٹینا نے دو جنگی جہاز ان جزیروں کی جانب روانہ کیے جن پر برطانیہ کا دعویٰ ہے۔", "MOBILIZE", "REQUEST"),
        ("fa", "آرژانتین دو ناو به جزایر مورد ادعای بریتانیا روانه کرد.", "MOBILIZE", "REQUEST"),
        ("fa", "کره شمالی به بانک‌های کره جنوبی حملهٔ سایبری کرد.", "COERCE", "ASSAULT"),
        ("tr", "Arjantin, İngiltere'nin hak iddia ettiği adalara iki savaş gemisi yolladı.", "MOBILIZE", "REQUEST"),
    ],
)
def test_a_claim_an_attack_on_computers_and_a_demand_are_not_taken_for_their_neighbours(
    lang: str, text: str, told: str, untold: str
) -> None:
    types = {event.type for event in code(text, lang).mentions}
    assert told in types
    assert untold not in types


def test_a_charter_of_an_organisation_is_no_side() -> None:
    text = "Chad has called the strike a breach of the purposes of the UN Charter."
    found = code(text, title="Sudan strikes Chad").mentions
    assert ("ACCUSE", "TCD", "SDN", "occurred") in {summary(event) for event in found}


def test_who_acts_behind_an_aside_of_his_own_opens_a_clause() -> None:
    text = "Baku called the raid a local operation, and Russia, whose troops are there, appealed for an end to it."
    assert not [event for event in summaries(text) if event[1:3] == ("AZE", "RUS")]


def test_bases_at_the_head_of_a_sentence_are_a_noun() -> None:
    found = summaries("Bases of the Houthis in Yemen were targeted by Egyptian missiles and drones.")
    assert {event[:3] for event in found} == {("ASSAULT", "EGY", "houthi")}


def test_an_envoy_who_may_not_come_back_is_not_backed() -> None:
    found = summaries("Sudan recalled its ambassador from Chad and said that Chad's envoy may not come back for now.")
    assert "SUPPORT" not in {event[0] for event in found}


def test_rockets_that_are_aimed_at_a_camp_strike_it_in_indonesian() -> None:
    assert ("ASSAULT", "EGY", "LBY", "occurred") in summaries("Rudal dan drone Mesir diarahkan ke markas Libya.", "id")
