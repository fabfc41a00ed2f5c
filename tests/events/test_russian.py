"""Russian forms keep their voice, its endings tell who acted, and its everyday counts and times are read."""

from datetime import UTC, date, datetime

import pytest

from flows.events.casualties import find_casualties
from flows.events.inflection import Voice
from flows.events.inflection.russian import inflect_russian
from flows.events.places import find_places
from flows.events.sides import find_sides
from flows.events.times import find_times
from tests.events.coding import code, summaries

PUBLISHED = datetime(2025, 3, 16, tzinfo=UTC)  # a Sunday


def test_verbs_of_both_aspects_keep_their_voice() -> None:
    forms = dict(inflect_russian("обстрелять", ("обстреливать(ся)",), ("обстрел",)))
    assert {forms[form] for form in ("обстреляла", "обстреливают", "обстреляв", "обстрелявш*")} == {Voice.ACTIVE}
    assert {forms[form] for form in ("обстрелян", "обстрелянн*", "обстреливались")} == {Voice.PASSIVE}
    assert forms["обстрелами"] is Voice.NOUN


@pytest.mark.parametrize(
    ("root", "wanted"),
    [
        ("осудить", "осужден осудят осудила"),
        ("захватить///захвачен", "захвачены захватит захваченн*"),
        ("нанести/нанесет/нанес/нанесен", "нанесла нанесут нанеся нанесш* нанесено"),
        ("убить/убьет//убит", "убьют убитых убила"),
        ("вторгнуться/вторгнется/вторг", "вторгся вторглись вторгшиеся вторгнутся"),
        ("передать/передаст//передан", "передадут переданы передали"),
        ("встреча", "встречей встреч встречами"),
        ("бомбардировка", "бомбардировок бомбардировкой"),
        ("совместные учения", "совместных учений|совместными учениями"),
        ("прекращение огня", "прекращения огня|прекращением огня"),
    ],
)
def test_forms_are_those_of_the_language(root: str, wanted: str) -> None:
    forms = {form for form, _ in inflect_russian(root, (), ())}
    assert set(wanted.split("|") if "|" in wanted else wanted.split()) <= forms


def test_a_verb_without_a_passive_has_none() -> None:
    assert Voice.PASSIVE not in {voice for _, voice in inflect_russian("напасть/нападет/напал/-", (), ())}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("в Саудовской Аравии", "SAU"),
        ("с Южной Кореей", "KOR"),
        ("президентом Эритреи", "ERI"),
        ("израильтянами", "ISR"),
        ("министры иностранных дел Польши", "POL"),
        ("Армению", "ARM"),
    ],
)
def test_a_state_is_known_in_every_case(text: str, code: str) -> None:
    assert [span.code for span in find_sides(text, "ru")] == [code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Число погибших достигло 45 человек.", [("killed", 45)]),
        ("Погиб один военный, двое ранены.", [("killed", 1), ("injured", 2)]),
        ("Удар унёс девять жизней.", [("killed", 9)]),
        ("Двадцать три человека получили ранения.", [("injured", 23)]),
        ("Ранения получили около ста двадцати человек.", [("injured", 120)]),
        ("Погибли не менее пятидесяти шести человек.", [("killed", 56)]),
        ("Погибли два десятка солдат.", [("killed", 20)]),
    ],
)
def test_tolls_are_counted(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(span.kind, span.minimum) for span in find_casualties(text, "ru")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("накануне", date(2025, 3, 15)),
        ("в следующий вторник", date(2025, 3, 18)),
        ("три дня назад", date(2025, 3, 13)),
        ("неделю назад", date(2025, 3, 3)),
    ],
)
def test_times_are_counted_from_publication(text: str, expected: date) -> None:
    assert [span.starts_on for span in find_times(text, "ru", PUBLISHED)] == [expected]


def test_weeks_and_years_after_something_are_told_from_it() -> None:
    spans = [span for text in ("спустя неделю", "два дня спустя") for span in find_times(text, "ru", PUBLISHED)]
    assert [(span.kind, span.offset_days) for span in spans] == [("anaphoric", 7), ("anaphoric", 2)]


