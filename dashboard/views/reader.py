"""Who reads: in which language, and in which time zone; and their words for what pages say.

The language is that of the address (`lang=id`), else the one chosen before, else the browser's where pages have it,
else English.
The time zone is the browser's.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import streamlit as st
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.translation import LANGUAGES, locale_of, words_of

LANGUAGE_KEY: Final = "language"
IN_ADDRESS: Final = "lang"


def language() -> str:
    """The code of the language pages are shown in; English where nobody reads."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return "en"
    asked = st.query_params.get(IN_ADDRESS, "")
    if asked in LANGUAGES:
        st.session_state[LANGUAGE_KEY] = asked
    elif LANGUAGE_KEY not in st.session_state:
        browser = (st.context.locale or "en").split("-")[0].lower()
        st.session_state[LANGUAGE_KEY] = browser if browser in LANGUAGES else "en"
    return str(st.session_state[LANGUAGE_KEY])


def locale() -> Locale:
    """What Babel knows of the language pages are shown in."""
    return locale_of(language())


def time_zone() -> tzinfo:
    """The browser's time zone; UTC where it does not say."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return UTC
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def t(message: str, /, **values: Any) -> str:
    """The message in the reader's language, `{name}` in it replaced by the value of `name`."""
    said = words_of(language()).say(message)
    return said.format(**values) if values else said


def tn(one: str, many: str, number: Any, /, **values: Any) -> str:
    """What is counted, with `{count}` written as the reader's language does; nothing known counts as none."""
    count = 0 if number is None or pd.isna(number) else int(number)
    return words_of(language()).count(one, many, count).format(count=number_of(count), **values)


def number_of(value: Any) -> str:
    """A whole number, grouped as the reader's language does."""
    return str(format_decimal(int(value), locale=locale()))


def day_of(value: date) -> str:
    """A day: 5 Mar 2026."""
    return str(format_date(value, "d MMM y", locale=locale()))


def instant_of(value: Any) -> str:
    """An instant in the reader's time zone: 5 Mar 2026, 14.30; nothing where it is not known."""
    if value is None or pd.isna(value):
        return ""
    stamp = pd.Timestamp(value)
    instant: datetime = (stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp).to_pydatetime()
    return str(format_datetime(instant, "d MMM y HH:mm", tzinfo=time_zone(), locale=locale()))


def local_instants(instants: pd.Series[Any]) -> pd.Series[Any]:
    """Instants as the reader's clock shows them, without a zone: for charts, which know none."""
    return pd.to_datetime(instants, utc=True).dt.tz_convert(str(time_zone())).dt.tz_localize(None)
