"""Fifteen kinds of sentences that naive coders get wrong, in two languages, each with what a good coder says."""

import pytest

from tests.events.coding import code, summaries

ONE_BY_ONE: list[tuple[str, str, str, str]] = [
    (
        "threatened, not done",
        "id",
        "Iran mengancam akan menyerang pangkalan Irak.",
        "THREATEN IRN>IRQ occurred",
    ),
    ("threatened, not done", "en", "Iran threatened to strike Iraqi bases.", "THREATEN IRN>IRQ occurred"),
    ("denial", "id", "Chad membantah telah menyerang Sudan.", "ASSAULT TCD>SDN denied"),
    ("denial", "en", "Chad denied attacking Sudan.", "ASSAULT TCD>SDN denied"),
    (
        "nested accusation",
        "id",
        "Sudan menuduh Chad menembaki Darfur.",
        "ACCUSE SDN>TCD occurred; ASSAULT TCD>SDN alleged",
    ),
    (
        "nested accusation",
        "en",
        "Sudan accused Chad of shelling Darfur.",
        "ACCUSE SDN>TCD occurred; ASSAULT TCD>SDN alleged",
    ),
    (
        "refused peace",
        "id",
        "Eritrea menolak gencatan senjata dengan Ethiopia.",
        "REJECT ERI>ETH occurred",
    ),
    ("refused peace", "en", "Eritrea rejected a ceasefire with Ethiopia.", "REJECT ERI>ETH occurred"),
    (
        "agentless passive",
        "id",
        "Dua tentara Prancis tewas dalam serangan drone di Irak.",
        "ASSAULT ?>FRA occurred",
    ),
    (
        "agentless passive",
        "en",
        "Two French soldiers were killed in a drone attack in Iraq.",
        "ASSAULT ?>FRA occurred",
    ),
    (
        "history",
        "id",
        "Setahun setelah invasi Irak ke Kuwait, warga berkumpul.",
        "ASSAULT IRQ>KWT historical",
    ),
    (
        "history",
        "en",
        "Two years after Iraq invaded Kuwait, families gathered.",
        "ASSAULT IRQ>KWT historical",
    ),
    (
        "thwarted plot",
        "id",
        "Polisi Turki menggagalkan rencana serangan ISIS.",
        "COERCE TUR>islamic-state occurred; ASSAULT islamic-state>TUR planned",
    ),
    (
        "thwarted plot",
        "en",
        "Turkish police foiled an ISIS plot to attack Ankara.",
        "COERCE TUR>islamic-state occurred; ASSAULT islamic-state>TUR planned",
    ),
    (
        "condition",
        "id",
        "Jika India menyerang Nepal, China akan membalas.",
        "ASSAULT IND>NPL hypothetical; THREATEN CHN>IND hypothetical",
    ),
    (
        "condition",
        "en",
        "If India attacks Nepal, China will retaliate.",
        "ASSAULT IND>NPL hypothetical; THREATEN CHN>IND hypothetical",
    ),
    (
        "nominal chain",
        "id",
        "Kecaman Malaysia atas serangan Israel ke Rafah.",
        "ACCUSE MYS>ISR occurred; ASSAULT ISR>PSE occurred",
    ),
    (
        "nominal chain",
        "en",
        "Malaysia's condemnation of Israel's attack on Rafah was sharp.",
        "ACCUSE MYS>ISR occurred; ASSAULT ISR>PSE occurred",
    ),
    (
        "relative clause",
        "id",
        "Kapal Norwegia yang diserang Houthi itu berlayar dari Belanda.",
        "ASSAULT houthi>NOR occurred",
    ),
    (
        "relative clause",
        "en",
        "The Norwegian ship, which the Houthis attacked, had sailed from the Netherlands.",
        "ASSAULT houthi>NOR occurred",
    ),
    ("sport", "id", "Timnas Malaysia gempur Laos 4-0.", ""),
    ("sport", "en", "Brazil attacked from the start and scored two late goals against Chile.", ""),
    ("other sense", "id", "Menteri Kenya meninggal akibat serangan jantung.", ""),
    ("other sense", "en", "Kenya's minister died of a heart attack.", ""),
    ("other sense", "en", "Rail workers strike in Belgium over pay.", "PROTEST BEL>? occurred"),
    (
        "one verb, two polarities",
        "id",
        "Mesir menarik pasukan dari Sudan tetapi menarik dubes dari Chad.",
        "RETREAT EGY>SDN occurred; SANCTION EGY>TCD occurred",
    ),
    (
        "one verb, two polarities",
        "en",
        "Egypt withdrew troops from Sudan but recalled its ambassador from Chad.",
        "RETREAT EGY>SDN occurred; SANCTION EGY>TCD occurred",
    ),
    ("headline ellipsis", "id", "Rudal Houthi Hantam Kapal Yunani", "ASSAULT houthi>GRC occurred"),
    ("headline ellipsis", "en", "Houthi Missile Hits Greek Ship", "ASSAULT houthi>GRC occurred"),
]


