"""Any text is read without an exception, in every language, and no offset leaves it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events.code import Item, code_item
from flows.events.lexicon import lexicon_languages

# Words that set off rules, among letters of many scripts, marks that turn direction, and what is no letter at all.
SPARKS = [
    "Iran",
    "attacked",
    "menyerang",
    "Iraq",
    "对",
    "袭击",
    "伊朗",
    "کرد",
    "به",
    "ने",
    "'ya",
    "“",
    "”",
    "5",
    "\u202e",
    "\ud800",
    "\n",
    ". ",
]
TEXTS = st.lists(st.one_of(st.sampled_from(SPARKS), st.text(max_size=8)), max_size=30).map(" ".join)


@pytest.mark.parametrize("lang", lexicon_languages())
@given(text=TEXTS)
@settings(max_examples=25, deadline=None)
def test_any_text_is_read_and_offsets_stay_inside(lang: str, text: str) -> None:
    coding = code_item(Item(id="t", text=text, title="", lang=lang))
    whole = f"\n{text}"
    for event in coding.mentions:
        assert 0 <= event.evidence_start < event.evidence_end <= len(whole)
        assert whole[event.evidence_start : event.evidence_end] == event.evidence_text


@pytest.mark.parametrize("lang", ["en", "id", "zh"])
def test_a_very_long_page_ends(lang: str) -> None:
    sentence = {"en": "Iran attacked Iraq. ", "id": "Iran menyerang Irak. ", "zh": "伊朗袭击伊拉克。"}[lang]
    coding = code_item(Item(id="t", text=sentence * 1500, lang=lang))
    assert [event.type for event in coding.mentions] == ["ASSAULT"]