ORDERS: list[tuple[str, str]] = [
    ("Сирию обстреляли турецкие войска.", "ASSAULT TUR>SYR occurred"),
    ("По Ираку нанес удар Иран.", "ASSAULT IRN>IRQ occurred"),
    ("В результате обстрела Сирии турецкой армией погибли трое.", "ASSAULT TUR>SYR occurred"),
    ("Египет выдвинул Эфиопии ультиматум.", "THREATEN EGY>ETH occurred"),
    ("Норвежский танкер, который атаковали хуситы, шел из Омана.", "ASSAULT houthi>NOR occurred"),
    ("В Иране задержан гражданин Италии.", "COERCE IRN>ITA occurred"),
    ("Из Литвы высланы два белорусских дипломата.", "SANCTION LTU>BLR occurred"),
    ("Посол Чада отозван из Судана.", "SANCTION TCD>SDN occurred"),
    ("Посол Греции вызван в МИД Турции.", "ACCUSE TUR>GRC occurred"),
    ("Кения обвинила Уганду в захвате острова.", "ACCUSE KEN>UGA occurred; ASSAULT UGA>KEN alleged"),
    ("Турция опровергла сообщения об обстреле Сирии.", "ASSAULT TUR>SYR denied"),
    ("Встреча министров Перу и Чили запланирована на май.", "CONSULT PER<>CHL planned"),
    ("Осуждение Катаром удара Чада по Нигеру прозвучало резко.", "ACCUSE QAT>TCD occurred; ASSAULT TCD>NER occurred"),
    ("Двое военных Мали погибли при атаке беспилотника.", "ASSAULT ?>MLI occurred"),
    ("Южная Корея доставила на Филиппины тридцать тонн одеял.", "AID KOR>PHL occurred"),
    ("Испания перебросила в Марокко спасателей.", "AID ESP>MAR occurred"),
    ("Япония прекратила выдавать визы россиянам.", "SANCTION JPN>RUS occurred"),
    ("Венесуэла освободила четырех колумбийцев.", "RETREAT VEN>COL occurred"),
    ("Китай направил два корабля в воды, на которые претендует Вьетнам.", "MOBILIZE CHN>VNM occurred"),
]


@pytest.mark.parametrize(("text", "wanted"), ORDERS, ids=[str(number) for number in range(len(ORDERS))])
def test_endings_say_who_did_it_in_any_order(text: str, wanted: str) -> None:
    told = {
        f"{event.type} {event.actor.code if event.actor else '?'}{'<>' if event.is_symmetric else '>'}"
        f"{event.target.code if event.target else '?'} {event.status}"
        for event in code(text, "ru").mentions
    }
    assert told == set(wanted.split("; "))


def test_a_count_in_the_title_does_not_take_the_number_below_it() -> None:
    told = find_casualties("Двое солдат убиты\nТри моряка ранены и еще пять пропали", "ru")
    assert [(span.kind, span.minimum) for span in told] == [("killed", 2), ("injured", 3)]


def test_a_city_is_found_in_its_case_and_a_surname_is_no_city() -> None:
    (event,) = code("Министры Перу и Чили встретились в Казани.", "ru").mentions
    assert event.place_country_code == "RUS"
    assert not [place for place in find_places("Речь Ллойда Остина", "ru") if place.country_code == "USA"]


NAMES = [
    ("Предложение Чада отклонено Пакистаном.", "REJECT PAK>TCD"),  # an instrumental, no adjective in "-ном"
    ("Лавров обвинил Макрона в провокациях.", "ACCUSE RUS>FRA"),  # a nominative, no genitive plural in "-ов"
    ("Цай Инвэнь встретилась с Блинкеном.", "CONSULT TWN>USA"),
    ("Ракеты ХАМАС упали в Ашкелоне.", "ASSAULT hamas>ISR"),
    ("Украина ударила по Брянской области.", "ASSAULT UKR>RUS"),
    ("Мост в Кении взорван боевиками «Аш-Шабааб».", "ASSAULT al-shabaab>KEN"),
    ("Никарагуа выступила в поддержку Парагвая.", "SUPPORT NIC>PRY"),
    ("Солдаты Чада погибли в результате обстрела со стороны Судана.", "ASSAULT SDN>TCD"),
    ("Активисты в Чили пикетировали посольство Израиля.", "PROTEST CHL>ISR"),
]


@pytest.mark.parametrize(("text", "wanted"), NAMES, ids=[str(number) for number in range(len(NAMES))])
def test_cities_leaders_and_groups_are_sides_in_every_case(text: str, wanted: str) -> None:
    told = {
        f"{event.type} {event.actor.code if event.actor else '?'}>{event.target.code if event.target else '?'}"
        for event in code(text, "ru").mentions
    }
    assert told == {wanted}


@pytest.mark.parametrize(
    "text",
    [
        "Взрыв на заводе в Индии: погибли рабочие.",
        "Мошенники из Нигерии похитили деньги у пенсионерки из Канады.",
        "Испания отразила атаки немцев и вышла в финал.",
        "Немецкий автоконцерн атакует рынок Китая.",
        "В Таиланде задержали россиянина за наркотики.",
        "Молодежная сборная Японии попала в засаду Ирака в четвертьфинале Кубка Азии.",
        "Китайские сети кофеен атакуют Филиппины и развязали ценовую войну.",
        "Взрыв газа в ресторане в Нигерии убил девять человек.",
        "Взрыв на шахте в Турции унес жизни 20 горняков.",
        "Фильм о битве Вьетнама против Франции собрал полные залы.",
    ],
)
def test_accidents_crime_and_trade_are_no_deeds_between_states(text: str) -> None:
    assert not code(text, "ru").is_relevant


def test_what_was_done_before_a_demand_stands_on_its_own() -> None:
    told = summaries(
        "Франция призвала Азербайджан освободить армян, которых азербайджанские силовики арестовали.", "ru"
    )
    assert ("COERCE", "AZE", "ARM", "occurred") in told
    told = summaries("ООН потребовала, чтобы Руанда вывела войска.", "ru")
    assert not any(event[0] == "RETREAT" for event in told)
