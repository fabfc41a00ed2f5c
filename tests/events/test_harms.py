"""Harm and the blow it came of are one deed, whoever tells it and in whatever order; a blow of nature is none."""

import pytest

from tests.events.coding import code


@pytest.mark.parametrize(
    ("lang", "text", "actor", "target", "killed", "injured"),
    [
        ("en", "As many as 35 Syrian soldiers were killed in Turkish artillery fire.", "TUR", "SYR", 35, None),
        ("en", "Israeli fire killed a Lebanese shepherd near Tyre.", "ISR", "LBN", 1, None),
        ("en", "One Ukrainian was killed and another wounded by a Russian mine.", "RUS", "UKR", 1, 1),
        ("en", "Israel's strike on Baalbek left 1,250 people homeless and 17 dead.", "ISR", "LBN", 17, None),
        ("en", "The Israeli raid on Nablus cost the lives of four Palestinians.", "ISR", "PSE", 4, None),
        ("id", "Rudal Rusia tewaskan 8 warga Kyiv, lukai 30 lainnya", "RUS", "UKR", 8, 30),
        ("id", "Sedikitnya 15 warga Palestina dilaporkan meninggal akibat bombardemen Israel.", "ISR", "PSE", 15, None),
        ("id", "Satu warga Ukraina tewas dan satu lainnya luka parah terkena ranjau Rusia.", "RUS", "UKR", 1, 1),
        ("ms", "Seramai 35 askar Syria terbunuh dalam bedilan artileri Turkiye.", "TUR", "SYR", 35, None),
        (
            "fr",
            "Trente-cinq soldats syriens ont trouvé la mort sous les tirs d'artillerie turcs.",
            "TUR",
            "SYR",
            35,
            None,
        ),
        (
            "es",
            "Treinta y cinco soldados sirios perdieron la vida por fuego de artillería turco.",
            "TUR",
            "SYR",
            35,
            None,
        ),
        ("ru", "Тридцать пять сирийских военных погибли под огнём турецкой артиллерии.", "TUR", "SYR", 35, None),
        ("zh", "三十五名叙利亚士兵在土耳其炮火中阵亡。", "TUR", "SYR", 35, None),
        ("fa", "سی و پنج سرباز سوری در آتش توپخانه ترکیه جان خود را از دست دادند.", "TUR", "SYR", 35, None),
        ("ar", "قتلت القوات الإسرائيلية شابا فلسطينيا في نابلس وأصابت اثنين آخرين.", "ISR", "PSE", 1, 2),
        ("ur", "آذربائیجان کے نشانہ بازوں نے دو آرمینیائی فوجیوں کو ہلاک اور ایک کو زخمی کر دیا۔", "AZE", "ARM", 2, 1),
        ("hi", "यूक्रेन के खारकीव पर रूसी मिसाइल हमले में मरने वालों की संख्या बढ़कर १९ हो गई।", "RUS", "UKR", 19, None),
        ("tr", "Azerbaycanlı keskin nişancıların açtığı ateşte iki Ermeni asker öldü.", "AZE", "ARM", 2, None),
    ],
)
def test_who_was_harmed_was_struck_by_whose_fire_it_was(
    lang: str, text: str, actor: str, target: str, killed: int, injured: int | None
) -> None:
    (event,) = code(text, lang).mentions
    told = (event.type, event.actor and event.actor.code, event.target and event.target.code)
    assert told == ("ASSAULT", actor, target)
    assert (event.killed_min, event.injured_min) == (killed, injured)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Thai and Cambodian troops traded fire for ten minutes; one Cambodian soldier was killed."),
        ("fr", "Des soldats thaïlandais et cambodgiens ont échangé des tirs, un soldat cambodgien a été tué."),
    ],
)
def test_harm_in_an_exchange_of_fire_is_no_second_attack(lang: str, text: str) -> None:
    (event,) = code(text, lang).mentions
    assert (event.is_symmetric, event.killed_min) == (True, 1)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "China fired water cannon at a Philippine supply boat; three sailors were hurt.",
        ),
        ("fr", "Des garde-côtes chinois ont aspergé un navire philippin au canon à eau, blessant trois marins."),
        ("zh", "中国海警船向菲律宾补给船喷射水炮，三名船员受伤。"),
    ],
)
def test_force_short_of_arms_has_its_injured(lang: str, text: str) -> None:
    (event,) = code(text, lang).mentions
    assert (event.type, event.injured_min) == ("COERCE", 3)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Israel will be punished for the killing of the commander, Iran's president vowed."),
        ("id", "Israel pasti akan membayar mahal, ujar Menlu Iran."),
        ("ms", "Israel akan dihukum atas pembunuhan komander itu, kata Presiden Iran."),
        ("ru", "Израиль будет наказан за убийство командира, заявил президент Ирана."),
        ("es", "Israel será castigado por el asesinato del comandante, advirtió el presidente iraní."),
        ("fr", "Israël sera puni pour l'assassinat du commandant, a averti le président iranien."),
        ("zh", "伊朗总统称，以色列将因杀害该指挥官受到惩罚。"),
        ("hi", "ईरान के राष्ट्रपति ने कहा कि कमांडर की हत्या के लिए इजरायल को सजा मिलेगी।"),
        ("ur", "ایرانی صدر نے کہا کہ کمانڈر کے قتل پر اسرائیل کو سزا ملے گی۔"),
    ],
)
def test_who_says_that_another_will_be_punished_threatens(lang: str, text: str) -> None:
    threats = [event for event in code(text, lang).mentions if event.type == "THREATEN"]
    told = [(t.actor and t.actor.code, t.target and t.target.code, t.status) for t in threats]
    assert told == [("IRN", "ISR", "occurred")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A shark attacked an Australian surfer off Bali."),
        ("en", "A Russian cargo ship sank in a storm off Turkey; three Syrian sailors are missing."),
        ("id", "Peselancar Australia diserang hiu di Bali"),
        ("id", "Museum Warsawa gelar pameran invasi Jerman 1939"),
        ("ms", "Gajah liar serang dua penduduk di Gua Musang"),
        ("es", "El tifón Gaemi golpea Taiwán y el sur de China y mata a 30 personas"),
        ("fr", "Des éléphants tuent deux villageois à la frontière entre l'Inde et le Népal"),
        ("tr", "Filler Hindistan-Nepal sınırında iki köylüyü öldürdü"),
        ("hi", "भारत-नेपाल सीमा पर हाथियों ने दो ग्रामीणों को मार डाला"),
        ("ur", "وارسا کے عجائب گھر میں 1939 کے جرمن حملے پر نمائش"),
        ("fa", "کوسه به موج‌سوار استرالیایی در بالی حمله کرد"),
        ("ar", "حرائق الغابات قرب أثينا تجبر سياحا ألمانا على الفرار"),
        ("zh", "泰国向塑料袋宣战"),
        ("ru", "Слоны затоптали двух крестьян на границе Индии и Непала"),
    ],
)
def test_a_blow_of_nature_or_on_show_is_no_news_of_states(lang: str, text: str) -> None:
    assert not code(text, lang).is_relevant
