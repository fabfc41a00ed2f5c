"""Alerts on the first page: what the rules found worth a look, with the sentence behind it, until somebody saw it."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import Any, Final

import streamlit as st

from dashboard import cached
from dashboard.translation import later, t, tn
from dashboard.translation.kept import kept
from dashboard.translation.written import plain_number
from dashboard.views import quote, wording
from dashboard.views.filters import choose_in_address
from dashboard.views.labelling import draw_name, labeller
from dashboard.views.page import draw_link_to, pair_link, pair_query
from dashboard.views.reader import time_zone, written_instant
from dashboard.views.roles import may

SHOWN_COUNT = 3
ALL_COUNT = 60
OPEN: Final = "open"
SHOWN: Final = {OPEN: later("The newest open ones"), "all": later("All")}
NAME_WIDTH_PX = 420
KEY = "alerts-shown"

# Kind of rule -> its tag, and when such a rule speaks ({limit}: as it is measured).
KINDS: Final = {
    "level": (later("tension is high"), later("Raised when tension reaches {limit} weight points.")),
    "change": (later("tension rose"), later("Raised when tension rises by {limit} weight points within days.")),
    "phase": (later("a phase began"), later("Raised when a phase of this name begins at a tension worth a look.")),
    "first": (later("first for long"), later("Raised by the first weighty event of its type in {limit} days.")),
}


def draw_alerts(names: dict[str, str]) -> None:
    """Draws the newest open alerts, or all where the address or the reader asks for them.

    Args:
        names: code -> name of the sides.
    """
    alerts = cached.told_alerts(only_open=False, limit=ALL_COUNT)
    if alerts.empty:
        return
    open_count = cached.open_alert_count()
    st.subheader(tn("{count} open alert", "{count} open alerts", open_count) if open_count else t("No open alert"))
    is_open = alerts["acknowledged_at_utc"].isna()
    shown = alerts[is_open].head(SHOWN_COUNT)
    if len(shown) < len(alerts):
        asked = choose_in_address(t("Alerts"), SHOWN, key=KEY, name="alerts", usual=OPEN)
        shown = alerts if asked == "all" else shown
    for alert in shown.to_dict("records"):
        _draw_alert(alert, names)
    if open_count and may("label"):
        with st.container(width=NAME_WIDTH_PX):
            draw_name("alerts")


def _draw_alert(alert: dict[Any, Any], names: dict[str, str]) -> None:
    alert_id = str(alert["alert_id"])
    with st.container(border=True, gap="xsmall"):
        told = (alert_id, str(time_zone()))
        st.html(cached.drawn("alert", told, lambda: alert_html(alert, names)))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            pair_link(
                str(alert["side_a_code"]),
                str(alert["side_b_code"]),
                label=t("See it on the curve"),
                event_id=wording.text_of(alert.get("event_id")) or None,
            )
            draw_link_to(
                "brief",
                label=t("The week until then"),
                icon="summarize",
                query={
                    **pair_query(str(alert["side_a_code"]), str(alert["side_b_code"])),
                    "on": wording.text_of(wording.day_of(alert["on_date"])),
                },
            )
            if wording.is_missing(alert["acknowledged_at_utc"]) and may("label"):
                st.button(
                    t("Acknowledge"),
                    key=f"acknowledge-{alert_id}",
                    icon=":material/done:",
                    type="tertiary",
                    help=t("Say that it was seen; it is then no longer open for anybody"),
                    on_click=acknowledge,
                    args=(alert_id,),
                )


def acknowledge(alert_id: str) -> None:
    """Keeps that this reader has seen an alert; nothing where the reader may not say so."""
    if may("label"):
        cached.acknowledge(alert_id, labeller(), datetime.now(UTC))


def alert_html(alert: dict[Any, Any], names: dict[str, str]) -> str:
    """Gives one alert as escaped HTML: what, which pair, which day, why, and the sentence behind it."""
    kind, why = KINDS.get(str(alert["kind"]), (str(alert["kind"]), ""))
    limit = "" if wording.is_missing(alert["limit_value"]) else plain_number(alert["limit_value"])
    detail = kept(wording.text_of(alert["detail"]))
    rule = t("rule {name}", name=alert["rule"])
    said = f"{detail[:1].upper()}{detail[1:]}. {t(why).format(limit=limit)} ({rule})"
    head = (
        f'<p><span class="mereda-tag mereda-flat">{html.escape(t(kind))}</span>'
        f"<strong>{html.escape(wording.written_pair(alert, names))}</strong>"
        f' <span class="mereda-quiet">{html.escape(wording.written_day(alert["on_date"]))}</span></p>'
        f"<p>{html.escape(said)}</p>"
    )
    return head + _sentence(alert) + _seen(alert)


def _sentence(alert: dict[Any, Any]) -> str:
    text = wording.text_of(alert.get("evidence_text"))
    if not text:
        gone = t("The events behind it were withdrawn since.") if len(alert["event_ids"]) else ""
        return f'<p class="mereda-quiet">{gone}</p>' if gone else ""
    said = html.escape(wording.text_of(alert.get("outlet_name")))
    said = wording.listed(said, quote.article_link(wording.text_of(alert.get("article_url"))))
    return (
        quote.paragraph(text, language=wording.text_of(alert.get("language"))) + f'<p class="mereda-quiet">{said}</p>'
    )


def _seen(alert: dict[Any, Any]) -> str:
    if wording.is_missing(alert["acknowledged_at_utc"]):
        return ""
    by = wording.text_of(alert["acknowledged_by"], t("somebody"))
    seen = t("Acknowledged by {who}, {when}", who=by, when=written_instant(alert["acknowledged_at_utc"]))
    return f'<p class="mereda-quiet">{html.escape(seen)}</p>'
