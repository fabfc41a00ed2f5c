"""Who speaks of another's deed is neither its doer nor its sufferer, and who mediates is no party."""

from __future__ import annotations

import pytest

from flows.events.code import Item, code_item

# Norway condemns an attack of the Houthis on Egypt: the words hit the Houthis, the deed hits Egypt.
CONDEMNED = {
    "en": "Norway condemned the Houthi missile attack on the Egyptian port of Suez, which wounded six sailors.",
    "id": "Norwegia mengecam serangan rudal kelompok Houthi ke Pelabuhan Suez, Mesir, yang melukai enam pelaut.",
    "ms": "Norway mengutuk serangan dron Houthi ke atas Pelabuhan Suez di Mesir yang mencederakan enam kelasi.",
    "fr": "La Norvège a condamné l'attaque des Houthis contre le port égyptien de Suez, qui a blessé six marins.",
    "es": "Noruega expresó su condena por el ataque de los hutíes contra el puerto egipcio de Suez.",
    "ar": "أعربت النرويج عن إدانتها لهجوم الحوثيين على ميناء السويس المصري الذي أدى إلى إصابة ستة بحارة.",
    "hi": "नॉर्वे ने मिस्र के स्वेज़ बंदरगाह पर हूती विद्रोहियों के मिसाइल हमले की निंदा की।",
    "ur": "ناروے نے مصر کی بندرگاہ سویز پر حوثی باغیوں کے میزائل حملے کی مذمت کی۔",
    "tr": "Norveç, Husilerin Mısır'daki Süveyş Limanı'na düzenlediği füze saldırısını kınadı.",
    "ru": "Норвегия осудила атаку хуситов на египетский порт Суэц.",
    "zh": "挪威谴责胡塞武装用导弹袭击埃及苏伊士港。",
}


def _sides(text: str, lang: str, type_name: str) -> set[tuple[str | None, str | None]]:
    found = code_item(Item(id="1", text=text, lang=lang)).mentions
    return {
        (event.actor.code if event.actor else None, event.target.code if event.target else None)
        for event in found
        if event.type == type_name
    }


@pytest.mark.parametrize("lang", sorted(CONDEMNED))
def test_who_condemns_an_attack_is_not_attacked_and_condemns_the_attacker(lang: str) -> None:
    text = CONDEMNED[lang]
    assert _sides(text, lang, "ASSAULT") == {("houthi", "EGY")}
    assert _sides(text, lang, "ACCUSE") == {("NOR", "houthi")}


def test_who_condemns_an_attack_on_itself_stays_attacked() -> None:
    text = "Egypt condemned the Houthi missile attack on Egypt."
    assert _sides(text, "en", "ASSAULT") == {("houthi", "EGY")}
    assert _sides(text, "en", "ACCUSE") == {("EGY", "houthi")}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Con la mediación de Omán, Chad y Sudán acordaron el martes reabrir su frontera."),
        ("id", "Dengan mediasi Oman, Chad dan Sudan sepakat membuka kembali perbatasan."),
        ("ms", "Menerusi orang tengah Oman, Chad dan Sudan bersetuju membuka semula sempadan."),
        ("en", "Chad and Sudan agreed to reopen their border in talks brokered by Oman."),
        ("ru", "При посредничестве Омана Чад и Судан договорились вновь открыть границу."),
    ],
)
def test_who_mediates_is_no_party_to_what_is_agreed(lang: str, text: str) -> None:
    ((one, other),) = _sides(text, lang, "AGREE")
    assert {one, other} == {"TCD", "SDN"}


def test_both_sides_of_chinese_talks_are_not_the_mediator() -> None:
    found = code_item(
        Item(
            id="1",
            title="阿曼斡旋下 乍得与苏丹会谈",
            text="在阿曼斡旋下，乍得和苏丹举行会谈，双方同意重开边境。",
            lang="zh",
        )
    ).mentions
    named = {side.code for event in found for side in (event.actor, event.target) if side}
    assert named == {"TCD", "SDN"}


def test_an_office_at_the_end_of_a_headline_has_no_state_in_the_line_below() -> None:
    found = code_item(
        Item(
            id="1",
            title="Dua Negara Buka Saluran Militer",
            text="Chad dan Sudan sepakat membuka perbatasan.",
            lang="id",
        )
    ).mentions
    assert {(event.actor and event.actor.code, event.target and event.target.code) for event in found} == {
        ("TCD", "SDN")
    }


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Chad demanded that Sudan release eleven Chadian soldiers."),
        ("id", "Chad mendesak Sudan membebaskan sebelas sopir truk Chad."),
        ("fr", "Le Tchad a exigé du Soudan la libération de onze routiers tchadiens."),
        ("es", "Chad exigió a Sudán la liberación de once soldados chadianos."),
    ],
)
def test_to_demand_a_release_eases_however_sternly_it_is_said(lang: str, text: str) -> None:
    found = [event for event in code_item(Item(id="1", text=text, lang=lang)).mentions if event.type == "REQUEST"]
    assert [event.direction for event in found] == ["de-escalation"]


def test_to_demand_an_apology_stays_escalation() -> None:
    (event,) = code_item(Item(id="1", text="Chad demanded an apology from Sudan.", lang="en")).mentions
    assert (event.type, event.direction) == ("REQUEST", "escalation")
