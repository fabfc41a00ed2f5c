"""Indonesian as its newsrooms write it: relief, alerts and refusals, counts in words, and what only sounds like war."""

import pytest

from flows.events.casualties import find_casualties
from tests.events.coding import code, summaries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Korea Selatan mengirimkan 30 ton selimut ke Filipina.", ("AID", "KOR", "PHL", "occurred")),
        ("Uni Emirat Arab membongkar muatan 200 ton beras untuk Somalia.", ("AID", "ARE", "SOM", "occurred")),
        ("Thailand menggerakkan tank ke perbatasan Kamboja.", ("MOBILIZE", "THA", "KHM", "occurred")),
        ("Jepang menyetop layanan visa untuk warga Rusia.", ("SANCTION", "JPN", "RUS", "occurred")),
        ("Belarus kena sanksi Inggris.", ("SANCTION", "GBR", "BLR", "occurred")),
        ("Jepang enggan membayar ganti rugi kepada Korea Selatan.", ("REJECT", "JPN", "KOR", "occurred")),
        ("Turki ogah menyerahkan tersangka kepada Swedia.", ("REJECT", "TUR", "SWE", "occurred")),
        ("Filipina dan Jepang memulai patroli bersama di laut.", ("COOPERATE", "PHL", "JPN", "occurred")),
    ],
)
def test_everyday_words_of_the_press_are_coded(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in summaries(text, "id")


def test_an_air_force_on_alert_needs_no_target() -> None:
    (event,) = code("Singapura menyiagakan angkatan udaranya.", "id").mentions
    assert (event.type, event.actor.code if event.actor else None, event.target) == ("MOBILIZE", "SGP", None)


@pytest.mark.parametrize(
    "text",
    [
        "Timnas U-20 Jepang digempur Irak dan disergap lewat serangan balik pada laga perempat final Piala Asia.",
        "Waralaba teh China menyerbu Filipina dan memicu perang harga antar gerai.",
        "Ledakan tabung gas di restoran Nigeria menewaskan sembilan orang.",
        "Ketel uap meledak di pabrik tekstil Pakistan, 12 pekerja tewas.",
        "Perampok menembak pemilik toko perhiasan di Italia lalu kabur membawa brankas.",
        "Film tentang pertempuran Vietnam melawan Prancis memikat penonton di layar lebar.",
        "Pulau yang diklaim China itu terletak di utara.",
    ],
)
def test_sport_trade_accidents_crime_and_films_are_no_events(text: str) -> None:
    assert not code(text, "id").mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dua puluh delapan tentara tewas.", [("killed", 28)]),
        ("Serangan itu menewaskan sembilan puluh tiga warga.", [("killed", 93)]),
        ("Seratus dua puluh orang tewas dan tujuh puluh satu luka-luka.", [("killed", 120), ("injured", 71)]),
        ("Berpuluh-puluh warga tewas.", [("killed", 20)]),
    ],
)
def test_counts_in_words_are_read(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(span.kind, span.minimum) for span in find_casualties(text, "id")] == expected


def test_a_blow_told_without_its_striker_is_not_that_of_another_land() -> None:
    text = "Menteri Turki mengecam serangan Israel di Gaza. Dua markas Jaish al-Adl di Iran digempur pada Jumat."
    blows = {one for one in summaries(text, "id") if one[0] == "ASSAULT"}
    assert blows == {("ASSAULT", "ISR", "PSE", "occurred"), ("ASSAULT", None, "jaish-al-adl", "occurred")}
