"""Numbers, days, lengths and names as the language that is spoken writes them (CLDR, through Babel)."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any, Final

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from dashboard.translation.catalogue import ENGLISH, language, locale_of

# English has two orders of day and month and two clocks; the pages have one, which nobody can misread.
ENGLISH_DAY, ENGLISH_TIME = "d MMM y", "HH:mm"
MINUS: Final = "−"
# A page writes the same days and numbers again and again, and Babel reads its pattern anew for each.
_REMEMBERED: Final = 16_384


def _locale() -> Locale:
    return locale_of(language())


def whole_number(value: Any) -> str:
    """Gives a number without decimals: 1,234."""
    return _whole_number(round(float(value)), language())


@lru_cache(_REMEMBERED)
def _whole_number(value: int, spoken: str) -> str:
    return str(format_decimal(value, format="#,##0", locale=locale_of(spoken)))


def decimal(value: Any, places: int = 1) -> str:
    """Gives a number with so many decimals: 3.1."""
    return _decimal(float(value), places, language())


@lru_cache(_REMEMBERED)
def _decimal(value: float, places: int, spoken: str) -> str:
    written = format_decimal(value, format="#,##0." + "0" * places, locale=locale_of(spoken))
    return str(written).replace("-", MINUS)


def plain_number(value: Any) -> str:
    """Gives a number with as many decimals as it needs, two at most: 7, 0.5."""
    return str(format_decimal(float(value), format="#,##0.##", locale=_locale())).replace("-", MINUS)


def signed(value: Any) -> str:
    """Gives a number with its sign and one decimal: +3.1, −0.4; 0.0 where nothing is left of it."""
    rounded = round(float(value), 1)
    return ("+" if rounded > 0 else "") + decimal(rounded or 0.0)


def written_date(day: date) -> str:
    """Gives a day: 5 Mar 2026."""
    return _date(day, language())


@lru_cache(_REMEMBERED)
def _date(day: date, spoken: str) -> str:
    form = ENGLISH_DAY if spoken == ENGLISH else "medium"
    return str(format_date(day, form, locale=locale_of(spoken)))


def written_moment(instant: datetime, zone: tzinfo) -> str:
    """Gives an aware instant by the clock of a time zone: 5 Mar 2026 14:30."""
    return f"{written_date(instant.astimezone(zone).date())} {written_time(instant, zone)}"


def written_time(instant: datetime, zone: tzinfo) -> str:
    """Gives the hour and minute of an aware instant by the clock of a time zone: 14:30."""
    form = ENGLISH_TIME if language() == ENGLISH else "short"
    return str(format_time(instant.astimezone(zone), form, tzinfo=zone, locale=_locale()))


def language_name(code: str) -> str:
    """Gives what a language is called; its code where it has no name here."""
    return str(_locale().languages.get(code.replace("-", "_"), code))


def chart_words() -> dict[str, Any]:
    """Gives what Plotly must know to write days and numbers, by its own names (its `format` of a locale)."""
    locale = _locale()
    if language() == ENGLISH:
        return {}
    days = [6, 0, 1, 2, 3, 4, 5]  # Plotly's week begins on Sunday
    wide, short = (locale.days["stand-alone"][width] for width in ("wide", "abbreviated"))
    months, short_months = (locale.months["stand-alone"][width] for width in ("wide", "abbreviated"))
    return {
        "days": [wide[day] for day in days],
        "shortDays": [short[day] for day in days],
        "months": [months[month] for month in range(1, 13)],
        "shortMonths": [short_months[month] for month in range(1, 13)],
        "decimal": format_decimal(0.5, format="0.0", locale=locale)[1],
        "thousands": format_decimal(1000, format="#,##0", locale=locale)[1],
        "date": "%d/%m/%Y",
        "dayMonth": "%-d %b",
        "dayMonthYear": "%-d %b %Y",
        "monthYear": "%b %Y",
    }
