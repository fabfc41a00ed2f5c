"""English constructions and the words that only sound warlike: metaphor, sport, business, history, weather, crime."""

import pytest

from tests.events.coding import code, summaries

TOLD = [
    # passives, and who is told by place or club alone
    ("The Omani envoy was ordered out of Dakar by Senegal.", "SANCTION SEN>OMN occurred"),
    ("A Peruvian reporter was detained in Chile.", "COERCE CHL>PER occurred"),
    ("The Omani tanker was set ablaze by a Houthi drone.", "ASSAULT houthi>OMN occurred"),
    ("Kenya has not withdrawn its soldiers from Somalia.", "RETREAT KEN>SOM denied"),
    # sources and origins
    ("Criticism from Oslo of the Israeli raid grew.", "ACCUSE NOR>ISR occurred"),
    ("Gunmen from Chad crossed into Sudan and killed five soldiers.", "ASSAULT TCD>SDN occurred"),
    ("A drone launched by Iran killed three Omani sailors.", "ASSAULT IRN>OMN occurred"),
    # crowds act for their land
    ("A mob set fire to the Danish embassy in Tunis.", "ASSAULT TUN>DNK occurred"),
    ("Thousands rallied in Nairobi against Uganda.", "PROTEST KEN>UGA occurred"),
    ("Hundreds protested outside the Danish embassy in Oslo.", "PROTEST NOR>DNK occurred"),
    # what an accusation leaves out
    ("Kenya accused a Ugandan patrol of ramming a boat on Friday.", "ASSAULT UGA>KEN alleged"),
    ("Sudan's accusation that Chad shelters rebels was repeated in Addis Ababa.", "ACCUSE SDN>TCD occurred"),
    # clauses side by side
    ("Chad bombed a Sudanese camp and Kenya condemned the raid.", "ASSAULT TCD>SDN occurred"),
    ("Chad bombed a Sudanese camp, and Kenya lodged a protest with Chad.", "ACCUSE KEN>TCD occurred"),
    # history stays where it is said
    ("Cuba marked sixty years since the invasion and thanked Vietnam.", "SUPPORT CUB>VNM occurred"),
    ("On the anniversary of the war, Cuba thanked Vietnam.", "SUPPORT CUB>VNM occurred"),
    ("Chad and Libya, foes since the war of 1987, signed a water treaty on Friday.", "SUPPORT TCD>LBY occurred"),
    # conditions without "if"
    ("Should Chad attack Sudan, Egypt would send troops.", "ASSAULT TCD>SDN hypothetical"),
    ("A Chadian attack on Sudan would draw in Egypt.", "ASSAULT TCD>SDN hypothetical"),
    # what is ended is no act of its own
    ("Kenya suspended fishing talks with Uganda.", "SANCTION KEN>UGA occurred"),
    # the speaker, wherever he stands
    ('"We regret the deaths of the herders," Kenya\'s ministry told Uganda.', "CONCEDE KEN>UGA occurred"),
    ("Any raid by Chad will be answered, Sudan warned.", "THREATEN SDN>TCD occurred"),
]


def _told(text: str) -> set[str]:
    return {f"{t} {a or '?'}>{b or '?'} {status}" for t, a, b, status in summaries(text)}


@pytest.mark.parametrize(("text", "wanted"), TOLD, ids=[text[:40] for text, _ in TOLD])
def test_a_construction_is_read_as_a_person_reads_it(text: str, wanted: str) -> None:
    assert wanted in _told(text)


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("Chad bombed a Sudanese camp and Kenya condemned the raid.", "ACCUSE KEN>SDN"),
        ("Kenya suspended fishing talks with Uganda.", "CONSULT"),
        ("Sweden lifted its freeze on aid to Chad.", "SANCTION"),
        ("Kenya's tariffs were an answer to Uganda's duties on maize.", "planned"),
        ("Norway denied blocking the British embargo on Chad.", "SANCTION GBR>TCD denied"),
        ("Kenya closed a road into Uganda after a quarrel over detained traders.", "COERCE KEN>UGA alleged"),
    ],
)
def test_what_a_sentence_does_not_tell_is_not_read_into_it(text: str, unwanted: str) -> None:
    assert not any(unwanted in told for told in _told(text))


def test_what_somebody_calls_something_in_quotes_is_no_deed() -> None:
    told = _told("Chad's army filmed what it called 'terrorist targets' near bases of a militia inside Sudan.")
    assert told == set()


OTHER_NEWS = [
    # sport
    "Ghana hammered Togo 4-0 in the final with three late goals.",
    "India's batters pounded Australia's bowlers before the tea break.",
    "The Danish captain shot down talk of a transfer before the final.",
    "Brazil withdrew two injured players from the tournament.",
    "Kenya's runners swept the medals in the marathon.",
    # business
    "A Japanese carmaker recalled a million vehicles over faulty brakes.",
    "Shares in a Swiss bank were battered after a weak quarter.",
    "Brazil's exports to China rose by a tenth in March.",
    "A German airline ordered fifty jets from a French maker.",
    # metaphor
    "The new novel bombards its readers with a torrent of images.",
    "The budget came under fire from economists in Lisbon.",
    "A heat wave besieged towns across southern Spain.",
    # nature and accident
    "A bear attacked a hiker in the mountains of Romania.",
    "The Greek islands were battered by a storm that sank three yachts.",
    "Two trains collided in India, killing nine passengers.",
    "A fire at a factory in Portugal killed five workers.",
    # crime and court
    "German police arrested a man who robbed a bank in Cologne.",
    "A French court fined a driver for speeding.",
    # culture and history
    "A film about the Korean War broke box office records.",
    "Divers found the wreck of a galleon off Cuba.",
    "Swiss scientists released a study of Alpine glaciers.",
    "The king of Spain opened an exhibition of old maps.",
]


@pytest.mark.parametrize("text", OTHER_NEWS)
def test_warlike_words_of_other_news_are_no_events(text: str) -> None:
    assert [event.type for event in code(text).mentions] == []
