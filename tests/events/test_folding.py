"""Texts are folded the same whether whole or in pieces, and few names are found as many are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flows.events.folding import Answers, translate
from flows.events.sides import matching
from flows.events.sides.matching import FEW, NameMatcher

UPPER: Answers[int, str] = Answers(lambda code: chr(code).upper()[0])
NAMES = ("Iran", "Iran Barat", "Irak", "Oman", "Omani", "AS", "Île d'Yeu", "Sino-", "ʼIbri", "al-Hasa", "中")


@given(st.text(), st.text(alphabet="aZ’é -中", max_size=40))
def test_a_text_in_pieces_is_translated_as_the_whole_is(text: str, other: str) -> None:
    for whole in (text, other, f"plain words before it: {text}", f"{'Plain words. ' * 30}{other}"):
        assert translate(whole, UPPER) == whole.translate(UPPER)


@given(
    st.lists(
        st.sampled_from([*NAMES, "iran", "Iran Bar", "oman", "hasa", " ", " ", ",", "-", "dan", "x", "\u0301"]),
        max_size=30,
    )
)
def test_few_names_are_found_as_many_are(pieces: list[str]) -> None:
    text = "".join(pieces)
    others = [f"Nowhere{number}" for number in range(FEW)]
    few, many = NameMatcher((name, name) for name in NAMES), NameMatcher((name, name) for name in (*NAMES, *others))
    assert len(few) <= FEW < len(many)
    assert few.find_longest(text) == many.find_longest(text)
    assert all(matching.fold(text[start:end]) == matching.fold(name) for start, end, name in few.find_longest(text))
