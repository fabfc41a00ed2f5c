"""Sentences that flows have written into the warehouse in English, in the language that is spoken.

Why a mention is where it is, what an alert says, why a feed failed: each is made of a few known parts with names,
numbers and days in between. A part that is known here is said in the reader's language; the rest stays as it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from dashboard.translation import later, t, tc, type_word
from dashboard.translation.catalogue import ENGLISH, language
from dashboard.translation.written import written_date

BETWEEN: Final = "; "

# What can stand in a part, by the name of its place; anything up to the next part where it is not named here.
PLACES: Final[Mapping[str, str]] = {
    "day": r"\d{4}-\d\d-\d\d",
    "other_day": r"\d{4}-\d\d-\d\d",
    "type": "[A-Z]{3,}",
    "status": "occurred|alleged|denied|planned|demanded|hypothetical|historical",
    "precision": "day|week|month|year|publication",
    "phase": "escalating|tense|easing|calm",
    "event_id": r"\S+",
    **{name: r"[\d.,]+" for name in ("count", "other_count", "limit", "days", "http_status")},
}

PARTS: Final = (
    # Why a mention belongs to an event (`event_mentions.merge_reason`).
    later("{type} between {first} and {second}, on {soil} soil"),
    later("{type} between {first} and {second}, in {country}"),
    later("{type} between {first} and {second}"),
    later("dated {day} ({precision}), taken for {other_day} ({how})"),
    later("dated {day} ({precision})"),
    later("published {day}, no date stated, taken for {other_day} ({how})"),
    later("published {day}, no date stated"),
    later("told first in the same words"),
    later("same place"),
    later("same toll"),
    later("the last such event told before"),
    later("the best-told day in it"),
    later("the nearest day that is stated"),
    later("{status}, denies it"),
    later("{status}"),
    later("the words of another outlet"),
    later("put here by a reader's label"),
    # What changed in the reading of an event (`event_revisions.detail`).
    later("{count} mentions of {other_count} families"),
    later("{count} to {other_count} mentions"),
    later("{day} to {other_day} ({precision})"),
    later("merged into {event_id}"),
    later("labelled wrong"),
    later("reported again"),
    later("all its mentions are superseded or labelled wrong"),
    later("its reports or who tells them changed"),
    # Alerts (`alerts.detail`).
    later("tension reached {count}, limit {limit}"),
    later("tension rose by {count} within {days} days, limit {limit}"),
    later("a phase called {phase} began at a tension of {count}"),
    later("the first {type} between the two in {days} days"),
    # Feeds and pages that could not be had (`failure_reason`, `text_source_reason`).
    later("the server answered {http_status} {phrase}"),
    later("answered {http_status}"),
    later("connection broke: {why}"),
    later("address cannot be used: {why}"),
    later("a redirect leads to what is no address"),
    later("page not asked for: {why}"),
    later("page not asked for"),
    later("page not available: {why}"),
    # What became of an order on feeds (`feed_orders.outcome`).
    later("Added: {feed}, {address}, with {count} entries, the newest of {day}."),
    later("Added: {feed}, {address}, with {count} entries."),
    later("{feed} is now asked at {address}, which has {count} entries, the newest of {day}."),
    later("{feed} is now asked at {address}, which has {count} entries."),
    later("{feed} is paused: it is not asked until it is resumed."),
    later("{feed} is asked again."),
    later("{feed} is retired: it is not asked any more, and what it brought stays."),
    later("This site has {count} feeds; nothing was done. Choose one of them."),
    later("A fault of Mereda's own kept this from being done; the log of collect says more."),
    later("{address} is in the list already, as {feed}."),
    later("{address}: neither a feed nor a site that names one; give the feed's own address."),
)


def kept(text: str) -> str:
    """Gives a kept text in the language that is spoken: whole where it is known, else part by part."""
    if language() == ENGLISH or not text:
        return text
    whole = _said(text)
    return whole if whole is not None else BETWEEN.join(_said(part) or part for part in text.split(BETWEEN))


def _said(text: str) -> str | None:
    for part in PARTS:
        if found := _pattern(part).fullmatch(text):
            return t(part, **{name: _value(name, value) for name, value in found.groupdict().items()})
    return None


def _value(name: str, value: str) -> str:
    if name in ("day", "other_day"):
        return written_date(date.fromisoformat(value))
    if name == "type":
        return type_word(value)
    if name in ("status", "precision", "phase"):
        return tc(name, value)
    return (_said(value) or value) if name in ("how", "why") else value


@cache
def _pattern(part: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", part)
    places = [f"(?P<{name}>{PLACES.get(name, '[^;]+?')})" for name in pieces[1::2]]
    return re.compile("".join(re.escape(text) + place for text, place in zip(pieces[::2], [*places, ""], strict=True)))
