"""How long a server asks us to wait, read from its headers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.fetch import Fetched, Outcome, Unchanged, fetch_feed, open_client
from flows.feeds.waits import (
    FRESH_LIMIT_S,
    RETRY_AFTER_LIMIT_S,
    parse_http_date,
    read_fresh_for,
    read_retry_after,
)
from tests.feeds.world import NOW, Answer, build_feed, serve


def in_hours(hours: float) -> str:
    return format_datetime(NOW + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 1.5 ", 1.5),
        ("0", 0.0),
        (in_hours(1), 3600.0),
        (in_hours(-1), 0.0),
        (in_hours(9000), RETRY_AFTER_LIMIT_S),
        ("9" * 400, RETRY_AFTER_LIMIT_S),
        ("99999999999999999999999", RETRY_AFTER_LIMIT_S),
        ("-5", None),
        ("soon", None),
        ("١٢٠", None),
        ("Sun, 06 Nov 1994 08:49:37 +9999", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date_and_never_more_than_a_day(
    value: str | None, seconds: float | None
) -> None:
    assert read_retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "fresh_for_s"),
    [
        ({}, None),
        ({"cache-control": "public, max-age=300"}, 300.0),
        ({"cache-control": "MAX-AGE = 300", "age": "100"}, 200.0),
        ({"cache-control": "s-maxage=900"}, None),
        ({"cache-control": "max-age=0, must-revalidate"}, None),
        ({"cache-control": "no-store, max-age=300"}, None),
        ({"cache-control": "max-age=" + "9" * 500}, FRESH_LIMIT_S),
        ({"cache-control": "max-age=300", "expires": in_hours(1)}, 300.0),
        ({"expires": in_hours(1)}, 3600.0),
        ({"expires": in_hours(-1), "date": in_hours(-2)}, 3600.0),
        ({"expires": "0"}, None),
        ({"expires": "-1", "age": "x"}, None),
    ],
)
def test_caching_headers_tell_for_how_long_an_answer_is_fresh(
    headers: dict[str, str], fresh_for_s: float | None
) -> None:
    assert read_fresh_for(headers, NOW) == fresh_for_s


@pytest.mark.parametrize(
    "text", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_all_three_forms_of_an_http_date_are_read(text: str) -> None:
    assert parse_http_date(text) == datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20))
def test_no_header_is_too_odd_to_be_read(control: str, date: str, age: str) -> None:
    fresh = read_fresh_for({"cache-control": control, "expires": date, "date": date, "age": age}, NOW)
    assert fresh is None or 0 < fresh <= FRESH_LIMIT_S
    asked = read_retry_after(date, NOW)
    assert asked is None or 0 <= asked <= RETRY_AFTER_LIMIT_S


def test_an_outcome_says_for_how_long_it_is_fresh() -> None:
    async def run(url: str, etag: str | None) -> Outcome:
        async with open_client(allow_private_hosts=frozenset({"127.0.0.1"})) as client:
            return await fetch_feed(client, build_feed(url, etag=etag), now=NOW)

    def respond(path: str, headers: dict[str, str]) -> Answer:
        status = 304 if "if-none-match" in headers else 200
        return Answer(status=status, headers={"Cache-Control": "max-age=600", "ETag": '"a"'})

    with serve(respond) as base:
        first, second = asyncio.run(run(base, None)), asyncio.run(run(base, '"a"'))
    assert isinstance(first, Fetched)
    assert isinstance(second, Unchanged)
    assert (first.fresh_for_s, second.fresh_for_s) == (600.0, 600.0)
