"""How often a publisher says its feed changes: `ttl`, the syndication module, hours and days to skip.

Read from the channel's own text, outside items, since feedparser keeps only the last of several hours or days. Wishes,
not orders: the cadence decides what follows. Sources: RSS 2.0 specification (ttl in minutes, skipHours 0-23 GMT,
skipDays by English name), RSS 0.91 (hours 1-24), RDF Site Summary 1.0 syndication module (period and frequency).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PERIOD_S = {
    "hourly": 3600,
    "daily": 24 * 3600,
    "weekly": 7 * 24 * 3600,
    "monthly": 30 * 24 * 3600,
    "yearly": 365 * 24 * 3600,
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# A channel's own elements fit many times; what lies further out is not looked at.
MAX_CHANNEL_SIGNS = 30_000
MAX_TTL_MINUTES = 366 * 24 * 60

_FIRST_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_LAST_ITEM = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ELEMENT = re.compile(
    r"<(?:[\w.-]+:)?(?P<name>ttl|updatePeriod|updateFrequency|hour|day)(?:\s[^<>]*)?>"
    r"\s{0,99}(?:<!\[CDATA\[\s{0,99})?(?P<text>[^\s<>\[\]][^<>\[\]]{0,39}?)\s{0,99}(?:\]\]>\s{0,99})?</",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """A publisher's word on its rhythm; None and empty where unsaid.

    Attributes:
        ttl_s: how long a copy may be kept.
        update_interval_s: the usual time between changes, period over frequency.
        skip_hours_utc: hours of the day, 0-23, in which the feed need not be asked.
        skip_weekdays: days of the week in UTC, 0 is Monday.
    """

    ttl_s: int | None = None
    update_interval_s: int | None = None
    skip_hours_utc: frozenset[int] = frozenset()
    skip_weekdays: frozenset[int] = frozenset()


def read_hints(text: str) -> Hints:
    """The hints in the text of an XML feed; values that make no sense are as if unsaid. Never raises."""
    found: dict[str, list[str]] = {}
    for match in _ELEMENT.finditer(_channel_of(text)):
        found.setdefault(match["name"].lower(), []).append(match["text"].lower())
    ttl = _positive(found.get("ttl"), MAX_TTL_MINUTES)
    hours = {int(text) % 24 for text in found.get("hour", []) if re.fullmatch(r"[01]?[0-9]|2[0-4]", text)}
    days = {WEEKDAYS.index(text) for text in found.get("day", []) if text in WEEKDAYS}
    return Hints(
        ttl_s=ttl * 60 if ttl else None,
        update_interval_s=_interval(found),
        # A feed that skips every hour or day means none of it.
        skip_hours_utc=frozenset(hours if len(hours) < 24 else ()),
        skip_weekdays=frozenset(days if len(days) < 7 else ()),
    )


def _interval(found: dict[str, list[str]]) -> int | None:
    period = found.get("updateperiod")
    if not period or period[0] not in PERIOD_S:
        return None
    frequency = _positive(found.get("updatefrequency"), 100_000) or 1
    return max(1, PERIOD_S[period[0]] // frequency)


def _positive(texts: list[str] | None, limit: int) -> int | None:
    text = texts[0] if texts else ""
    return int(text) if re.fullmatch(r"[0-9]{1,7}", text) and 0 < int(text) <= limit else None


def _channel_of(text: str) -> str:
    first = _FIRST_ITEM.search(text)
    if first is None:
        return _COMMENT.sub("", text[:MAX_CHANNEL_SIGNS])
    head = text[: first.start()][:MAX_CHANNEL_SIGNS]
    tail = text[max(first.end(), len(text) - MAX_CHANNEL_SIGNS) :]
    closes = [match.end() for match in _LAST_ITEM.finditer(tail)]
    return _COMMENT.sub("", head + (tail[closes[-1] :] if closes else ""))
