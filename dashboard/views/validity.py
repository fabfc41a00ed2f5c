"""How well the curves were found to agree with known courses of events, and by which numbers they are made."""

from __future__ import annotations

from itertools import groupby

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import t
from dashboard.translation.written import plain_number
from dashboard.views import wording
from warehouse.records import ValidityCheck


def validity_sentence() -> str:
    """Gives in words how many expectations the newest formula meets; empty where that is not known."""
    checks = [one for one in _newest(cached.validity_checks()) if one.is_met is not None]
    if not checks:
        return ""
    return t(
        "Checks against known courses of events: {met} of {count} met.",
        count=len(checks),
        met=sum(one.is_met is True for one in checks),
    )


def draw_validity() -> None:
    """Draws what was expected of the newest formula and what was found, check by check."""
    checks = _newest(cached.validity_checks())
    if not checks:
        return
    first = checks[0]
    st.subheader(t("How far the curves can be believed"))
    st.write(validity_sentence())
    st.caption(
        t(
            "Formula version {version}, readings of coder version {coder}, measured on {day}. What was expected was "
            "set before.",
            version=wording.plain_markdown(first.formula_version),
            coder=wording.plain_markdown(first.coder_version),
            day=wording.written_day(first.measured_on),
        )
    )
    for name, group in groupby(checks, key=lambda one: one.check_name):
        told = list(group)
        met, known = sum(one.is_met is True for one in told), sum(one.is_met is not None for one in told)
        reached = f"{met}/{known}" if known else t("too little to say")
        with st.expander(f"{name} · {reached}"):
            st.table(check_rows(told))


def draw_numbers() -> None:
    """Draws every number of every version of the formula, the newest first."""
    numbers = cached.formula_numbers()
    if not numbers:
        return
    versions = list(dict.fromkeys(one.formula_version for one in numbers))
    with st.expander(t("The numbers of the formula, by version")):
        names = list(dict.fromkeys(one.name for one in numbers))
        values = {(one.name, one.formula_version): one.value for one in numbers}
        rows = [
            {t("Number"): name}
            | {t("Version {version}", version=version): _written(values.get((name, version))) for version in versions}
            for name in names
        ]
        st.table(pd.DataFrame(rows).set_index(t("Number")))


def check_rows(checks: list[ValidityCheck]) -> pd.DataFrame:
    """Gives expectations as a table shows them."""
    rows = [
        {
            t("Looked at"): one.measure,
            t("Expected"): one.expected,
            t("Found"): one.found,
            t("Met"): _mark(one.is_met),
        }
        for one in checks
    ]
    return pd.DataFrame(rows).set_index(t("Looked at"))


def _newest(checks: list[ValidityCheck]) -> list[ValidityCheck]:
    """Those of the first version: they come newest first."""
    return [one for one in checks if one.formula_version == checks[0].formula_version]


def _mark(is_met: bool | None) -> str:
    if is_met is None:
        return t("too little to say")
    return t("yes") if is_met else t("no")


def _written(value: float | None) -> str:
    return "" if value is None else plain_number(value)
