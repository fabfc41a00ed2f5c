"""How long a server asks us to wait, as its headers say: Retry-After, Cache-Control, Age and Expires.

Sources: RFC 9110 (5.6.7 dates, 10.2.3 Retry-After), RFC 9111 (4.2 freshness). What follows is for others to decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Beyond a day a number is a slip or an attack, and asking once a day is bearable for anyone.
RETRY_AFTER_LIMIT_S = 24 * 3600.0
# A cache that keeps for longer than a week is set up for pictures.
FRESH_LIMIT_S = 7 * 24 * 3600.0
_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]*)?")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s{0,9}=\s{0,9}\"?([0-9]+)", re.IGNORECASE)
_NO_CACHE = re.compile(r"\bno-(?:store|cache)\b", re.IGNORECASE)


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds a Retry-After header asks for, from 0 to a day, given as seconds or as a date; else None."""
    text = (value or "").strip()
    if _SECONDS.fullmatch(text):
        return min(RETRY_AFTER_LIMIT_S, float(text[:20]))
    instant = parse_http_date(text)
    if instant is None:
        return None
    return min(RETRY_AFTER_LIMIT_S, max(0.0, (instant - now).total_seconds()))


def read_fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds for which the server calls its answer fresh, above 0 and up to a week; None where it says nothing.

    Zero and less say only that caches must ask again, not when something comes, and so are None.
    """
    control = headers.get("cache-control", "")
    if _NO_CACHE.search(control):
        return None
    stated = _MAX_AGE.search(control)
    if stated:
        age = headers.get("age", "").strip()
        spent_s = float(age[:20]) if age.isascii() and age.isdigit() else 0.0
        fresh_s = float(stated[1][:20]) - spent_s
    else:
        expires = parse_http_date(headers.get("expires", ""))
        if expires is None:
            return None
        # The server's own clock, where it tells it, since only the difference counts.
        fresh_s = (expires - (parse_http_date(headers.get("date", "")) or now)).total_seconds()
    return min(fresh_s, FRESH_LIMIT_S) if fresh_s > 0 else None


def parse_http_date(text: str) -> datetime | None:
    """The instant of an HTTP date, also in its obsolete forms; None where it is none."""
    plain = text.strip()
    if not 8 <= len(plain) <= 60:
        return None
    try:
        instant = parsedate_to_datetime(plain)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
