"""Times are read against publication, or told from another event."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events.times import find_times, resolve_relative
from flows.events.times.calendar import solar_hijri_date
from tests.events.coding import code

PUBLISHED = datetime(2024, 1, 20, 9, tzinfo=UTC)  # a Saturday


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Ia tiba Jumat (19/1).", "id", date(2024, 1, 19)),
        ("Kapal itu karam Kamis pagi.", "id", date(2024, 1, 18)),
        ("Mereka pulang kemarin.", "id", date(2024, 1, 19)),
        ("Sidang dibuka pada 31 Mei mendatang.", "id", date(2024, 5, 31)),
        ("Rapat digelar 16 Januari 2023.", "id", date(2023, 1, 16)),
        ("They left on Friday.", "en", date(2024, 1, 19)),
        ("They will meet on Monday.", "en", date(2024, 1, 22)),
        ("It opened on December 30.", "en", date(2023, 12, 30)),
        ("It opened on January 16.", "en", date(2024, 1, 16)),
        ("Dated 2023-11-05.", "en", date(2023, 11, 5)),
        ("Two days ago it rained.", "en", date(2024, 1, 18)),
    ],
)
def test_day_is_resolved(text: str, lang: str, expected: date) -> None:
    [span] = find_times(text, lang, PUBLISHED)
    assert span.starts_on == expected
    assert span.precision == "day"


@pytest.mark.parametrize(
    ("text", "lang", "starts_on", "ends_on", "precision"),
    [
        ("Pekan lalu sepi.", "id", date(2024, 1, 8), date(2024, 1, 15), "week"),
        ("Kunjungan bulan depan.", "id", date(2024, 2, 1), date(2024, 3, 1), "month"),
        ("It began two years ago.", "en", date(2022, 1, 1), date(2023, 1, 1), "year"),
        ("It began in 2019.", "en", date(2019, 1, 1), date(2020, 1, 1), "year"),
    ],
)
def test_longer_times_are_intervals(text: str, lang: str, starts_on: date, ends_on: date, precision: str) -> None:
    [span] = find_times(text, lang, PUBLISHED)
    assert (span.starts_on, span.ends_on, span.precision) == (starts_on, ends_on, precision)


@pytest.mark.parametrize(
    ("text", "lang", "offset"),
    [("three days after the vote", "en", 3), ("sehari setelah sidang", "id", 1), ("dua hari sebelum sidang", "id", -2)],
)
def test_time_told_from_another_event_needs_its_day(text: str, lang: str, offset: int) -> None:
    [span] = find_times(text, lang, PUBLISHED)
    assert (span.kind, span.offset_days, span.starts_on) == ("anaphoric", offset, None)
    resolved = resolve_relative(span, date(2024, 1, 10))
    assert resolved.starts_on == date(2024, 1, 10 + offset)


def test_months_that_are_words_need_their_capital_and_day() -> None:
    assert find_times("they may march on", "en", PUBLISHED) == []


def test_weekday_without_publication_has_no_date() -> None:
    [span] = find_times("on Friday", "en", None)
    assert span.starts_on is None


def test_solar_hijri_new_year_is_in_march() -> None:
    assert solar_hijri_date(1403, 1, 1) == date(2024, 3, 20)
    assert solar_hijri_date(1402, 10, 29) == date(2024, 1, 19)
    assert solar_hijri_date(1402, 13, 1) is None


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("0123456789/-(). aJumat年月日day ago setelahMaİ۲९"), max_size=60)
    | st.text(max_size=60),
    st.sampled_from(["id", "en", "zh", "xx"]),
    st.datetimes() | st.none(),
)
def test_any_text_gives_spans_that_fit(text: str, lang: str, published: datetime | None) -> None:
    end = 0
    for span in find_times(text, lang, published):
        assert end <= span.start < span.end <= len(text)
        assert (span.starts_on is None) == (span.ends_on is None)
        assert span.starts_on is None or span.ends_on is None or span.starts_on < span.ends_on
        end = span.end


def test_a_day_that_owns_the_noun_of_another_deed_is_that_deeds_alone() -> None:
    found = {event.type: event.starts_on for event in code("Kenya condemned Tuesday's attack by Somalia.").mentions}
    assert found == {"ACCUSE": date(2025, 3, 16), "ASSAULT": date(2025, 3, 11)}


def test_what_is_due_to_an_attack_is_no_plan() -> None:
    (event,) = code("Two children were killed due to the Egyptian air strike in Sudan.").mentions
    assert event.status == "occurred"
