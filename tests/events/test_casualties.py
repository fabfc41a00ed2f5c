"""Counts of killed and injured are read as minimum and maximum."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events.casualties import find_casualties


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Sedikitnya dua belas orang, sebagian anak-anak, tewas.", "id", [("killed", 12, None)]),
        ("Ledakan menewaskan tujuh orang dan melukai 21 lainnya.", "id", [("killed", 7, 7), ("injured", 21, 21)]),
        ("Puluhan warga terluka.", "id", [("injured", 20, None)]),
        ("Four men were killed and six others, including a nurse, were hurt.", "en",
         [("killed", 4, 4), ("injured", 6, 6)]),
        ("eight dead and 1,300 injured", "en", [("killed", 8, 8), ("injured", 1300, 1300)]),
        ("The blast killed at least 11 people.", "en", [("killed", 11, None)]),
        ("Dozens killed in the raid.", "en", [("killed", 24, None)]),
        ("between 3-5 people died", "en", [("killed", 3, 5)]),
        ("Three ships sailed in 2024.", "en", []),
        ("Murieron ciento cuatro vecinos y trescientas veintiuna personas resultaron heridas.", "es",
         [("killed", 104, 104), ("injured", 321, 321)]),
        ("Le raid a fait deux cent vingt et un morts.", "fr", [("killed", 221, 221)]),
        ("Погибли двести семнадцать человек.", "ru", [("killed", 217, 217)]),
        ("Saldırıda yüz yirmi dört kişi öldü.", "tr", [("killed", 124, 124)]),
        ("The death toll from the blast rose from 12 to 19, with 46 hurt.", "en",
         [("killed", 19, 19), ("injured", 46, 46)]),
        ("Four civilians, two of them children, were killed.", "en", [("killed", 4, 4)]),
        ("The raid claimed eight lives.", "en", [("killed", 8, 8)]),
        ("Between 18 and 20 people were killed.", "en", [("killed", 18, 20)]),
        ("With four killed and 11 wounded the convoy turned back.", "en", [("killed", 4, 4), ("injured", 11, 11)]),
        ("Enam orang, dua di antaranya anak-anak, tewas.", "id", [("killed", 6, 6)]),
        ("Enam orang termasuk tiga wanita dan seorang bayi maut.", "ms", [("killed", 6, 6)]),
        ("Una veintena de soldados murieron.", "es", [("killed", 20, 20)]),
        ("Une frappe fait douze morts et trente blessés.", "fr", [("killed", 12, 12), ("injured", 30, 30)]),
        ("Une douzaine de soldats ont été tués.", "fr", [("killed", 12, 12)]),
        ("При обстреле погибла женщина, пятеро, включая ребенка, ранены.", "ru",
         [("killed", 1, 1), ("injured", 5, 5)]),
        ("Mil doscientas treinta personas murieron.", "es", [("killed", 1230, 1230)]),
    ],
)  # fmt: skip
def test_count_is_read(text: str, lang: str, expected: list[tuple[str, int, int | None]]) -> None:
    assert [(span.kind, span.minimum, span.maximum) for span in find_casualties(text, lang)] == expected


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["killed", "12", "dead", "3-5", "people", "at least", "tewas", "İ", ",", "9,999,999"])
    ).map(" ".join)
    | st.text(max_size=60),
    st.sampled_from(["id", "en", "xx"]),
)
def test_any_text_gives_counts_in_order(text: str, lang: str) -> None:
    for span in find_casualties(text, lang):
        assert 0 <= span.start < span.end <= len(text)
        assert span.maximum is None or 0 <= span.minimum <= span.maximum


@pytest.mark.parametrize(
    ("language", "text", "killed"),
    [
        ("en", "killing a woman and her two children", 3),
        ("en", "killing a woman and injuring two children", 1),
        ("en", "Two police officers and a civilian were killed.", 3),
        ("fr", "tuant une femme et ses deux enfants", 3),
        ("ru", "погибли двое военных и трое гражданских", 5),
        ("zh", "一名妇女和两名儿童遇难", 3),
    ],
)
def test_counts_that_one_outcome_joins_are_summed(language: str, text: str, killed: int) -> None:
    assert [one.minimum for one in find_casualties(text, language) if one.kind == "killed"] == [killed]
