"""Spanish and French: forms of verbs with their voice, owners behind nouns, subjects behind verbs, press habits."""

import pytest

from flows.events.casualties import find_casualties
from flows.events.inflection import Voice
from flows.events.inflection.romance import inflect_french, inflect_spanish
from tests.events.coding import code, summaries, summary


def test_spanish_forms_keep_their_voice() -> None:
    forms = dict(inflect_spanish("atacar", (), ("ataque", "ataques")))
    assert forms["atacó"] is forms["atacarán"] is forms["atacando"] is Voice.ACTIVE
    assert forms["atacadas"] is Voice.PARTICIPLE
    assert forms["ataque"] is Voice.NOUN  # hardly ever the subjunctive


def test_spanish_stems_change_as_given() -> None:
    forms = dict(inflect_spanish("pedir", ("pide", "pidió"), ()))
    assert {"pida", "pidieron", "pidiendo", "pedirá"} <= set(forms)
    assert {"impuso", "impusieron", "imponga"} <= set(dict(inflect_spanish("imponer", ("impone", "impuso"), ())))
    assert "intercambiaron" in dict(inflect_spanish("intercambiar", (), ()))
    assert {"se reúnen", "reuniéndose"} <= set(dict(inflect_spanish("reunirse", ("reúne",), ())))


def test_french_forms_keep_their_voice() -> None:
    forms = dict(inflect_french("menacer", (), ("menace", "menaces")))
    assert forms["menaçait"] is forms["menaceront"] is Voice.ACTIVE
    assert forms["menacées"] is Voice.PARTICIPLE
    assert forms["menace"] is Voice.EITHER
    assert "retira" not in dict(inflect_french("retirer", (), ()))  # looks like a future


