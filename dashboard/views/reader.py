"""Who reads: instants as the clock of the reader's browser shows them."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.views import wording


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
    if wording.is_missing(value):
        return ""
    stamp = pd.Timestamp(value)
    local = (stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp).tz_convert(time_zone())
    return f"{wording.written_day(local)} {local:%H:%M}"


def local_instants(instants: pd.Series[Any]) -> pd.Series[Any]:
    """Gives instants as the reader's clock shows them, without a zone: for charts, which know none."""
    return pd.to_datetime(instants, utc=True).dt.tz_convert(time_zone()).dt.tz_localize(None)
