"""Search: articles and events by words of any language, narrowed by filters; what is found opens its sentence."""

from __future__ import annotations

import html
from datetime import date, timedelta
from itertools import islice
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import later, t, tn
from dashboard.views import quote, wording
from dashboard.views.evidence import draw_event
from dashboard.views.exports import draw_export
from dashboard.views.filters import Choice, Chosen, draw_filters, take_from_address, write_in_address
from dashboard.views.opened import asked_event, close_event, draw_place, open_event
from dashboard.views.options import family_names, language_names, side_names, type_names
from dashboard.views.page import STORIES_PAGE_KEY, draw_page_link, pair_link, say_empty
from dashboard.views.reader import time_zone, written_instant
from warehouse.search import MOST_COUNTED, SearchQuestion
from warehouse.words import AskedWords, asked_words, places_of

SHOWN_COUNT = 30
KINDS = ("events", "articles")
KIND_TITLES = {"events": later("Events"), "articles": later("Articles")}
WORDS_KEY, KIND_KEY = "search-words", "search-kind"


def draw() -> None:
    """Draws the page: words, filters, what was found, and the event that was opened."""
    st.header(t("Search"))
    if not cached.overview()["article_count"]:
        say_empty(t("What has been read can be searched here."))
        return
    words, kind = _draw_words()
    choices = cached.made("choices of search", (), _choices)
    chosen = draw_filters("search", choices, on_change=close_event)
    question = search_question(words, chosen, cached.today())
    found = (cached.found_events if kind == "events" else cached.found_articles)(question, SHOWN_COUNT)
    _say_backlog(words)
    if found.empty:
        st.info(t("Nothing fits. Try fewer words, or the beginning of one with an asterisk: attack*."))
        return
    _say_count(found, kind)
    draw_export({KIND_TITLES[kind]: found.drop(columns="found_count")}, name="mereda-search")
    asked, place = asked_words(words), (question, kind, str(time_zone()))
    if kind == "events":
        told = cached.drawn(
            "found", place, lambda: {str(row["event_id"]): event_html(row, asked) for row in _rows(found)}
        )
        _draw_events(found, told)
        return
    articles = cached.drawn(
        "found", place, lambda: [(article_html(row, asked), _story_of(row)) for row in _rows(found)]
    )
    for article, story_id in articles:
        _draw_article(article, story_id)


def _rows(found: pd.DataFrame) -> list[dict[Any, Any]]:
    return found.to_dict("records")


def _story_of(row: dict[Any, Any]) -> str:
    return wording.text_of(row.get("story_id"))


def search_question(words: str, chosen: Chosen, today: date) -> SearchQuestion:
    """Gives what is asked of the warehouse for words and filters."""
    since, until = chosen.span(last=today + timedelta(days=1))
    return SearchQuestion(
        words=words,
        since=since,
        until=until,
        **{name: chosen.code(name) for name in ("side", "type", "status", "country", "family", "language")},
    )


def _draw_words() -> tuple[str, str]:
    take_from_address(WORDS_KEY, "q", str)
    take_from_address(KIND_KEY, "in", lambda asked: asked if asked in KINDS else KINDS[0])
    words_column, kind_column = st.columns([5, 2], vertical_alignment="bottom")
    words = words_column.text_input(
        t("Words"),
        key=WORDS_KEY,
        type="search",
        on_change=close_event,
        placeholder=t("In any language; beginnings with *, phrases in quotation marks"),
    )
    kind = kind_column.segmented_control(
        t("Look for"),
        KINDS,
        key=KIND_KEY,
        required=True,
        on_change=close_event,
        format_func=lambda code: t("Events") if code == "events" else t("Articles"),
    )
    write_in_address(WORDS_KEY, "q", words or None)
    write_in_address(KIND_KEY, "in", None if kind == KINDS[0] else kind)
    return words or "", str(kind or KINDS[0])


def _choices() -> list[Choice]:
    countries = {str(code): wording.country_name(code) for code in cached.place_countries()["country_code"]}
    return [
        Choice("side", t("Side"), side_names()),
        Choice("type", t("Event type"), type_names()),
        Choice("status", t("Status"), {status: wording.status_word(status) for status in wording.STATUSES}),
        Choice("country", t("Country of the place"), countries),
        Choice("language", t("Language"), language_names()),
        Choice("family", t("Outlet family"), family_names()),
        Choice("since", t("From")),
        Choice("until", t("Until")),
    ]


