"""Stories: one happening as outlets and languages tell it. A list to choose from, and one story opened."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import later, t, tn
from dashboard.views import address, wording
from dashboard.views.exports import draw_export
from dashboard.views.filters import Choice, Chosen, draw_filters
from dashboard.views.options import family_names, language_names, side_names, type_names
from dashboard.views.page import say_empty
from dashboard.views.reader import time_zone, written_span
from dashboard.views.story import draw_story, open_story
from warehouse.browse import StoryFilter

SHOWN_COUNT = 30


def draw() -> None:
    """Draws the list, or the story that the address names."""
    wanted = address.asked("story")
    if wanted:
        draw_story(wanted)
        return
    st.header(t("Stories"))
    if not cached.overview()["story_count"]:
        say_empty(t("A story appears here once articles about diplomacy or security have been read."))
        return
    chosen = draw_filters("stories", cached.made("choices of stories", (), _choices))
    least = st.segmented_control(
        t("Told in"),
        ["any", "outlets", "languages"],
        default="any",
        required=True,
        key="stories-told",
        label_visibility="collapsed",
        format_func=lambda code: {
            "any": t("All stories"),
            "outlets": t("Two articles or more"),
            "languages": t("Two languages or more"),
        }[code],
    )
    asked = _filter(chosen, str(least))
    stories = cached.stories(asked, SHOWN_COUNT + 1)
    if stories.empty:
        st.info(t("No story fits. Widen the days or clear a filter."))
        return
    shown = stories.head(SHOWN_COUNT)
    draw_export({later("Stories"): shown.drop(columns="signature")}, name="mereda-stories")
    _draw_list(shown, asked)
    if len(stories) > SHOWN_COUNT:
        st.caption(t("Only the newest {count} are shown: narrow the filters to see others.", count=SHOWN_COUNT))


def _choices() -> list[Choice]:
    return [
        Choice("side", t("Side"), side_names()),
        Choice("type", t("Event type"), type_names()),
        Choice("language", t("Language"), language_names()),
        Choice("family", t("Outlet family"), family_names()),
        Choice("since", t("Told from")),
        Choice("until", t("Told until")),
    ]


def _filter(chosen: Chosen, least: str) -> StoryFilter:
    since, until = chosen.span(last=cached.today())
    return StoryFilter(
        since=since,
        until=until,
        side=chosen.code("side"),
        type=chosen.code("type"),
        language=chosen.code("language"),
        family=chosen.code("family"),
        least_articles=2 if least == "outlets" else 1,
        least_languages=2 if least == "languages" else 1,
    )


def _draw_list(stories: pd.DataFrame, asked: StoryFilter) -> None:
    for story_id, told in cached.drawn("stories", (asked, str(time_zone())), lambda: _summaries(stories)):
        with st.container(border=True, gap="xsmall"):
            st.html(told)
            st.button(
                t("See how it is told"),
                key=f"open-{story_id}",
                on_click=open_story,
                args=(story_id,),
                icon=":material/compare:",
                type="tertiary",
            )


def _summaries(stories: pd.DataFrame) -> list[tuple[str, str]]:
    """Each story's id, and what is told of it as escaped HTML."""
    names = side_names()
    return [(str(row["story_id"]), _summary(row, names)) for row in stories.to_dict("records")]


def _summary(row: dict[Any, Any], names: dict[str, str]) -> str:
    sides = " · ".join(names.get(code, code) for code in row["sides"])
    counts = ", ".join(
        (
            tn("{count} article", "{count} articles", row["article_count"]),
            tn("{count} owner", "{count} owners", row["family_count"]),
            tn("{count} language", "{count} languages", row["language_count"]),
        )
    )
    when = written_span(row["first_published_at_utc"], row["last_published_at_utc"])
    tags = "".join(
        f'<span class="mereda-tag">{html.escape(wording.written_code(kind))}</span>' for kind in row["types"][:4]
    )
    return (
        f'<p dir="auto"><strong>{html.escape(wording.title_of(row))}</strong></p>'
        f'<p>{tags}{html.escape(sides)}</p><p class="mereda-quiet">{html.escape(f"{counts} · {when}")}</p>'
    )
