"""What clauses or sentences tell of one thing together: whom an attack struck, whom blame means, what it is about."""

from datetime import date

import pytest

from tests.events.coding import code, summary


@pytest.mark.parametrize(
    ("lang", "text", "actor", "target", "killed"),
    [
        (
            "en",
            "Six Ghanaian drivers were killed when fighters of JNIM ambushed a convoy near Fada in Burkina Faso.",
            "jnim",
            "GHA",
            6,
        ),
        (
            "en",
            "JNIM fighters attacked a lorry park near Fada in Burkina Faso. Six Ghanaian drivers were killed.",
            "jnim",
            "GHA",
            6,
        ),
        (
            "id",
            "Pemberontak JNIM menyergap konvoi truk di dekat Fada, Burkina Faso, Jumat. Enam sopir asal Ghana tewas.",
            "jnim",
            "GHA",
            6,
        ),
        (
            "fr",
            "Six chauffeurs ghanéens ont été tués lorsque des combattants du JNIM ont attaqué un convoi à Djibo.",
            "jnim",
            "GHA",
            6,
        ),
        (
            "es",
            "Milicianos del JNIM atacaron un convoy cerca de Fada, en Burkina Faso. Seis camioneros de Ghana murieron.",
            "jnim",
            "GHA",
            6,
        ),
    ],
)
def test_those_whose_dead_are_counted_beside_an_attack_are_whom_it_struck(
    lang: str, text: str, actor: str, target: str, killed: int
) -> None:
    struck = [event for event in code(text, lang).mentions if event.type == "ASSAULT"]
    assert [summary(event)[1:3] for event in struck] == [(actor, target)]
    assert struck[0].killed_min == killed


def test_an_answer_to_nobodys_attack_is_another_attack() -> None:
    text = "Nine Kenyan soldiers were killed by gunmen near Liboi. Kenya struck al-Shabaab camps in Somalia on Friday."
    struck = {summary(event)[1:3] for event in code(text).mentions if event.type == "ASSAULT"}
    assert ("al-shabaab", "KEN") not in struck


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "M23 rebels killed nine Tanzanian peacekeepers near Goma. The African Union condemned the raid.",
        ),
        (
            "fr",
            "Le M23 a tué neuf Casques bleus tanzaniens près de Goma. L'Union africaine a condamné le raid.",
        ),
        (
            "es",
            "El M23 mató a nueve cascos azules tanzanos. La Unión Africana condenó la incursión de los rebeldes.",
        ),
        ("id", "M23 menewaskan sembilan prajurit Tanzania di dekat Goma. Uni Afrika mengutuk serangan kelompok itu."),
    ],
)
def test_blame_for_an_attack_is_laid_at_who_struck(lang: str, text: str) -> None:
    assert ("ACCUSE", "AFU", "m23", "occurred") in {summary(event) for event in code(text, lang).mentions}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Fighters of al-Shabaab, affiliated to al-Qaeda, attacked a Kenyan base on Friday."),
        ("en", "Militants of the group JNIM, linked to al-Qaeda, attacked a Togolese base on Friday."),
        ("fr", "Le groupe JNIM, affilié à Al-Qaïda, a attaqué vendredi une base togolaise."),
        ("es", "El grupo JNIM, vinculado a Al Qaeda, atacó el viernes una base togolesa."),
        ("ru", "Боевики группировки JNIM, связанной с «Аль-Каидой», напали в пятницу на базу Того."),
        ("ur", "القاعدہ سے وابستہ گروہ الشباب نے جمعے کو کینیا کے ایک فوجی اڈے پر حملہ کیا۔"),
        ("hi", "अल-कायदा से संबद्ध संगठन अल-शबाब ने शुक्रवार को केन्या के सैन्य अड्डे पर हमला किया।"),
    ],
)
def test_whom_a_group_is_linked_to_takes_no_part(lang: str, text: str) -> None:
    events = code(text, lang).mentions
    sides = {side.code for event in events for side in (event.actor, event.target) if side}
    assert events
    assert "al-qaeda" not in sides


