"""The first page: alerts, what moved, what is new, where tension stands, and how well the day was covered."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from dashboard import cached
from dashboard.charts import bars
from dashboard.charts.figure import written_figure
from dashboard.translation import t, tn
from dashboard.views import quote, wording
from dashboard.views.alerts import draw_alerts
from dashboard.views.coverage import draw_coverage
from dashboard.views.figures import draw_figures
from dashboard.views.live_chart import draw_chart
from dashboard.views.moved import draw_moved
from dashboard.views.options import side_names
from dashboard.views.page import PAIR_PAGE_KEY, pair_link, pair_query, say_empty
from dashboard.views.reader import in_chosen_language
from dashboard.views.whereabouts import draw_whereabouts

NEWEST_COUNT = 8
TENSEST_COUNT = 10
QUIET_COUNT = 5
# Where the last event is older than this, the page looks at its day instead of at today.
QUIET_DAYS = 30


def draw() -> None:
    """Draws the first page."""
    st.header(t("Today"))
    counts = cached.overview()
    _draw_counts(counts)
    if not counts["event_count"]:
        say_empty(_beginning(counts))
        return
    names = side_names()
    draw_alerts(names)
    on = _reference_day(counts)
    left, right = st.columns([2, 3], gap="large")
    with left:
        days = draw_moved(names, on)
        _draw_tension(on)
        draw_whereabouts(on, days)
    with right:
        _draw_newest()
        draw_coverage()


def _beginning(counts: dict[str, Any]) -> str:
    """How far it has come while there is no event yet."""
    if not counts["article_count"]:
        return t("Nothing has been read yet. What moved between which sides will stand here.")
    read = int(counts["article_count"]) - int(counts["uncoded_article_count"])
    return t(
        "{articles} collected, {read} read, no event found so far. What moved between which sides will stand here.",
        articles=tn("{count} article", "{count} articles", counts["article_count"]),
        read=wording.number(read),
    )


def _reference_day(counts: dict[str, Any]) -> date:
    """Today; the day of the last event where that is long ago, and the page says so."""
    today, last = cached.today(), counts["last_event_on"]
    if wording.is_missing(last) or (today - last).days <= QUIET_DAYS:
        return today
    day = wording.written_day(last)
    st.info(t("The last event was on {day}: what moved, and tension, are as of that day.", day=day))
    return date(last.year, last.month, last.day)


def _draw_counts(counts: dict[str, Any]) -> None:
    now = datetime.now(UTC)
    failing = int(counts["failing_feed_count"])
    draw_figures(
        [
            (
                t("Events"),
                wording.number(counts["event_count"]),
                tn("in {count} article", "in {count} articles", counts["article_count"]),
            ),
            (
                t("Pairs"),
                wording.number(counts["dyad_count"]),
                tn("of {count} side", "of {count} sides", len(cached.sides())),
            ),
            (
                t("Articles in 24 h"),
                wording.number(counts["article_count_24h"]),
                t("last read {ago}", ago=wording.written_ago(counts["last_coded_at_utc"], now)),
            ),
            (
                t("Feeds"),
                wording.number(counts["feed_count"]),
                t("{count} failing", count=wording.number(failing))
                if failing
                else t("last polled {ago}", ago=wording.written_ago(counts["last_polled_at_utc"], now)),
            ),
        ]
    )


def _draw_newest() -> None:
    st.subheader(t("Newest events"))
    for told, pair, event_id in cached.made("newest events", (), _newest):
        with st.container(border=True, gap="xsmall"):
            st.html(told)
            if pair:
                pair_link(*pair, label=t("See it on the curve"), event_id=event_id)


def _newest() -> list[tuple[str, tuple[str, str] | None, str]]:
    """What is told of each of the newest events, as escaped HTML, its pair where it has one, its id."""
    return [
        (wording.event_heading(event) + _reported(event), _pair_of(event), str(event["event_id"]))
        for event in cached.newest_events(NEWEST_COUNT).to_dict("records")
    ]


def _pair_of(event: dict[Any, Any]) -> tuple[str, str] | None:
    a, b = event.get("side_a_code"), event.get("side_b_code")
    return None if wording.is_missing(a) else (str(a), str(b))


def _reported(event: dict[Any, Any]) -> str:
    """The sentence and who published it first, as escaped HTML."""
    sentence = wording.text_of(event.get("evidence_text")) or wording.text_of(event["headline"])
    outlet = wording.text_of(event.get("outlet_name"), t("unknown outlet"))
    others = int(event["outlet_count"]) - 1
    if others > 0:
        outlet = tn("{outlet} and {count} other outlet", "{outlet} and {count} other outlets", others, outlet=outlet)
    said = html.escape(outlet)
    said = wording.listed(said, quote.article_link(wording.text_of(event.get("article_url"))))
    language = wording.text_of(event.get("language"))
    return quote.paragraph(sentence, language=language) + f'<p class="mereda-quiet">{said}</p>'


def _draw_tension(on: date) -> None:
    st.subheader(t("Tension by pair"))
    figure, faded_count, faded = cached.made("tension by pair", (on,), lambda: _tension(side_names(), on))
    if figure is None:
        st.write(t("Nothing that happened until then is felt any more."))
    else:
        clicked = draw_chart(
            figure,
            key="tension-chart",
            description=t("Tension and de-escalation of each pair on {day}", day=wording.written_day(on)),
        )
        _follow(clicked)
        st.caption(t("Click a bar to see the pair over time."))
    _draw_faded(faded_count, faded)


def _tension(names: dict[str, str], on: date) -> tuple[str | None, int, list[tuple[str, str, str]]]:
    """The figure of the tensest pairs (None: nothing is felt), how many have faded, and the last heard of of those."""
    dyads = cached.tension_by_dyad(on, 10_000)
    is_felt = dyads[["tension", "deescalation"]].max(axis="columns") >= wording.FAINT
    felt, faded = dyads[is_felt].head(TENSEST_COUNT), dyads[~is_felt]
    last = faded.sort_values("last_event_on", ascending=False, kind="stable").head(QUIET_COUNT)
    told = [
        (
            str(row["side_a_code"]),
            str(row["side_b_code"]),
            f"{wording.written_pair(row, names)}: {wording.written_day(row['last_event_on'])}",
        )
        for row in last.to_dict("records")
    ]
    if felt.empty:
        return None, len(faded), told
    labelled = felt.assign(
        label=[wording.written_pair(row, names) for row in felt.to_dict("records")],
        pair=[f"{row['side_a_code']} {row['side_b_code']}" for row in felt.to_dict("records")],
    )
    return written_figure(bars.tension_figure(labelled)), len(faded), told


def _follow(pair: str | None) -> None:
    target = st.session_state.get(PAIR_PAGE_KEY)
    if pair and target is not None:
        a, _, b = pair.partition(" ")
        st.switch_page(target, query_params=in_chosen_language(pair_query(a, b)))


def _draw_faded(count: int, last: list[tuple[str, str, str]]) -> None:
    """Links to pairs of which little is left, the last heard of first: on an old day most are."""
    if not count:
        return
    st.markdown(
        tn(
            "**{count} quiet pair**, the last heard of first:",
            "**{count} quiet pairs**, the last heard of first:",
            count,
        )
    )
    for a, b, label in last:
        pair_link(a, b, label=wording.plain_markdown(label))
