"""Malay as Malaysian newsrooms write it: its own words for yesterday, for offices, for harm and for who says so."""

from datetime import UTC, date, datetime

import pytest

from flows.events.casualties import find_casualties
from flows.events.sides import find_sides
from flows.events.times import find_times
from tests.events.coding import code, summaries

PUBLISHED = datetime(2025, 3, 16, tzinfo=UTC)  # a Sunday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("semalam", date(2025, 3, 15)),
        ("awal pagi semalam", date(2025, 3, 15)),
        ("malam tadi", date(2025, 3, 15)),
        ("kelmarin", date(2025, 3, 14)),
        ("pagi tadi", date(2025, 3, 16)),
        ("esok", date(2025, 3, 17)),
        ("Khamis lalu", date(2025, 3, 13)),
        ("pada 3 Ogos 2024", date(2024, 8, 3)),
        ("tiga hari lalu", date(2025, 3, 13)),
    ],
)
def test_days_are_those_of_malay_usage(text: str, expected: date) -> None:
    assert expected in [span.starts_on for span in find_times(f"Delegasi tiba {text}.", "ms", PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sekurang-kurangnya 14 penduduk maut dan lapan yang lain cedera parah.", [("killed", 14), ("injured", 8)]),
        ("Letupan itu meragut 59 nyawa dan mencederakan 157 yang lain.", [("killed", 59), ("injured", 157)]),
        ("Seramai enam askar terkorban.", [("killed", 6)]),
        ("Beratus-ratus orang tercedera.", [("injured", 200)]),
        ("Tiga puluh empat askar maut.", [("killed", 34)]),
        ("Serangan itu mengorbankan lima puluh dua penduduk.", [("killed", 52)]),
        ("Sembilan ratus orang tercedera.", [("injured", 900)]),
    ],
)
def test_tolls_are_read(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(span.kind, span.minimum) for span in find_casualties(text, "ms")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Menteri Luar Perancis", ["FRA"]),
        ("rejim Zionis", ["ISR"]),
        ("Emiriah Arab Bersatu", ["ARE"]),
        ("Setiausaha Agung PBB", ["UNO"]),
        ("Pasukan Sokongan Pantas", ["rapid-support-forces"]),
        ("jurucakap Wisma Putra", ["MYS"]),
        ("Perdana Menteri, Datuk Seri Anwar Ibrahim", ["MYS"]),
        ("pengundi di Amerika Latin", []),
    ],
)
def test_sides_are_known_by_their_malay_names(text: str, expected: list[str]) -> None:
    assert sorted({span.code for span in find_sides(text, "ms")}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sebuah kampung di Chad dibedil tentera Sudan.", ("ASSAULT", "SDN", "TCD", "occurred")),
        ("Kenya bebas enam nelayan Tanzania", ("RETREAT", "KEN", "TZA", "occurred")),
        ("Mesir menafikan tenteranya mengebom Sudan.", ("ASSAULT", "EGY", "SDN", "denied")),
        ("Uganda mengecam Rwanda kerana menyerang Congo.", ("ASSAULT", "RWA", "COD", "occurred")),
        ("Sudan digesa Kesatuan Afrika supaya menahan diri.", ("REQUEST", "AFU", "SDN", "occurred")),
        ("Peru mahu Bolivia buka sempadan.", ("REQUEST", "PER", "BOL", "occurred")),
        ("Perdana Menteri Laos dijadualkan melawat Nepal esok.", ("CONSULT", "LAO", "NPL", "planned")),
        ("Oman menerbangkan bekalan makanan untuk mangsa di Nepal.", ("AID", "OMN", "NPL", "occurred")),
        ("Qatar mengagihkan khemah kepada pelarian Sudan.", ("AID", "QAT", "SDN", "occurred")),
        ("Jepun berhenti mengeluarkan visa kepada rakyat Rusia.", ("SANCTION", "JPN", "RUS", "occurred")),
        ("Kanada kena sekatan ke atas pegawai Iran.", ("SANCTION", "CAN", "IRN", "occurred")),
        ("Jepun enggan membayar pampasan kepada Korea Selatan.", ("REJECT", "JPN", "KOR", "occurred")),
        ("Serbia tidak mahu menerima pelan PBB.", ("REJECT", "SRB", "UNO", "occurred")),
        ("Filipina dan Jepun memulakan peronda bersama di laut.", ("COOPERATE", "PHL", "JPN", "occurred")),
    ],
)
def test_clauses_are_read(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in summaries(text, "ms")


def test_a_ban_that_is_lifted_is_no_ban() -> None:
    told = summaries("Peru menarik balik larangan terhadap kapal Chile.", "ms")
    assert {kind for kind, *_ in told} == {"CONCEDE"}


@pytest.mark.parametrize(
    "text",
    [
        "Laos gempur Brunei 5-1 dalam perlawanan Piala Suzuki di stadium utama.",
        "Menteri Laos dikejarkan ke hospital akibat serangan jantung.",
        "Perang harga tiket penerbangan antara syarikat Thailand menguntungkan pelancong.",
        "Skuad bawah 20 tahun Jepun digempur Iraq dalam aksi suku akhir Piala Asia.",
        "Rangkaian teh China serbu Filipina, cetus perang harga.",
        "Letupan tong gas di restoran Nigeria mengorbankan sembilan orang.",
        "Perompak menembak pemilik kedai barang kemas di Itali dan melarikan wang tunai.",
        "Filem mengenai pertempuran Vietnam menentang Perancis menarik penonton ke panggung.",
        "Pulau yang dituntut China itu terletak di utara.",
    ],
)
def test_sport_illness_trade_accidents_crime_and_films_are_no_events(text: str) -> None:
    assert not code(text, "ms").mentions