@pytest.mark.parametrize(
    ("lang", "text", "sides"),
    [
        ("en", "Ghana and Togo began joint patrols in the Gulf of Guinea on Friday.", {"GHA", "TGO"}),
        ("en", "Estonia accused Russia of jamming signals over the Gulf of Finland.", {"EST", "RUS"}),
        ("id", "Ghana dan Togo memulai patroli bersama di Teluk Guinea pada Jumat.", {"GHA", "TGO"}),
        ("ru", "Эстония обвинила Россию в глушении сигналов над Финским заливом.", {"EST", "RUS"}),
        ("fr", "L'Estonie a accusé la Russie de brouiller les signaux dans le golfe de Finlande.", {"EST", "RUS"}),
    ],
)
def test_a_gulf_is_no_state(lang: str, text: str, sides: set[str]) -> None:
    events = code(text, lang).mentions
    assert {side.code for event in events for side in (event.actor, event.target) if side} == sides
    assert {event.place_country_code for event in events} <= {None, *sides}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nigerian detectives freed an Indian engineer in Lagos whom a gang had held for ransom."),
        ("es", "La policía peruana liberó el viernes a un empresario chileno por el que una banda pedía rescate."),
        ("fr", "La police nigériane a libéré vendredi un ingénieur indien qu'un gang retenait contre rançon."),
        ("id", "Polisi Nigeria membebaskan seorang insinyur India dari komplotan yang meminta uang tebusan."),
        ("ru", "Полиция Нигерии освободила индийского инженера, за которого банда требовала выкуп."),
        (
            "en",
            "An Indian telescope in Argentina watched a supernova bombard its neighbours, astronomers from Chile said.",
        ),
        ("es", "Un telescopio francés en Chile captó una supernova que bombardeó galaxias, según astrónomos de Perú."),
        ("tr", "Şili'deki Fransız teleskobu, bir kara deliğin komşu galaksiyi bombaladığını kaydetti."),
        ("zh", "法国设在智利的望远镜拍到黑洞轰击邻近星系。"),
    ],
)
def test_private_ransom_and_stars_are_no_news_of_states(lang: str, text: str) -> None:
    assert not code(text, lang).is_relevant


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Cuba delivered malaria drugs and cholera vaccines to Haiti on Friday."),
        ("fr", "Cuba a livré vendredi à Haïti des vaccins contre le choléra et des médicaments."),
        ("id", "Kuba mengirim bantuan obat malaria dan vaksin kolera ke Haiti."),
        ("ru", "Куба передала Гаити лекарства и вакцины от холеры."),
    ],
)
def test_medicine_given_by_a_state_is_aid(lang: str, text: str) -> None:
    coding = code(text, lang)
    assert coding.is_relevant
    assert ("AID", "CUB", "HTI", "occurred") in {summary(event) for event in coding.mentions}


def test_protests_leave_hurt_people_too() -> None:
    events = code(
        "Peruvian students hurled bottles at the Chilean embassy in Lima, leaving four guards injured."
    ).mentions
    assert [(event.type, event.injured_min) for event in events] == [("PROTEST", 4)]


@pytest.mark.parametrize(
    ("lang", "text", "type_name", "day"),
    [
        (
            "en",
            "Peru's army on Friday denied that its jets had bombed a village in Bolivia the day before.",
            "ASSAULT",
            13,
        ),
        ("en", "Chile on Friday condemned Peru's seizure the day before of a Chilean trawler.", "COERCE", 13),
        ("en", "Chile on Friday accused Peru of having seized a Chilean trawler on March 3.", "ACCUSE", 14),
        ("tr", "Şili, 3 Mart'ta bir gemiye el koymakla Peru'yu 14 Mart'ta suçladı.", "ACCUSE", 14),
    ],
)
def test_a_deed_and_the_words_on_it_have_their_own_days(lang: str, text: str, type_name: str, day: int) -> None:
    days = {event.type: event.starts_on for event in code(text, lang).mentions}
    assert days[type_name] == date(2025, 3, day)


