"""What publishers say of their own rhythm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.hints import Hints, read_hints
from flows.feeds.parse import parse_feed
from tests.feeds.world import NOW, build_feed

ITEM = "<item><title>x</title><ttl>7</ttl></item>"


def channel(hints: str) -> str:
    return (
        '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title>'
        f"{hints}{ITEM}</channel></rss>"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<ttl>30</ttl>", Hints(ttl_s=1800)),
        ("<ttl><![CDATA[ 5 ]]></ttl>", Hints(ttl_s=300)),
        ("<ttl>0</ttl>", Hints()),
        ("<ttl>soon</ttl>", Hints()),
        ("<!-- <ttl>30</ttl> -->", Hints()),
        ("<sy:updatePeriod>\n hourly </sy:updatePeriod>", Hints(update_interval_s=3600)),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            Hints(update_interval_s=6 * 3600),
        ),
        ("<sy:updatePeriod>often</sy:updatePeriod>", Hints()),
        ("<sy:updateFrequency>4</sy:updateFrequency>", Hints()),
        (
            "<skipHours><hour>0</hour><hour> 7</hour><hour>24</hour><hour>25</hour></skipHours>",
            Hints(skip_hours_utc=frozenset({0, 7})),
        ),
        (
            "<skipDays><day>Saturday</day><day>sunday</day><day>x</day></skipDays>",
            Hints(skip_weekdays=frozenset({5, 6})),
        ),
        ("".join(f"<hour>{hour}</hour>" for hour in range(24)), Hints()),
    ],
)
def test_hints_are_read(text: str, expected: Hints) -> None:
    assert read_hints(channel(text)) == expected


def test_hints_behind_the_items_count_and_those_inside_do_not() -> None:
    behind = channel("").replace("</channel>", "<ttl>15</ttl></channel>")
    assert read_hints(behind).ttl_s == 900
    assert read_hints(channel("")).ttl_s is None


def test_a_parsed_feed_carries_its_hints() -> None:
    text = channel("<ttl>10</ttl><skipDays><day>Friday</day></skipDays><skipHours><hour>3</hour></skipHours>")
    parsed = parse_feed(text.encode(), feed=build_feed(), content_type=None, now=NOW)
    assert (parsed.ttl_s, parsed.update_interval_s) == (600, None)
    assert (parsed.skip_hours_utc, parsed.skip_weekdays) == (frozenset({3}), frozenset({4}))


@given(st.lists(st.sampled_from(["<ttl>", "</ttl>", "<item>", "</item>", "<!--", "9", "<hour>", "</"]), max_size=30))
def test_no_text_raises(pieces: list[str]) -> None:
    hints = read_hints("".join(pieces))
    assert hints.ttl_s is None or hints.ttl_s > 0


@pytest.mark.parametrize("text", ["<ttl>" + " " * 100_000, "<ttl> " * 20_000, "<!--" * 20_000, "<ttl ttl" * 20_000])
def test_hostile_text_takes_no_more_than_linear_time(text: str) -> None:
    assert read_hints(text) == Hints()
