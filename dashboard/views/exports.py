"""What a reader may take along: the tables that are seen, and the address that shows them again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode, urlsplit, urlunsplit

import pandas as pd
import streamlit as st

from dashboard.export import Provenance, csv_bytes, parquet_bytes
from dashboard.translation import t
from dashboard.views import address


def permalink() -> str:
    """The address of exactly what is seen."""
    parts = urlsplit(st.context.url or "")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(address.parameters()), ""))


def formula_versions(series: pd.DataFrame) -> str:
    """The versions of the formula that the rows of `daily_dyads` come from, comma between."""
    return ", ".join(sorted({str(version) for version in series["formula_version"]}))


def draw_export(tables: Mapping[str, pd.DataFrame], *, name: str, formula_version: str = "") -> None:
    """Draws the button that offers each table as CSV and Parquet, and the address.

    Files are the same in every language: their names, their columns and what stands in them.

    Args:
        tables: the table's English name, marked with `later` -> the table; its name is part of the file's.
        name: how the files begin.
        formula_version: of the index in the tables; empty where there is none.
    """
    address = permalink()
    with st.popover(t("Export"), icon=":material/download:"):
        st.caption(t("Files hold what is seen here, its source and address."))
        for table_name, frame in tables.items():
            st.markdown(f"**{t(table_name)}**")
            provenance = Provenance(address, formula_version, datetime.now(UTC))
            with st.container(horizontal=True):
                for kind, mime, written in (
                    ("CSV", "text/csv", csv_bytes),
                    ("Parquet", "application/vnd.apache.parquet", parquet_bytes),
                ):
                    st.download_button(
                        kind,
                        data=partial(written, frame, provenance),
                        file_name=f"{name}-{table_name.lower().replace(' ', '-')}.{kind.lower()}",
                        mime=mime,
                        on_click="ignore",
                        key=f"export-{name}-{table_name}-{kind}",
                    )
        st.markdown(t("**Address of this view**"))
        st.code(address, language=None, wrap_lines=True)
