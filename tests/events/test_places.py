"""Places are found with their country and coordinates, and words that are also cities are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events.places import find_places


@pytest.mark.parametrize(
    ("text", "lang", "name", "code", "precision"),
    [
        ("Ledakan di wilayah Saravan.", "id", "Saravan", "IRN", "city"),
        ("Gempuran di provinsi Balochistan.", "id", "Balochistan", "PAK", "region"),
        ("Drones fell near Zakho.", "en", "Zakho", "IRQ", "city"),
        ("A blast in Surabaya.", "en", "Surabaya", "IDN", "city"),
        ("A ship sank in the Red Sea.", "en", "Red Sea", None, "region"),
        ("It happened in Yemen.", "en", "Yemen", "YEM", "country"),
        ("Обстрел в Белгороде.", "ru", "Белгороде", "RUS", "city"),
    ],
)
def test_place_has_its_country(text: str, lang: str, name: str, code: str | None, precision: str) -> None:
    found = {place.name: place for place in find_places(text, lang)}
    assert (found[name].country_code, found[name].precision) == (code, precision)


@pytest.mark.parametrize(
    ("text", "lang"), [("Lima orang punya rasa takut.", "id"), ("A nice reading of the data.", "en")]
)
def test_plain_word_is_no_place(text: str, lang: str) -> None:
    assert find_places(text, lang) == []


def test_known_place_lies_where_it_should() -> None:
    [place] = find_places("Rockets hit Kherson.", "en")
    assert place.latitude == pytest.approx(46.6, abs=0.5)
    assert place.longitude == pytest.approx(32.6, abs=0.5)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["id", "en", "ar", "zh", "xx"]))
def test_offsets_fit_any_text(text: str, lang: str) -> None:
    for place in find_places(text, lang):
        assert 0 <= place.start < place.end <= len(text)
        assert text[place.start : place.end] == place.name
