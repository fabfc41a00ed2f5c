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
        ("Cinco o seis soldados murieron.", "es", [("killed", 5, 6)]),
        ("Antara lima hingga delapan nelayan tewas.", "id", [("killed", 5, 8)]),
        ("Beş ila sekiz savaşçı öldürüldü.", "tr", [("killed", 5, 8)]),
        ("بین پنج تا هشت جنگجو کشته شدند.", "fa", [("killed", 5, 8)]),
        ("पांच से आठ लड़ाके मारे गए।", "hi", [("killed", 5, 8)]),
        ("پانچ سے آٹھ جنگجو مارے گئے۔", "ur", [("killed", 5, 8)]),
        ("قتل ما بين خمسة وثمانية مقاتلين.", "ar", [("killed", 5, 8)]),
        ("5至8名武装分子被打死。", "zh", [("killed", 5, 8)]),
        ("The toll rose from nine to 13.", "en", [("killed", 13, 13)]),
        ("Plus de 1 200 villageois ont été tués.", "fr", [("killed", 1200, None)]),
        ("Siete miembros de una misma familia murieron.", "es", [("killed", 7, 7)]),
        ("Sept membres d'une même famille sont morts.", "fr", [("killed", 7, 7)]),
        ("Tujuh anggota satu keluarga tewas.", "id", [("killed", 7, 7)]),
        ("هفت عضو یک خانواده کشته شدند.", "fa", [("killed", 7, 7)]),
        ("Yetkililer ölü sayısını 31 olarak açıkladı.", "tr", [("killed", 31, 31)]),
        ("عثر على جثث أحد عشر صيادا.", "ar", [("killed", 11, 11)]),
        ("قالت الوزارة إن 8 أشخاص قتلوا وإن 19 أصيبوا.", "ar", [("killed", 8, 8), ("injured", 19, 19)]),
        ("两名士兵遭叛军杀害，六人受伤。", "zh", [("killed", 2, 2), ("injured", 6, 6)]),
        ("袭击造成至少八人死亡,11人受伤。", "zh", [("killed", 8, None), ("injured", 11, 11)]),
        ("The guards were accused of shooting dead a shepherd.", "en", [("killed", 1, 1)]),
        ("Пограничники застрелили крестьянина.", "ru", [("killed", 1, 1)]),
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
        ("zh", "一名妇女及其两名子女丧生", 3),
        ("ru", "Пять солдат и двое мирных жителей погибли", 7),
        ("ru", "Погибли женщина и двое детей", 3),
        ("tr", "Bombardımanda beş asker ile iki sivil öldü", 7),
        ("ar", "قتل خمسة جنود ومدنيان", 7),
        ("hi", "पांच सैनिक और दो नागरिक मारे गए", 7),
        ("hi", "एक महिला और उसके दो बच्चों की मौत हो गई", 3),
        ("ur", "ایک خاتون اور اس کے دو بچے جاں بحق ہو گئے", 3),
        ("id", "Seorang perempuan dan dua anaknya tewas", 3),
        ("ms", "Seorang wanita dan dua anaknya maut", 3),
        ("es", "Una mujer y sus dos hijos murieron", 3),
    ],
)
def test_counts_that_one_outcome_joins_are_summed(language: str, text: str, killed: int) -> None:
    assert [one.minimum for one in find_casualties(text, language) if one.kind == "killed"] == [killed]