def _say_backlog(words: str) -> None:
    share = cached.indexed_share()
    if words and share < 1:
        left = max(1, round(100 * (1 - share)))
        st.caption(
            t("{percent} % of the articles are not yet searched by their words; they come by and by.", percent=left)
        )


def _say_count(found: pd.DataFrame, kind: str) -> None:
    count = int(found.iloc[0]["found_count"])
    if count >= MOST_COUNTED:
        said = t("{count} or more", count=wording.number(MOST_COUNTED))
    elif kind == "events":
        said = tn("{count} event", "{count} events", count)
    else:
        said = tn("{count} article", "{count} articles", count)
    if count > len(found):
        said += ", " + t("the newest {count} shown", count=wording.number(len(found)))
    st.caption(said)


def _draw_events(found: pd.DataFrame, told: dict[str, str]) -> None:
    listed, beside = st.columns([5, 6], gap="medium")
    with listed:
        for event_id, event in told.items():
            _draw_found_event(event_id, event)
    with beside:
        draw_place()
        if (selected := asked_event()) not in told:
            st.caption(t("Choose an event: the sentences behind it open here, marked in their articles."))
            return
        opened = _rows(found[found["event_id"] == selected])[0]
        draw_event(opened, on_close=close_event)
        a, b = (wording.text_of(opened.get(f"{role}_code")) for role in ("actor", "target"))
        if a and b and a != b:
            pair_link(a, b, label=t("See it on the curve"), event_id=str(opened["event_id"]))


def event_html(row: dict[Any, Any], asked: AskedWords) -> str:
    """Gives an event that was found as escaped HTML: what it is, its sentence with the words marked, who told it."""
    text = wording.text_of(row.get("evidence_text")) or wording.text_of(row["headline"])
    about = wording.listed(
        wording.text_of(row.get("outlet_name")),
        tn("{count} outlet", "{count} outlets", row["outlet_count"]),
        wording.text_of(row.get("place_name")),
    )
    return (
        wording.event_heading(row)
        + marked(text, asked, language=wording.text_of(row.get("language")))
        + f'<p class="mereda-quiet">{html.escape(about)}</p>'
    )


def _draw_found_event(event_id: str, told: str) -> None:
    with st.container(border=True, gap="xsmall"):
        st.html(told)
        st.button(
            t("Open its sentences"),
            key=f"open-{event_id}",
            on_click=open_event,
            args=(event_id,),
            icon=":material/format_quote:",
            type="tertiary",
        )


def article_html(row: dict[Any, Any], asked: AskedWords) -> str:
    """Gives an article that was found as escaped HTML: its title, who published it when, where the words stand."""
    language = wording.text_of(row.get("language"))
    title = quote.linked(html.escape(wording.title_of(row)), wording.text_of(row["url"]))
    about = wording.listed(
        wording.text_of(row["outlet_name"]),
        wording.language_name(language),
        written_instant(row["published_at_utc"]),
        tn("{count} mention", "{count} mentions", row["mention_count"]),
    )
    return (
        f"<p {quote.attributes(language)}><strong>{title}</strong></p>"
        f'<p class="mereda-quiet">{html.escape(about)}</p>'
        + marked(wording.text_of(row["text"]), asked, language=language)
    )


def _draw_article(told: str, story_id: str) -> None:
    with st.container(border=True, gap="xsmall"):
        st.html(told)
        if story_id:
            draw_page_link(STORIES_PAGE_KEY, label=t("See how it is told"), icon="compare", query={"story": story_id})


def marked(text: str, asked: AskedWords, *, language: str | None) -> str:
    """Gives the place in a text where the first asked word stands, marked, as escaped HTML; else how it begins."""
    title, _, body = text.partition("\n")
    for part in (body, title):
        for start, end in islice(places_of(part, asked), 1):
            return quote.quoted(part, start, end, language=language, around=160)
    shown = body or title
    return quote.paragraph(shown if len(shown) <= 280 else shown[:279] + "…", language=language)
