"""An event opened: its sentences where they stand, who published them, and how it was read."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from dashboard import cached
from dashboard.translation import later, t, tn
from dashboard.translation.kept import kept
from dashboard.views import quote, wording
from dashboard.views.bonds import NEARBY_COUNT, NEARBY_DAYS, draw_bonds
from dashboard.views.labelling import draw_labelling
from dashboard.views.merging import merging_html
from dashboard.views.owners import written_owner

FIELD_WORDS = {
    "type": later("What happened"),
    "mode": later("How"),
    "direction": later("Direction"),
    "actor": later("Who"),
    "target": later("Whom"),
    "status": later("Status"),
    "date": later("When"),
    "place": later("Where"),
    "casualties": later("Casualties"),
    "attribution": later("Who says so"),
    "confidence": later("How sure"),
}


def draw_event(event: dict[Any, Any], *, on_close: Callable[[], None]) -> None:
    """Draws one event (a row of `events`) with all its mentions, and a button that calls `on_close`."""
    owners = tn("{count} owner", "{count} owners", event["family_count"])
    facts = wording.listed(
        t("confidence {percent}%", percent=wording.percent(event["confidence"])),
        tn("{count} outlet of {owners}", "{count} outlets of {owners}", event["outlet_count"], owners=owners),
        tn("{count} mention", "{count} mentions", event["mention_count"]),
        wording.text_of(event.get("place_name")),
        wording.written_casualties(event),
    )
    with st.container(horizontal=True, vertical_alignment="top", wrap=False):
        st.html(f'{wording.event_heading(event)}<p class="mereda-quiet">{html.escape(facts)}</p>')
        st.button(t("Close"), on_click=on_close, key="close-event", icon=":material/close:", width="content")
    mentions = cached.event_evidence(str(event["event_id"]))
    if mentions.empty:
        st.info(t("The sentences of this event are no longer kept."))
    event_id, told = str(event["event_id"]), mentions.to_dict("records")
    labels = cached.event_labels(event_id)
    nearby = cached.events_nearby(event_id, days=NEARBY_DAYS, limit=NEARBY_COUNT)
    for mention in told:
        with st.container(gap="xxsmall"):
            st.html(f'<div class="mereda-mention">{mention_html(mention)}</div>')
            draw_labelling(mention, labels, more=partial(draw_bonds, mention, told, nearby, labels))
    st.html(merging_html(event, told, cached.event_revisions(event_id)))


def mention_html(mention: dict[Any, Any]) -> str:
    """Gives one mention as escaped HTML: outlet, sentence in its article, link, and how it was read."""
    language = wording.text_of(mention.get("language"))
    text, evidence = wording.text_of(mention.get("text")), wording.text_of(mention.get("evidence_text"))
    place = quote.located(text, int(mention["evidence_start"]), int(mention["evidence_end"]), evidence)
    parts = [_published(mention)]
    if place is None:
        parts.append(quote.quoted(evidence, 0, len(evidence), language=language))
        parts.append(_quiet(t("The article was edited after this sentence was read.")))
    else:
        parts.append(quote.quoted(text, *place, language=language))
    if link := quote.article_link(wording.text_of(mention.get("article_url"))):
        parts.append(f"<p>{link}</p>")
    if wording.text_of(mention.get("text_source")) == "entry":
        reason = wording.text_of(mention.get("text_source_reason"), t("the page could not be had"))
        parts.append(_quiet(t("Read from the feed's own text: {reason}.", reason=kept(reason))))
    if second := second_reading(mention):
        parts.append(_quiet(second))
    parts.append(_more(t("How this was read"), _reading(mention)))
    if place is not None:
        parts.append(_more(t("Stored text of the article"), quote.quoted(text, *place, language=language, around=None)))
    return "".join(parts)


def second_reading(mention: dict[Any, Any]) -> str:
    """Gives what a language model reads in the same sentence, as one sentence; empty where none was asked."""
    outcome = wording.text_of(mention.get("second_outcome"))
    if not outcome:
        return ""
    model = wording.text_of(mention.get("second_model"))
    if outcome == "agrees":
        return t("A second reading by {model} says the same.", model=model)
    told = {name.removeprefix("second_"): value for name, value in mention.items() if name.startswith("second_")}
    if wording.is_missing(told["type"]):
        return t("A second reading by {model} sees no event here. What counts is the reading above.", model=model)
    said = f"{wording.written_type(told)}, {wording.written_sides(told)}, {wording.status_word(told['status'])}"
    return t(
        "A second reading by {model} says: {said} (“{sentence}”). What counts is the reading above.",
        model=model,
        said=said,
        sentence=wording.text_of(told["evidence_text"]),
    )


def _published(mention: dict[Any, Any]) -> str:
    outlet = wording.text_of(mention.get("outlet_name"), t("unknown outlet"))
    owner = written_owner(mention)
    about = wording.listed(
        wording.written_day(mention.get("published_at_utc")),
        wording.language_name(mention.get("language")),
        t("owner: {name}", name=owner) if owner else "",
    )
    return f'<p><strong>{html.escape(outlet)}</strong> <span class="mereda-quiet">{html.escape(about)}</span></p>'


def _quiet(sentence: str) -> str:
    return f'<p class="mereda-quiet">{html.escape(sentence)}</p>'


def _more(title: str, content: str) -> str:
    return f"<details><summary>{html.escape(title)}</summary>{content}</details>"


def _reading(mention: dict[Any, Any]) -> str:
    status = str(mention.get("status"))
    coder = wording.text_of(mention.get("coder_version"), t("unknown"))
    rows = [
        (
            t("Status"),
            f"{wording.status_word(status)}: {t(wording.STATUSES[status]) if status in wording.STATUSES else ''}",
        ),
        (
            t("Confidence"),
            t("{percent}%, the share of such readings that are right", percent=wording.percent(mention["confidence"])),
        ),
        (t("Who says so"), wording.text_of(mention.get("attribution"), t("the outlet itself"))),
        (t("Merged because"), kept(wording.text_of(mention.get("merge_reason")))),
        *trace_rows(wording.text_of(mention.get("trace"))),
        (t("Read by"), t("coder version {version}", version=coder)),
    ]
    return "".join(
        f"<p><strong>{html.escape(name)}:</strong> {html.escape(value)}</p>" for name, value in rows if value
    )


def trace_rows(trace: str) -> list[tuple[str, str]]:
    """Gives a trace (JSON: field -> rules) as pairs of words; no pairs where it can't be read."""
    return [
        (t(FIELD_WORDS[name]) if name in FIELD_WORDS else name.replace("_", " ").capitalize(), _rule_words(rules))
        for name, rules in wording.trace_of(trace).items()
    ]


def _rule_words(rules: Any) -> str:
    if isinstance(rules, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {_rule_words(value)}" for name, value in rules.items())
    if isinstance(rules, list):
        return "; ".join(_rule_words(rule) for rule in rules)
    return str(rules)
