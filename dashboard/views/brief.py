"""The brief of two sides as a page to read and print: the same content as the files under `briefs/`."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import later, t, tc, tn
from dashboard.translation.names import in_this_language
from dashboard.views import address, quote, wording
from dashboard.views.exports import draw_export
from dashboard.views.figures import draw_figures
from dashboard.views.filters import take_from_address, write_in_address
from dashboard.views.options import side_names
from dashboard.views.page import pair_link, pair_query, say_empty
from dashboard.views.reader import field_format, in_chosen_language
from dashboard.views.roles import may
from warehouse.briefs import DAYS, Brief, BriefEvent
from warehouse.records import WatchedDyad

A, B, ON = "brief-a", "brief-b", "brief-on"
OFFERED_COUNT = 10
MIME: Final = {
    "md": ("Markdown", "text/markdown"),
    "json": ("JSON", "application/json"),
    "rss": ("RSS", "application/rss+xml"),
    "atom": ("Atom", "application/atom+xml"),
}

# A page on paper is white, whole, and without what one can only click.
PRINT_STYLE = """<style>
@media print {
  [data-testid="stHeader"], [data-testid="stToolbar"], .st-key-brief-controls, .st-key-brief-ways { display: none; }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; height: auto !important; overflow: visible !important; background: #fff !important; }
  [data-testid="stMainBlockContainer"] { padding: 0; max-width: none; }
  .stHtml *, [data-testid="stHeading"] * { color: #000 !important; opacity: 1 !important; }
  .mereda-line { break-inside: avoid; }
}
.mereda-line { border-top: 1px solid rgba(128,136,148,.35); padding: .6rem 0; }
</style>"""


def draw() -> None:
    """Draws the brief that the address names, or the pairs that have one."""
    st.header(t("Brief"))
    names = side_names()
    if len(names) < 2:
        say_empty(t("A brief of two sides appears here once the first events have been read."))
        return
    with st.container(key="brief-controls"):
        a, b, on = _draw_question(names)
    if not a or not b:
        _draw_offered(names, on)
    elif a == b:
        st.info(t("Choose two different sides."))
    else:
        _draw_brief(min(a, b), max(a, b), on)


def _draw_question(names: dict[str, str]) -> tuple[str | None, str | None, date]:
    for key, name in ((A, "a"), (B, "b")):
        take_from_address(key, name, lambda asked: asked if asked in names else None)
    take_from_address(ON, "on", _read_day)
    first, second, day = st.columns([3, 3, 2])
    a = first.selectbox(t("First side"), list(names), key=A, index=None, format_func=names.__getitem__)
    b = second.selectbox(t("Second side"), list(names), key=B, index=None, format_func=names.__getitem__)
    on = day.date_input(t("Week that ends on"), key=ON, format=field_format())
    chosen = on if isinstance(on, date) else cached.today()
    write_in_address(A, "a", a)
    write_in_address(B, "b", b)
    write_in_address(ON, "on", None if chosen == cached.today() else chosen.isoformat())
    return a, b, chosen


def _read_day(asked: str) -> date:
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return cached.today()


def _choose(a: str, b: str, on: date | None = None) -> None:
    address.write({"a": a, "b": b} | ({"on": on.isoformat()} if on else {}))


def _draw_offered(names: dict[str, str], on: date) -> None:
    watched = cached.watched_dyads()
    st.subheader(t("Watched pairs") if watched else t("The pairs that moved most"))
    offered = watched or cached.most_moved_dyads(on, OFFERED_COUNT)
    if not offered:
        st.write(t("No pair moved in this week, and none is watched. Choose two sides above."))
    for a, b in offered:
        label = f"{wording.country_name(a)} - {wording.country_name(b)}"
        st.button(
            wording.plain_markdown(label),
            key=f"brief-{a}-{b}",
            on_click=_choose,
            args=(a, b),
            icon=":material/summarize:",
            type="tertiary",
        )


def _draw_brief(a: str, b: str, on: date) -> None:
    brief = cached.brief(a, b, on)
    first, second = wording.country_name(a), wording.country_name(b)
    title = t("{first} and {second}, {day}", first=first, second=second, day=wording.written_day(on))
    st.html(PRINT_STYLE + f"<h2>{html.escape(title)}</h2>")
    _draw_standing(brief)
    if brief.is_thin:
        st.write(t("Too few outlets speak of the two to rely on these values."))
    if brief.events:
        st.html("".join(line_html(event, (a, b)) for event in brief.events))
    else:
        _say_quiet(brief)
    with st.container(key="brief-ways"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            draw_export({later("Events"): events_table(brief.events)}, name=f"mereda-brief-{brief.name}-{on}")
            pair_link(a, b, label=t("The two over time"))
            _draw_watching(a, b)
        _draw_files(brief.name, a, b)


def _draw_standing(brief: Brief) -> None:
    if brief.tension is None or brief.deescalation is None or brief.net is None:
        st.write(t("No event between the two is known until this day."))
        return
    band = "" if brief.lower is None else wording.written_band(brief.lower, brief.upper)
    since = t("since {day}", day=wording.written_day(brief.phase_since_on)) if brief.phase else ""
    draw_figures(
        [
            (t("Tension"), wording.decimal(brief.tension), _in_a_week(brief.tension_change)),
            (t("De-escalation"), wording.decimal(brief.deescalation), _in_a_week(brief.deescalation_change)),
            (t("Net"), wording.signed(brief.net), band),
            (t("Phase"), tc("phase", brief.phase or "none"), since),
        ]
    )


def _in_a_week(change: float | None) -> str:
    return t("{change} in a week", change=wording.signed(change or 0))


def _say_quiet(brief: Brief) -> None:
    st.write(t("Nothing was reported between the two within the week."))
    value = cached.dyad_value(brief.side_a_code, brief.side_b_code, brief.on_date, DAYS)
    last_on = wording.day_of(value["last_event_on"]) if value else None
    if last_on is not None and brief.tension is not None:
        st.button(
            t("The week of the last event before, {day}", day=wording.written_day(last_on)),
            on_click=_choose,
            args=(brief.side_a_code, brief.side_b_code, last_on),
            icon=":material/history:",
            type="tertiary",
        )


def line_html(event: BriefEvent, pair: tuple[str, str]) -> str:
    """Gives one event of a brief as escaped HTML: who did what, its sentence, who says so, and the ways to both."""
    sign, word, css = wording.DIRECTIONS.get(event.direction, wording.DIRECTIONS["neutral"])
    status = "" if event.status == "occurred" else f", {wording.status_word(event.status)}"
    impact = {"escalation": -event.impact, "de-escalation": event.impact}.get(event.direction, 0.0)
    # Relative, so that it holds behind a proxy with a path of its own.
    curve = f"pair?{urlencode(in_chosen_language(pair_query(*pair, event.event_id)))}"
    owners = tn("{count} owner", "{count} owners", event.family_count)
    net = t("net {value}", value=wording.signed(impact))
    sure = t("confidence {percent}%", percent=wording.percent(event.confidence))
    on_curve = html.escape(t("On the curve"))
    said = wording.listed(
        html.escape(event.outlet or t("unknown outlet")),
        html.escape(f"{owners}, {sure}"),
        quote.article_link(event.link),
        f'<a href="{html.escape(curve, quote=True)}" target="_self">{on_curve}</a>',
    )
    return (
        f'<div class="mereda-line"><p><span class="mereda-tag {css}">{sign} {html.escape(t(word))}</span>'
        f"<strong>{html.escape(_sides(event))}</strong>"
        f' <span class="mereda-quiet">{html.escape(f"{wording.written_code(event.type)}{status}")} · '
        f"{html.escape(wording.written_day(event.on_date))} · {html.escape(net)}</span></p>"
        f'{quote.paragraph(event.sentence, language=event.language)}<p class="mereda-quiet">{said}</p></div>'
    )


def _sides(event: BriefEvent) -> str:
    """Who and whom: a brief names them in English, or as they are written where they have no name here."""
    actor, target = (in_this_language(name) for name in (event.actor, event.target))
    return f"{actor} {'↔' if event.is_symmetric else '→'} {target}"


def events_table(events: Sequence[BriefEvent]) -> pd.DataFrame:
    """Gives the events of a brief as a table, one row each, columns as the fields of `BriefEvent`."""
    return pd.DataFrame([asdict(event) for event in events], columns=list(BriefEvent.__dataclass_fields__))


def _draw_watching(a: str, b: str) -> None:
    is_watched = (a, b) in cached.watched_dyads()
    if not may("label"):
        st.caption(t("This pair is watched.") if is_watched else t("This pair is not watched."))
        return
    st.button(
        t("No longer watch this pair") if is_watched else t("Watch this pair"),
        key="brief-watch",
        on_click=_watch,
        args=(a, b, not is_watched),
        icon=":material/visibility_off:" if is_watched else ":material/visibility:",
        type="tertiary",
        help=t(
            "Watched pairs have a daily brief, as files and in the run of upkeep; where none is watched, the pairs "
            "that moved most have one"
        ),
    )


def _watch(a: str, b: str, is_wanted: bool) -> None:
    if not may("label"):
        return
    if is_wanted:
        cached.watch(WatchedDyad(side_a_code=a, side_b_code=b, watched_since_utc=datetime.now(UTC)))
    else:
        cached.unwatch(a, b)


def _draw_files(name: str, a: str, b: str) -> None:
    """The files of this brief where they lie; they tell of the day they were written on, not of any other."""
    found = [(ending, path) for ending in MIME if (path := cached.home() / "briefs" / f"{name}.{ending}").is_file()]
    if not found:
        st.caption(
            t(
                "No file of this brief is kept: files are of watched pairs, or of those that moved most. "
                "In the shell: `mereda brief {a} {b} --format rss`, and `mereda watch {a} {b}`.",
                a=a,
                b=b,
            )
        )
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            t(
                "Today's brief as files, in English, kept anew by each assess as `briefs/{name}.*` in the data folder:",
                name=name,
            )
        )
        for ending, path in found:
            label, mime = MIME[ending]
            st.download_button(
                label,
                data=path.read_bytes,
                file_name=path.name,
                mime=mime,
                on_click="ignore",
                key=f"brief-file-{ending}",
                type="tertiary",
            )
