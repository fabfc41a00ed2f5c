"""One story opened: who tells it, how each tells it, and what was changed after its first report."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.charts import timeline
from dashboard.charts.figure import Figure
from dashboard.translation import later, t, tc, tn
from dashboard.views import address, quote, wording
from dashboard.views.exports import draw_export, permalink
from dashboard.views.figures import draw_figures
from dashboard.views.live_chart import Image, draw_chart
from dashboard.views.merging import revision_in_words
from dashboard.views.owners import written_owner
from dashboard.views.page import pair_link
from dashboard.views.reader import local_instants, time_zone, written_instant

# Events of a story that are laid out; a story of a busy week can have dozens.
EVENT_COUNT = 12
STORY_CHANGES = {
    "joined": later("Another story turned out to be this one, and was joined to it:"),
    "parted": later("Articles that tell another happening were parted from it, as a story of their own:"),
    "parted_from": later("It was parted from the story"),
}
# Of these the other story can be opened; one that was joined is this one now.
STILL_THERE = ("parted", "parted_from")


def draw_story(story_id: str) -> None:
    """Draws one story, or says that it is gone."""
    found = cached.story(story_id)
    if found.empty:
        st.header(t("This story is no longer here"))
        st.write(t("It was merged with another, or its articles are no longer kept."))
        _link_back()
        return
    story: dict[Any, Any] = found.iloc[0].to_dict()
    if heir := wording.text_of(story.get("merged_into_id")):
        _draw_joined(story, heir)
        return
    articles, mentions = cached.story_articles(story_id), cached.story_mentions(story_id)
    _link_back()
    st.html(f'<h2 dir="auto">{html.escape(wording.title_of(story))}</h2>')
    _draw_counts(articles)
    if not mentions.empty:
        _draw_timeline(mentions, story_id)
    draw_export({later("Mentions"): mentions, later("Articles"): articles}, name=f"mereda-story-{story_id}")
    _draw_events(mentions)
    _draw_articles(articles)
    _draw_changes(cached.story_changes(story_id))


def _draw_joined(story: dict[Any, Any], heir: str) -> None:
    """Says that a story is now part of another, and leads there."""
    st.header(t("This story is part of another now"))
    st.html(f'<p dir="auto">{html.escape(wording.title_of(story))}</p>')
    st.write(t("Both turned out to tell one happening, so its articles were put there."))
    st.button(t("Open that story"), on_click=open_story, args=(heir,), key="open-heir", icon=":material/merge:")
    _link_back()


def open_story(story_id: str) -> None:
    """Names the story in the address, so that it is drawn."""
    address.write({"story": story_id})


def close_story() -> None:
    """Takes the story out of the address, so that the list is drawn as it was narrowed."""
    address.write({"story": None})


def _link_back() -> None:
    # A link to the page one is on leaves the address as it is; a button may change it.
    st.button(t("All stories"), on_click=close_story, key="close-story", icon=":material/arrow_back:", type="tertiary")


def _draw_counts(articles: pd.DataFrame) -> None:
    told = articles.dropna(subset=["published_at_utc"])
    first, last = (told.iloc[0], told.iloc[-1]) if len(told) else (None, None)
    languages = sorted({wording.language_name(code) for code in articles["language"].dropna()})
    owners = articles["family_id"].nunique()
    draw_figures(
        [
            (t("Articles"), wording.number(len(articles)), tn("of {count} owner", "of {count} owners", owners)),
            (t("Languages"), str(len(languages)), ", ".join(languages)),
            (t("First report"), *_report(first)),
            (t("Last report"), *_report(last)),
        ]
    )


def _report(article: Any) -> tuple[str, str]:
    if article is None:
        return t("unknown"), ""
    return written_instant(article["published_at_utc"]), wording.text_of(article["outlet_name"])


def _draw_timeline(mentions: pd.DataFrame, story_id: str) -> None:
    def figure() -> Figure:
        return timeline.story_figure(mentions.assign(published_at=local_instants(mentions["published_at_utc"])))

    description = t("When each outlet told of which event, by direction. The same sentences are in the tables below.")
    image = Image(f"mereda-story-{story_id}", f"Mereda\n{permalink()}")
    drawn = cached.figure("story", (story_id, str(time_zone())), figure)
    draw_chart(drawn, key="story-timeline", description=description, image=image)


def _draw_events(mentions: pd.DataFrame) -> None:
    st.subheader(t("How each tells it"))
    if mentions.empty:
        st.write(t("No event was read in these articles."))
        return
    keys = mentions["event_id"].fillna(mentions["mention_id"])
    order = list(dict.fromkeys(keys))
    for key in order[:EVENT_COUNT]:
        rows = mentions[keys == key]
        with st.container(border=True, gap="xsmall"):
            st.html(told_html(rows.to_dict("records")))
            _link_pair(rows.iloc[0].to_dict())
    if len(order) > EVENT_COUNT:
        left = len(order) - EVENT_COUNT
        st.caption(tn("{count} more event is told by few.", "{count} more events are told by few.", left))


def _link_pair(mention: dict[Any, Any]) -> None:
    a, b, event_id = (wording.text_of(mention.get(name)) for name in ("actor_code", "target_code", "event_id"))
    if a and b and a != b and event_id and wording.is_missing(mention.get("withdrawn_at_utc")):
        pair_link(a, b, label=t("See it on the curve"), event_id=event_id)


def told_html(mentions: list[dict[Any, Any]]) -> str:
    """Gives one event of a story as escaped HTML: who is named how often, then outlet by outlet."""
    best = max(mentions, key=lambda mention: float(mention["confidence"]))
    heading = wording.event_heading(best)
    named = "".join(
        f'<p class="mereda-quiet">{html.escape(label)}: {html.escape(_counts(values))}</p>'
        for label, values in (
            (t("Named as actor"), [actor_of(one) for one in mentions]),
            (t("Words for it"), [word for one in mentions for word in triggers_of(one)]),
            (t("Told as"), [wording.status_word(one["status"]) for one in mentions]),
        )
        if values
    )
    rows = "".join(_row(one) for one in mentions)
    return heading + named + _table((t("Outlet"), t("Who acts on whom"), t("Sentence")), rows)


def actor_of(mention: dict[Any, Any]) -> str:
    """Gives how an outlet names who acts; that nobody is named is told as such."""
    return wording.text_of(mention.get("actor_name")) or t("nobody named")


def triggers_of(mention: dict[Any, Any]) -> list[str]:
    """Gives the words that the event was read from, as its trace keeps them (`language:TYPE:word`), with their voice.

    No words where the trace has none; the active voice, which is the usual one, is not told.
    """
    trace = wording.trace_of(mention.get("trace"))
    rules = trace.get("type", [])
    words = [str(rule).rpartition(":")[2].strip() for rule in (rules if isinstance(rules, list) else [rules])]
    voice = str(trace.get("voice", "active"))
    return [word if voice == "active" else f"{word} ({tc('voice', voice)})" for word in words if word]


def _table(names: Sequence[str], rows: str) -> str:
    heads = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    return f'<table class="mereda-told"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _counts(values: list[str]) -> str:
    return ", ".join(name if n == 1 else f"{name} ×{n}" for name, n in Counter(values).most_common(8))


def _row(mention: dict[Any, Any]) -> str:
    language = wording.text_of(mention.get("language"))
    outlet = html.escape(wording.text_of(mention.get("outlet_name"), t("unknown outlet")))
    outlet = quote.linked(outlet, wording.text_of(mention.get("article_url")))
    about = wording.listed(
        written_owner(mention), wording.language_name(language), written_instant(mention.get("published_at_utc"))
    )
    target = wording.text_of(mention.get("target_name"))
    arrow = "↔" if mention.get("is_symmetric") else "→"
    said = f"{actor_of(mention)} {arrow} {target}" if target else actor_of(mention)
    kind = wording.listed(
        wording.written_type(mention),
        "" if mention["status"] == "occurred" else wording.status_word(mention["status"]),
        wording.written_casualties(mention),
    )
    return (
        f'<tr><td>{outlet}<br><span class="mereda-quiet">{html.escape(about)}</span></td>'
        f'<td dir="auto">{html.escape(said)}<br><span class="mereda-quiet">{html.escape(kind)}</span></td>'
        f"<td>{quote.paragraph(wording.text_of(mention.get('evidence_text')), language=language)}</td></tr>"
    )


def _draw_articles(articles: pd.DataFrame) -> None:
    st.subheader(tn("{count} article", "{count} articles", len(articles)))
    rows = "".join(_article_row(row) for row in articles.to_dict("records"))
    st.html(_table((t("Published"), t("Outlet"), t("Title"), t("Events")), rows))


def _article_row(article: dict[Any, Any]) -> str:
    language = wording.text_of(article.get("language"))
    title = quote.linked(html.escape(wording.title_of(article)), wording.text_of(article["url"]))
    edited, unknown = int(article["revision"]) - 1, t("unknown")
    note = tn("edited {count} time", "edited {count} times", edited) if edited > 0 else ""
    owner = html.escape(written_owner(article))
    written = wording.listed(wording.language_name(language), note)
    return (
        f"<tr><td>{html.escape(written_instant(article['published_at_utc']) or unknown)}</td>"
        f'<td>{html.escape(wording.text_of(article["outlet_name"]))}<br><span class="mereda-quiet">{owner}</span></td>'
        f"<td><span {quote.attributes(language)}>{title}</span>"
        f'<br><span class="mereda-quiet">{html.escape(written)}</span></td>'
        f"<td>{wording.number(article['mention_count'])}</td></tr>"
    )


def _draw_changes(changes: pd.DataFrame) -> None:
    st.subheader(t("Changed after the first report"))
    if changes.empty:
        st.write(
            t("No article was edited since it was first seen, our reading stands, and no story was joined or parted.")
        )
        return
    st.html("".join(f"<p>{change_html(row)}</p>" for row in changes.to_dict("records")))
    for row in changes[changes["change"].isin(STILL_THERE)].to_dict("records"):
        story_id = wording.text_of(row["detail"])
        st.button(
            wording.plain_markdown(wording.text_of(row["subject"], t("untitled"))),
            key=f"other-{row['change']}-{story_id}",
            on_click=open_story,
            args=(story_id,),
            icon=":material/call_split:",
            type="tertiary",
        )


def change_html(change: dict[Any, Any]) -> str:
    """Gives one change as escaped HTML: when, whose text or which event, and what."""
    when = html.escape(written_instant(change["changed_at_utc"]))
    subject = f'<strong dir="auto">{html.escape(wording.text_of(change["subject"]))}</strong>'
    if change["kind"] == "event":
        said = revision_in_words(change)
        return f'<span class="mereda-quiet">{when}</span> {subject}<br>{html.escape(said)}'
    if change["kind"] == "story":
        what = f"{html.escape(t(STORY_CHANGES[str(change['change'])]))} {subject}"
        return f'<span class="mereda-quiet">{when}</span> {what}' if when else what
    before, after = wording.text_of(change["before"]), wording.text_of(change["after"])
    grown = int(change["size_after"]) - int(change["size_before"])
    said = html.escape(t("{outlet} edited its text")).format(outlet=subject)
    size = t("{change} characters", change=f"{grown:+d}")
    titles = f"“{before}” → “{after}”" if before != after else t("title unchanged")
    return (
        f'<span class="mereda-quiet">{when}</span> {said}'
        f'<br><span dir="auto">{html.escape(titles)}</span> <span class="mereda-quiet">{html.escape(size)}</span>'
    )