def test_the_perfect_of_french_reflexive_verbs_is_active() -> None:
    forms = dict(inflect_french("s'entretenir", ("entretient", "entretiennent", "entretenu", "entretiendr"), ()))
    assert forms["se sont entretenus"] is forms["s'entretiendra"] is Voice.ACTIVE


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Israel bombardeó ayer Damasco.", "es", ("ASSAULT", "ISR", "SYR", "occurred")),
        ("Una aldea siria fue bombardeada por Turquía.", "es", ("ASSAULT", "TUR", "SYR", "occurred")),
        ("Turquía habría bombardeado una aldea siria.", "es", ("ASSAULT", "TUR", "SYR", "alleged")),
        ("Condena Cuba ataque de Israel a Irán", "es", ("ACCUSE", "CUB", "ISR", "occurred")),
        ("El carguero griego que atacaron los hutíes ardió.", "es", ("ASSAULT", "houthi", "GRC", "occurred")),
        ("La ofensiva de Rusia contra Ucrania avanza.", "es", ("ASSAULT", "RUS", "UKR", "occurred")),
        ("La invasión rusa de Ucrania continúa.", "es", ("ASSAULT", "RUS", "UKR", "occurred")),
        ("Cuatro soldados turcos murieron en un ataque sirio.", "es", ("ASSAULT", "SYR", "TUR", "occurred")),
        ("Bolivia anuncia la ruptura de relaciones con Israel.", "es", ("SANCTION", "BOL", "ISR", "occurred")),
        ("Detenido en Irán un turista francés", "es", ("COERCE", "IRN", "FRA", "occurred")),
        ("La Turquie a de nouveau bombardé la Syrie.", "fr", ("ASSAULT", "TUR", "SYR", "occurred")),
        ("Un village syrien a été bombardé par la Turquie.", "fr", ("ASSAULT", "TUR", "SYR", "occurred")),
        ("La Turquie aurait bombardé un village syrien.", "fr", ("ASSAULT", "TUR", "SYR", "alleged")),
        ("La condamnation par Cuba de l'attaque d'Israël contre l'Iran", "fr", ("ACCUSE", "CUB", "ISR", "occurred")),
        ("L'arrestation de deux Français en Iran inquiète.", "fr", ("COERCE", "IRN", "FRA", "occurred")),
        ("Le cargo grec que les Houthis ont attaqué a coulé.", "fr", ("ASSAULT", "houthi", "GRC", "occurred")),
        ("Des centaines de Turcs manifestent à Ankara contre Israël.", "fr", ("PROTEST", "TUR", "ISR", "occurred")),
        ("Le Qatar ne retirera pas ses troupes de Syrie.", "fr", ("RETREAT", "QAT", "SYR", "denied")),
        ("Corea del Sur entregó a Filipinas treinta toneladas de mantas.", "es", ("AID", "KOR", "PHL", "occurred")),
        ("México despachó a Cuba un cargamento de víveres.", "es", ("AID", "MEX", "CUB", "occurred")),
        ("Japón deja de emitir visas a ciudadanos rusos.", "es", ("SANCTION", "JPN", "RUS", "occurred")),
        ("Sanciones de Canadá a seis generales iraníes.", "es", ("SANCTION", "CAN", "IRN", "occurred")),
        ("Etiopía dio un portazo a la propuesta de Egipto.", "es", ("REJECT", "ETH", "EGY", "occurred")),
        ("La negativa de Irán a la petición de Francia fue tajante.", "es", ("REJECT", "IRN", "FRA", "occurred")),
        ("Nicaragua devolvió a Costa Rica los pescadores detenidos.", "es", ("RETREAT", "NIC", "CRI", "occurred")),
        ("China envió dos buques a aguas que reclama Vietnam.", "es", ("MOBILIZE", "CHN", "VNM", "occurred")),
        ("Le Canada a remis des ambulances à Haïti.", "fr", ("AID", "CAN", "HTI", "occurred")),
        ("Un avion omanais chargé de vivres a atterri au Népal.", "fr", ("AID", "OMN", "NPL", "occurred")),
        ("Le Japon cesse de délivrer des visas aux Russes.", "fr", ("SANCTION", "JPN", "RUS", "occurred")),
        ("La Turquie oppose un refus à la Suède.", "fr", ("REJECT", "TUR", "SWE", "occurred")),
        ("Le Nicaragua a restitué au Costa Rica le bateau saisi.", "fr", ("RETREAT", "NIC", "CRI", "occurred")),
    ],
)
def test_who_did_what_to_whom(text: str, lang: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in summaries(text, lang)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Le Canada lève les sanctions contre la Syrie.", "fr"),
        ("Le Canada a levé ses sanctions contre la Syrie.", "fr"),
        ("Canadá levanta las sanciones contra Siria.", "es"),
        ("Canadá levantó sus sanciones a Siria.", "es"),
    ],
)
def test_lifted_sanctions_are_conceded(text: str, lang: str) -> None:
    assert {kind for kind, *_ in summaries(text, lang)} == {"CONCEDE"}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Canadá acabó con las sanciones a Siria.", "es"),
        ("Canadá flexibiliza las sanciones contra Siria.", "es"),
        ("Canadá suaviza las sanciones a Siria.", "es"),
        ("Le Canada assouplit les sanctions contre la Syrie.", "fr"),
        ("Le Canada a mis fin aux sanctions contre la Syrie.", "fr"),
    ],
)
def test_sanctions_that_are_eased_are_no_new_ones(text: str, lang: str) -> None:
    assert "SANCTION" not in {kind for kind, *_ in summaries(text, lang)}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Singapur puso en alerta máxima a su fuerza aérea.", "es"),
        ("El Ejército de Singapur se encuentra en alerta.", "es"),
        ("Singapour a mis ses troupes en alerte.", "fr"),
        ("L'armée singapourienne est en alerte maximale.", "fr"),
    ],
)
def test_forces_on_alert_need_no_target(text: str, lang: str) -> None:
    assert summaries(text, lang) == {("MOBILIZE", "SGP", None, "occurred")}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Cuba golea 3-0 a Haití en la final de la copa", "es"),
        ("La sub-20 de Japón sufrió el asedio de Irak en los cuartos de final de la Copa Asiática.", "es"),
        ("Las cadenas de té chinas invaden Filipinas y desatan una guerra de precios.", "es"),
        ("Estalló una caldera en una fábrica textil de Pakistán y murieron 12 obreros.", "es"),
        ("La explosión en una mina de carbón de Turquía mató a 20 mineros.", "es"),
        ("Los atracadores dispararon al dueño de una joyería en Italia y huyeron.", "es"),
        ("Una película sobre la batalla de Vietnam contra Francia llenó los cines.", "es"),
        ("La isla que reclama China está en el norte.", "es"),
        ("Une crise cardiaque emporte un acteur turc", "fr"),
        ("Les moins de 20 ans japonais ont subi le siège de l'Irak en quart de finale de la Coupe d'Asie.", "fr"),
        ("Les enseignes de thé chinoises envahissent les Philippines: c'est la guerre des prix.", "fr"),
        ("Une chaudière a explosé dans une usine textile au Pakistan, tuant 12 ouvriers.", "fr"),
        ("Des braqueurs ont tiré sur un bijoutier en Italie avant de s'enfuir.", "fr"),
        ("Un film sur la bataille du Vietnam contre la France remplit les salles.", "fr"),
    ],
)
def test_sport_illness_trade_accidents_crime_and_films_are_no_events(text: str, lang: str) -> None:
    assert summaries(text, lang) == set()


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Murieron treinta y dos palestinos.", "es", ("killed", 32)),
        ("Vingt-deux soldats ont été tués.", "fr", ("killed", 22)),
        ("El ataque dejó ciento veinte muertos y doscientos heridos.", "es", ("injured", 200)),
        ("Murieron dos mil personas.", "es", ("killed", 2000)),
        ("Quatre-vingt-onze civils ont été tués.", "fr", ("killed", 91)),
        ("Soixante-douze personnes ont été blessées.", "fr", ("injured", 72)),
        ("Deux cents civils tués.", "fr", ("killed", 200)),
    ],
)
def test_counts_in_words_are_read(text: str, lang: str, expected: tuple[str, int]) -> None:
    assert expected in [(span.kind, span.minimum) for span in find_casualties(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Chile expulsó a un cónsul de Perú y Bolivia pidió explicaciones a Lima.", "es",
         {("SANCTION", "CHL", "PER", "occurred"), ("REQUEST", "BOL", "PER", "occurred")}),
        ("Ghana pidió a Togo que libere a los pescadores nigerianos que la policía togolesa arrestó.", "es",
         {("REQUEST", "GHA", "TGO", "occurred"), ("COERCE", "TGO", "NGA", "occurred")}),
        ("Secuestrados dos pescadores cameruneses cerca del lago Chad.", "es", {("ASSAULT", None, "CMR", "occurred")}),
        ("Salen de Chad los últimos soldados franceses.", "es", {("RETREAT", "FRA", "TCD", "occurred")}),
        ("Le Tchad a condamné la décision du Niger et sommé Niamey de rouvrir la frontière.", "fr",
         {("ACCUSE", "TCD", "NER", "occurred"), ("REQUEST", "TCD", "NER", "occurred")}),
        ("La Grèce a positionné des frégates au large de la Libye.", "fr", {("MOBILIZE", "GRC", "LBY", "occurred")}),
    ],
)  # fmt: skip
def test_acts_told_side_by_side_each_have_their_own_sides(
    text: str, lang: str, expected: set[tuple[str, str | None, str | None, str]]
) -> None:
    assert summaries(text, lang) == expected


def test_what_is_missing_is_no_event() -> None:
    assert {
        event[0]
        for event in summaries("Egipto advirtió a Sudán de que no tolerará que llene la presa sin acuerdo.", "es")
    } == {"THREATEN"}


def test_a_group_that_strikes_at_home_strikes_its_state() -> None:
    (event,) = summaries("El ELN se atribuyó el atentado en un cuartel de Cúcuta.", "es")
    assert event[:3] == ("ASSAULT", "eln", "COL")


def test_the_harm_an_attack_did_is_told_of_the_attack_and_is_no_blow_back() -> None:
    text = "Togo acusó a Ghana de haber disparado los cohetes que el lunes mataron a dos pastores e hirieron a nueve"
    told = [(summary(event)[:3], event.killed_min, event.injured_min) for event in code(text, "es").mentions]
    assert told == [(("ACCUSE", "TGO", "GHA"), None, None), (("ASSAULT", "GHA", "TGO"), 2, 9)]