@pytest.mark.parametrize(
    ("lang", "text", "type_name", "country"),
    [
        ("en", "Chile apologised to Peru on Friday during a visit to Arequipa.", "CONCEDE", "PER"),
        ("en", "Chile apologised to Peru on Friday.", "CONCEDE", "CHL"),
        ("fr", "Le Chili a présenté vendredi ses excuses au Pérou lors d'une visite à Arequipa.", "CONCEDE", "PER"),
        ("en", "Chile sent 800 soldiers to its border with Peru.", "MOBILIZE", "CHL"),
        ("fr", "Le Chili et le Pérou ont convenu vendredi à Quito de retirer leurs troupes.", "AGREE", "ECU"),
    ],
)
def test_words_are_spoken_on_a_visit_and_treaties_are_settled_where_sides_meet(
    lang: str, text: str, type_name: str, country: str
) -> None:
    countries = {event.type: event.place_country_code for event in code(text, lang).mentions}
    assert countries[type_name] == country


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        (
            "en",
            "Belize has sent three gunboats to its sea border with Honduras.",
            ("MOBILIZE", "BLZ", "HND", "occurred"),
        ),
        (
            "fr",
            "Le Belize a dépêché trois patrouilleurs à sa frontière avec le Honduras.",
            ("MOBILIZE", "BLZ", "HND", "occurred"),
        ),
        ("fa", "بلیز سه ناوچه به مرز هندوراس اعزام کرد.", ("MOBILIZE", "BLZ", "HND", "occurred")),
        ("ru", "Белиз направил три патрульных катера к границе с Гондурасом.", ("MOBILIZE", "BLZ", "HND", "occurred")),
        (
            "es",
            "Canadá suspendió el lunes las preferencias arancelarias de Camboya.",
            ("SANCTION", "CAN", "KHM", "occurred"),
        ),
        ("zh", "加拿大13日宣布取消柬埔寨的关税优惠。", ("SANCTION", "CAN", "KHM", "occurred")),
        ("en", "Canada suspended the tariff preferences it grants Cambodia.", ("SANCTION", "CAN", "KHM", "occurred")),
    ],
)
def test_patrol_boats_and_trade_perks(lang: str, text: str, wanted: tuple[str, str, str, str]) -> None:
    found = [summary(event) for event in code(text, lang).mentions]
    assert wanted in found
    assert "CONCEDE" not in {event[0] for event in found}


@pytest.mark.parametrize(
    ("lang", "text", "actor"),
    [
        ("en", "The Colombian rebel group ELN threatened Venezuela on Friday.", "eln"),
        ("en", "Congo's rebel M23 attacked a Rwandan convoy on Friday.", "m23"),
    ],
)
def test_a_nationality_only_says_whose_the_armed_group_behind_it_is(lang: str, text: str, actor: str) -> None:
    events = code(text, lang).mentions
    assert {event.actor.code for event in events if event.actor} == {actor}


def test_mediation_that_led_to_an_exchange_is_no_talks_of_its_own() -> None:
    text = "Chad and Sudan exchanged twelve prisoners on Friday with the mediation of Kenya."
    assert {summary(event)[0] for event in code(text).mentions} == {"RETREAT"}


def test_the_group_is_the_one_named_before() -> None:
    text = "M23 freed nine Tanzanian nurses on Friday. A Tanzanian driver was shot dead by the group in February."
    assert ("ASSAULT", "m23", "TZA", "occurred") in {summary(event) for event in code(text).mentions}


@pytest.mark.parametrize(
    ("lang", "text", "deed"),
    [
        ("en", "Four Ugandan soldiers killed in al-Shabaab attack", ("al-shabaab", "UGA")),
        ("en", "Two Israelis hurt, one killed in Hezbollah strike", ("hezbollah", "ISR")),
        ("en", "Six Cameroonian troops were killed in a Boko Haram ambush on Monday.", ("boko-haram", "CMR")),
        ("en", "Two dead in PKK attack on Turkish post", ("pkk", "TUR")),
        ("en", "Three Nigerien soldiers killed, five hurt in Boko Haram attack", ("boko-haram", "NER")),
        ("en", "Two Turkish soldiers die in PKK attack near Iraqi border", ("pkk", "TUR")),
        ("en", "Russian soldiers killed, wounded and captured dozens of Ukrainian troops.", ("RUS", "UKR")),
        ("en", "Militants from Yemen attack Saudi post", ("YEM", "SAU")),
        ("zh", "四名乌干达士兵在青年党袭击中丧生", ("al-shabaab", "UGA")),
        ("zh", "两名以色列人在伊朗空袭中死亡，以色列誓言报复。", ("IRN", "ISR")),
        ("zh", "沙特在也门空袭中炸死六名胡塞武装成员", ("SAU", "houthi")),
        ("zh", "阿富汗武装袭击中国工程师车队", ("AFG", "CHN")),
    ],
)
def test_who_came_to_harm_in_somebodys_attack_attacked_nobody(lang: str, text: str, deed: tuple[str, str]) -> None:
    struck = [summary(event)[1:3] for event in code(text, lang).mentions if event.type == "ASSAULT"]
    assert struck == [deed]
