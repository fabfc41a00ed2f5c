"""Who acts without a name takes the deed upon himself: no side named elsewhere in the text did it."""

from __future__ import annotations

import pytest

from tests.events.coding import code, summaries

# Kenya recalls its envoy to Somalia; whoever attacked before that has no name.
BEFORE = {
    "en": "Kenya recalled its ambassador to Somalia a day after gunmen killed seven people near Mandera.",
    "id": "Kenya menarik duta besarnya dari Somalia sehari setelah pria bersenjata menewaskan tujuh orang di Mandera.",
    "ms": "Kenya memanggil pulang dutanya dari Somalia selepas lelaki bersenjata membunuh tujuh orang di Mandera.",
    "ar": "استدعت كينيا سفيرها من الصومال بعد أن هاجم مسلحون مجهولون حافلة قرب مانديرا.",
    "fa": "کنیا سفیر خود را از سومالی فراخواند پس از آنکه مهاجمان به اتوبوسی در ماندرا حمله کردند.",
    "ur": "کینیا نے صومالیہ سے اپنا سفیر واپس بلا لیا جب حملہ آوروں نے ماندیرا میں بس پر حملہ کیا۔",
    "tr": "Kenya, saldırganlar Mandera yakınlarında bir otobüse saldırdıktan sonra Somali büyükelçisini geri çağırdı.",
    "es": "Kenia llamó a consultas a su embajador en Somalia después de que unos pistoleros atacaran un autobús.",
    "fr": "Le Kenya a rappelé son ambassadeur en Somalie après que des assaillants ont attaqué un bus près de Mandera.",
    "ru": "Кения отозвала посла из Сомали после того, как неизвестные напали на автобус в Мандере.",
    "zh": "肯尼亚召回驻索马里大使，此前武装分子在曼德拉袭击了一辆公交车。",
    "hi": "केन्या ने सोमालिया से अपना राजदूत वापस बुला लिया जब हमलावरों ने मंडेरा में एक बस पर हमला किया।",
}
NAMELESS = {
    "a suicide bomber": "Turkey closed its border with Syria after a suicide bomber killed nine men in Gaziantep.",
    "a bomb": "Turkey closed its border with Syria after a car bomb killed nine soldiers in Gaziantep.",
    "the sentence before": "Turkey recalled its ambassador to Syria. Masked men killed nine soldiers in Gaziantep.",
    "in a headline": "Gunmen attack Turkish post near Syria",
    "a place": "Turkey closed its border with Syria, where gunmen abducted two doctors.",
}
NAMED = {
    "before the word": ("Pakistan said Houthi militants fired rockets at an Egyptian port.", "houthi", "EGY"),
    "as who sent them": ("Gunmen from Chad attacked a village in Sudan.", "TCD", "SDN"),
    "in the sentence before": ("The Houthis claimed a raid. The rebels also fired missiles at Egypt.", "houthi", "EGY"),
    "as who shot them": ("Egyptian troops shot gunmen and killed two Libyan soldiers.", "EGY", "LBY"),
}


@pytest.mark.parametrize("lang", sorted(BEFORE))
def test_a_deed_of_somebody_unnamed_is_not_laid_at_the_main_clauses_door(lang: str) -> None:
    found = summaries(BEFORE[lang], lang)
    assert ("SANCTION", "KEN", "SOM", "occurred") in found
    assert not [event for event in found if event[0] == "ASSAULT" and event[1] is not None]


@pytest.mark.parametrize("who", sorted(NAMELESS))
def test_no_side_does_what_somebody_unnamed_did(who: str) -> None:
    assert not [event for event in summaries(NAMELESS[who]) if event[0] == "ASSAULT" and event[1] is not None]


@pytest.mark.parametrize("where", sorted(NAMED))
def test_men_that_a_side_is_named_for_stay_its_own(where: str) -> None:
    text, actor, target = NAMED[where]
    assert (actor, target) in {event[1:3] for event in summaries(text) if event[0] == "ASSAULT"}


def test_what_looks_like_a_verb_behind_after_is_a_noun_and_carries_no_subject_in_arabic() -> None:
    found = summaries("علقت كينيا المعاهدة مع الصومال بعد يوم من قتل مسلحين سبعة أشخاص قرب مانديرا.", "ar")
    assert {event[:3] for event in found} == {("SANCTION", "KEN", "SOM")}


def test_days_counted_from_a_deed_are_not_days_to_come_in_turkish() -> None:
    events = code("Mısır, saldırıdan iki gün sonra Libya büyükelçisini sınır dışı etti.", "tr").mentions
    assert [(event.type, event.status) for event in events] == [("SANCTION", "occurred")]


def test_a_state_behind_the_comma_of_an_opening_clause_acts_and_is_no_address() -> None:
    found = summaries("After a raid killed six people in Pahalgam, India closed its airspace to Pakistani planes.")
    assert ("COERCE", "IND", "PAK", "occurred") in found
