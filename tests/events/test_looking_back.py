"""What a sentence looks back on without a day lies before publication; what it reports is new."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.events.code import Coding, Item, code_item

PUBLISHED = datetime(2026, 5, 20, 9, tzinfo=UTC)
TWO_WEEKS = (date(2026, 5, 7), date(2026, 5, 21), "week")


def coded(text: str, lang: str = "en") -> Coding:
    return code_item(Item(id="x", text=text, lang=lang, published=PUBLISHED))


def days_of(coding: Coding, kind: str) -> list[tuple[date | None, date | None, str | None]]:
    return [(one.starts_on, one.ends_on, one.date_precision) for one in coding.mentions if one.type == kind]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Chad recalled its envoy to Sudan after Sudanese jets bombed a village in Chad.", "en"),
        ("Chad's cabinet met after Sudan shelled a border post in Chad.", "en"),
        ("Chad menarik duta besarnya dari Sudan setelah Sudan mengebom sebuah desa di Chad.", "id"),
    ],
)
def test_deed_that_the_rest_came_after_lies_in_the_two_weeks_before(text: str, lang: str) -> None:
    assert days_of(coded(text, lang), "ASSAULT") == [TWO_WEEKS]


def test_what_followed_is_of_the_day_of_publication() -> None:
    recall = coded("Chad recalled its envoy to Sudan after Sudanese jets bombed a village in Chad.")
    assert days_of(recall, "SANCTION") == [(date(2026, 5, 20), date(2026, 5, 21), "publication")]


def test_day_that_is_told_stays() -> None:
    told = coded("Chad recalled its envoy to Sudan after Sudanese jets bombed a village in Chad on 18 May.")
    assert days_of(told, "ASSAULT") == [(date(2026, 5, 18), date(2026, 5, 19), "day")]


def test_recent_deed_lies_in_the_two_weeks_before() -> None:
    assert days_of(coded("Recent air strikes by Sudan on Chad have emptied the villages."), "ASSAULT") == [TWO_WEEKS]


def test_who_is_killed_by_gunmen_amid_tension_did_not_fight() -> None:
    told = coded("Amid friction between Chad and Sudan, six Chadian herders were killed by masked gunmen near a well.")
    [killing] = [one for one in told.mentions if one.type == "ASSAULT"]
    assert killing.actor is None
    assert not killing.is_symmetric
