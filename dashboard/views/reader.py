"""Who reads: in which language, and by which clock.

The language is that of the address (`lang=id`), else the one chosen before in this session, else the browser's where
pages are written in it, else English. A chosen one is written into the address of every page, so that a link shows what
its sender saw; the browser's is not, so that a link shows each reader their own. The clock is the browser's.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.translation import t, tc
from dashboard.translation.catalogue import ENGLISH, languages, speak
from dashboard.translation.written import written_moment, written_time
from dashboard.views import address, wording

IN_ADDRESS: Final = "lang"
CHOSEN_KEY: Final = "chosen-language"
# Some browsers still say the code that Indonesian had until 1989.
FORMER_CODES: Final = {"in": "id"}


def listen() -> None:
    """Speaks the language of who reads, from here to the end of the run; begin every run with it."""
    asked = address.asked(IN_ADDRESS) or ""
    if asked in languages():
        st.session_state[CHOSEN_KEY] = asked
    chosen = st.session_state.get(CHOSEN_KEY)
    if chosen and asked != chosen:
        address.write({IN_ADDRESS: chosen})
    speak(chosen or browser_language(st.context.locale))


def browser_language(told: str | None) -> str:
    """Gives the language of pages for what a browser says of itself (`id-ID`); English where they have none of it."""
    code = (told or "").replace("_", "-").split("-")[0].lower()
    code = FORMER_CODES.get(code, code)
    return code if code in languages() else ENGLISH


def choose_language(code: str) -> None:
    """Makes pages speak this language from the next run on, and says so in the address."""
    st.session_state[CHOSEN_KEY] = code
    address.write({IN_ADDRESS: code})


def in_chosen_language(query: dict[str, str]) -> dict[str, str]:
    """Gives parameters of an address with the language that was chosen; as they are where none was."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return query
    chosen = st.session_state.get(CHOSEN_KEY)
    return {IN_ADDRESS: chosen, **query} if chosen else query


def field_format() -> str:
    """How a field for a day writes it, as `st.date_input` says it."""
    return tc("day in a field", "YYYY-MM-DD")


def time_zone() -> tzinfo:
    """The browser's time zone; UTC where it does not say, and where nobody reads."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return UTC
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def written_instant(value: Any) -> str:
    """Gives an instant in the reader's time zone: 5 Mar 2026 14:30; nothing where it is not known."""
    return "" if wording.is_missing(value) else written_moment(_aware(value), time_zone())


def written_span(first: Any, last: Any) -> str:
    """Gives the time from one instant to another in the reader's time zone, the day once where it is the same."""
    begin, end = written_instant(first), written_instant(last)
    if begin == end or not begin or not end:
        return begin or end
    zone = time_zone()
    if _aware(first).astimezone(zone).date() == _aware(last).astimezone(zone).date():
        end = written_time(_aware(last), zone)
    return t("{first} to {last}", first=begin, last=end)


def _aware(value: Any) -> datetime:
    stamp = pd.Timestamp(value)
    instant: datetime = (stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp).to_pydatetime()
    return instant


def local_instants(instants: pd.Series[Any]) -> pd.Series[Any]:
    """Gives instants as the reader's clock shows them, without a zone: for charts, which know none."""
    return pd.to_datetime(instants, utc=True).dt.tz_convert(time_zone()).dt.tz_localize(None)
