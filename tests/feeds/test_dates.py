"""Dates as newsrooms write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.feeds.dates import date_from_solar_hijri, parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 23 Nov 2026 10:00:00 WIB", "2026-11-23T03:00"),
        ("Mon, 23 Nov 2026 10:00:00 WITA", "2026-11-23T02:00"),
        ("Mon, 23 Nov 2026 10:00:00 WIT", "2026-11-23T01:00"),
        ("Mon, 23 Nov 2026 10:00:00 PKT", "2026-11-23T05:00"),
        ("Mon, 23 Nov 2026 10:00:00 IRST", "2026-11-23T06:30"),
        ("Mon, 23 Nov 2026 10:00:00 MSK", "2026-11-23T07:00"),
        ("Tue, 23 Jun 2026 10:00:00 CEST", "2026-06-23T08:00"),
        ("Mon, 23 Nov 2026 10:00 GMT+7", "2026-11-23T03:00"),
        ("23 Nov 26 10:00:00 -0500", "2026-11-23T15:00"),
        ("Mon Nov 23 10:00:00 UTC 2026", "2026-11-23T10:00"),
        ("November 23, 2026 10:05 PM EST", "2026-11-24T03:05"),
        ("2026-11-23T10:00:00.5+03:30", "2026-11-23T06:30"),
        ("2026-11-23 10:00:00", "2026-11-23T10:00"),
        ("2026-11-23", "2026-11-23T00:00"),
        ("20261123T100000Z", "2026-11-23T10:00"),
        ("Senin, 23 Agustus 2021 | 14.30 WIB", "2021-08-23T07:30"),
        ("23 Pebruari 2021 07:00 WIB", "2021-02-23T00:00"),
        ("۲۶ دی ۱۴۰۲ ۱۰:۳۰ IRST", "2024-01-16T07:00"),
        ("1402/10/26 10:30 +0330", "2024-01-16T07:00"),
        ("2026年11月23日", "2026-11-23T00:00"),
        ("2026年11月23日 下午3:05 +0800", "2026-11-23T07:05"),
        ("16 января 2024, 10:00 MSK", "2024-01-16T07:00"),
        ("16 يناير 2024", "2024-01-16T00:00"),
        ("16 Ocak 2024 10:00 TRT", "2024-01-16T07:00"),
        ("1705399200", "2024-01-16T10:00"),
        ("1705399200000", "2024-01-16T10:00"),
        ("23/11/2026 10:00", "2026-11-23T10:00"),
        ("Mon, 23 Nov 2026 10:00:00 GMT", "2026-11-23T10:00"),
        ("mon, 3 nov 2026 10:00:59 +05:30", "2026-11-03T04:30:59"),
        ("Mon, 23 Nov 98 10:00:00 +0700", "1998-11-23T03:00"),
        ("Senin, 5 Agustus 2024 08.15 WIB", "2024-08-05T01:15"),
        ("١٦ يناير ٢٠٢٤", "2024-01-16T00:00"),
    ],
)
def test_a_date_is_read(text: str, expected: str) -> None:
    assert parse_date(text) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "0001-01-01T00:00:00", "Thu, 01 Jan 1970 00:00:00 GMT", "2026-13-45", "30 Feb 2026"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_time_without_zone_is_local() -> None:
    assert parse_date("2026-11-23 10:00", default_zone=timezone(timedelta(hours=7))) == datetime(
        2026, 11, 23, 3, tzinfo=UTC
    )


def test_solar_hijri_new_years_are_right() -> None:
    days = [date_from_solar_hijri(year, 1, 1).date().isoformat() for year in (1399, 1400, 1403, 1404, 1405)]
    assert days == ["2020-03-20", "2021-03-21", "2024-03-20", "2025-03-21", "2026-03-21"]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    instant = parse_date(text)
    assert instant is None or instant.utcoffset() == timedelta(0)


@settings(deadline=None)
@given(st.integers(632_000_000, 4_000_000_000), st.integers(-12 * 60, 14 * 60))
def test_iso_instants_survive_writing_and_reading(epoch_s: int, minutes: int) -> None:
    instant = datetime.fromtimestamp(epoch_s, timezone(timedelta(minutes=minutes)))
    assert parse_date(instant.isoformat()) == instant


@settings(deadline=None)
@given(st.integers(632_000_000, 4_000_000_000), st.integers(-14 * 60, 14 * 60))
def test_instants_survive_being_written_as_mail_writes_them(epoch_s: int, minutes: int) -> None:
    instant = datetime.fromtimestamp(epoch_s, timezone(timedelta(minutes=minutes)))
    assert parse_date(format_datetime(instant)) == instant


@pytest.mark.parametrize("text", ["Hari ini", "Hari ini, 10:30 WIB", "Today 10:00", "2 jam lalu", "kemarin", "امروز"])
def test_a_day_told_by_the_moment_of_reading_is_not_guessed(text: str) -> None:
    assert parse_date(text) is None