IDS = [f"{kind}-{lang}-{i}" for i, (kind, lang, *_) in enumerate(ONE_BY_ONE)]


@pytest.mark.parametrize(
    ("kind", "lang", "text", "wanted"),
    ONE_BY_ONE,
    ids=IDS,
)
def test_a_hard_sentence_is_read_as_a_person_reads_it(kind: str, lang: str, text: str, wanted: str) -> None:
    told = {f"{t} {a or '?'}>{b or '?'} {status}" for t, a, b, status in summaries(text, lang)}
    assert told == {part for part in wanted.split("; ") if part}, kind


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("id", "Oman menengahi gencatan senjata antara Israel dan Hamas."),
        ("en", "Oman brokered a truce between Israel and Hamas."),
    ],
)
def test_a_mediator_is_no_party(lang: str, text: str) -> None:
    (event,) = code(text, lang).mentions
    assert event.actor is not None
    assert event.target is not None
    assert (event.actor.code, event.target.code, event.is_symmetric) == ("ISR", "hamas", True)
    assert event.direction == "de-escalation"


@pytest.mark.parametrize(
    ("lang", "text"),
    [("id", "India dan China saling menembak di perbatasan."), ("en", "India and China exchanged fire at the border.")],
)
def test_what_both_do_to_each_other_is_one_symmetric_event(lang: str, text: str) -> None:
    (event,) = code(text, lang).mentions
    assert (event.type, event.is_symmetric) == ("ASSAULT", True)


def test_where_a_passive_happened_is_its_place_and_not_its_target() -> None:
    (event,) = code("Two French soldiers were killed in a drone attack in Iraq.").mentions
    assert (event.place_country_code, event.killed_min) == ("IRQ", 2)


def test_a_group_struck_abroad_counts_for_the_soil_it_was_struck_on() -> None:
    (event,) = code("Serangan Turki terhadap PKK di Irak menewaskan lima orang pada Jumat (14/3).", "id").mentions
    assert event.target is not None
    assert (event.target.code, event.target.country_code, event.killed_min) == ("pkk", "IRQ", 5)


def test_who_only_says_so_is_no_target() -> None:
    (event,) = code(
        "North Korea fired a ballistic missile toward the East Sea on Friday, South Korea's army said."
    ).mentions
    assert event.type == "MOBILIZE"
    assert event.target is None


def test_talks_that_are_called_off_are_refused_and_not_held() -> None:
    told = code("Talks between Chad and Sudan planned for Monday have been called off, the presidency said.").mentions
    assert [(event.type, event.is_symmetric) for event in told] == [("REJECT", True)]


def test_an_anniversary_is_no_new_attack() -> None:
    told = code("Kuwaitis on Friday marked the 30th anniversary of the invasion by Iraqi forces.").mentions
    assert {event.status for event in told} <= {"historical"}
