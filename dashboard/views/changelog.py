"""What changed in Mereda, for its users: the changelog that comes with the code, and the versions in use."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import t, tn
from dashboard.translation.catalogue import ENGLISH, language
from dashboard.views import wording

# Installed it lies in the room itself, in a checkout at the top.
PLACES: Final = tuple(Path(__file__).parents[up] / "CHANGELOG.md" for up in (1, 2))
SHOWN_DAYS: Final = 5


def draw_versions() -> None:
    """Draws which versions made what is kept."""
    st.subheader(t("Versions"))
    st.table(version_rows(cached.versions()))


def version_rows(kept: list[dict[str, Any]]) -> pd.DataFrame:
    """Gives the versions as a table shows them, Mereda's own first, of each part the one of most rows first.

    Args:
        kept: rows of `queries/versions.sql`.
    """
    names = {
        "coder": t("Coder"),
        "formula": t("Formula of the curves"),
        "schema": t("Tables of the warehouse"),
        "duckdb": "DuckDB",
    }
    rows = [{t("Part"): "Mereda", t("Version"): own_version()}]
    for part, group in groupby(kept, key=lambda row: row["part"]):
        rows.append({t("Part"): names[part], t("Version"): ", ".join(_written(row) for row in group)})
    return pd.DataFrame(rows).set_index(t("Part"))


def _written(row: dict[str, Any]) -> str:
    """A version, and how much was made with it where that is known."""
    made = {
        "coder": lambda count: tn("{count} article", "{count} articles", count),
        "formula": lambda count: tn("{count} day of a pair", "{count} days of pairs", count),
    }.get(row["part"])
    return f"{row['version']} ({made(row['row_count'])})" if made else str(row["version"])


def draw_changelog() -> None:
    """Draws what changed, day by day, the last days first; nothing where no changelog lies with the code."""
    days = changelog_days()
    if not days:
        return
    st.subheader(t("What changed"))
    if language() != ENGLISH:
        st.caption(t("The changelog is written in English."))
    for title, told in days[:SHOWN_DAYS]:
        with st.expander(wording.written_day(title)):
            st.markdown(told)


@cache
def changelog_days() -> list[tuple[str, str]]:
    """Gives (ISO day, Markdown) of each day of the changelog, the last first; none where there is no file."""
    path = next((place for place in PLACES if place.is_file()), None)
    parts = re.split(r"^## (\d{4}-\d{2}-\d{2})\s*$", path.read_text("utf-8"), flags=re.MULTILINE) if path else [""]
    return list(zip(parts[1::2], (told.strip() for told in parts[2::2]), strict=True))


def own_version() -> str:
    """Gives the version of Mereda that runs."""
    try:
        return version("mereda")
    except PackageNotFoundError:
        return t("unknown")
