"""An event opened: its sentences where they stand, who published them, and how it was read."""

from __future__ import annotations

import html
import json
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.views import quote, wording

FIELD_WORDS = {
    "type": "What happened",
    "mode": "How",
    "direction": "Direction",
    "actor": "Who",
    "target": "Whom",
    "status": "Status",
    "date": "When",
    "place": "Where",
    "casualties": "Casualties",
    "attribution": "Who says so",
    "confidence": "How sure",
}


def draw_event(event: dict[Any, Any]) -> None:
    """Draws one event (a row of `events`) with all its mentions."""
    st.html(wording.event_heading(event))
    facts = [
        f"confidence {float(event['confidence']):.0%}",
        wording.counted(event["family_count"], "independent outlet"),
        wording.counted(event["mention_count"], "mention"),
        wording.text_of(event.get("place_name")),
        wording.written_casualties(event),
    ]
    st.html(f'<p class="mereda-quiet">{html.escape(" · ".join(fact for fact in facts if fact))}</p>')
    mentions = cached.event_evidence(str(event["event_id"]))
    if mentions.empty:
        st.info("The sentences of this event are no longer kept.")
    for number, mention in enumerate(mentions.to_dict("records")):
        with st.container(border=True):
            draw_mention(mention, is_first=number == 0)


def draw_mention(mention: dict[Any, Any], *, is_first: bool) -> None:
    """Draws one mention: outlet, sentence in its article, link, status, and how it was read."""
    language = wording.text_of(mention.get("language")) or None
    outlet = wording.text_of(mention.get("outlet_name"), "unknown outlet")
    family = wording.text_of(mention.get("family_id"))
    about = [wording.written_day(mention.get("published_at_utc")), language or "", f"owner: {family}" if family else ""]
    st.html(
        f"<p><strong>{html.escape(outlet)}</strong> "
        f'<span class="mereda-quiet">{html.escape(" · ".join(part for part in about if part))}</span></p>'
    )
    text = wording.text_of(mention.get("text"))
    evidence = wording.text_of(mention.get("evidence_text"))
    place = quote.located(text, int(mention["evidence_start"]), int(mention["evidence_end"]), evidence)
    if place is None:
        st.html(quote.quoted(evidence, 0, len(evidence), language=language))
        st.caption("The article was edited after this sentence was read.")
    else:
        st.html(quote.quoted(text, *place, language=language))
    link = quote.web_link(wording.text_of(mention.get("article_url")))
    if link:
        st.link_button("Open the article", link, icon=":material/open_in_new:")
    _draw_reading(mention)
    if place is not None:
        with st.expander("Stored text of the article", key=f"text-{mention['mention_id']}"):
            st.html(quote.quoted(text, *place, language=language, around=None))


def _draw_reading(mention: dict[Any, Any]) -> None:
    with st.expander("How this was read", key=f"trace-{mention['mention_id']}"):
        status = str(mention.get("status"))
        rows = [
            ("Status", f"{status}: {wording.STATUSES.get(status, '')}"),
            ("Confidence", f"{float(mention['confidence']):.0%}, the share of such readings that are right"),
            ("Who says so", wording.text_of(mention.get("attribution"), "the outlet itself")),
            ("Merged because", wording.text_of(mention.get("merge_reason"))),
            *trace_rows(wording.text_of(mention.get("trace"))),
            ("Read by", f"coder version {wording.text_of(mention.get('coder_version'), 'unknown')}"),
        ]
        cells = "".join(
            f"<p><strong>{html.escape(name)}:</strong> {html.escape(value)}</p>" for name, value in rows if value
        )
        st.html(cells)


def trace_rows(trace: str) -> list[tuple[str, str]]:
    """Gives a trace (JSON: field -> rules) as pairs of words; no pairs where it can't be read."""
    try:
        fields = json.loads(trace) if trace else {}
    except ValueError:
        return []
    if not isinstance(fields, dict):
        return []
    return [
        (FIELD_WORDS.get(name, name.replace("_", " ").capitalize()), _rule_words(rules))
        for name, rules in fields.items()
    ]


def _rule_words(rules: Any) -> str:
    if isinstance(rules, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {_rule_words(value)}" for name, value in rules.items())
    if isinstance(rules, list):
        return "; ".join(_rule_words(rule) for rule in rules)
    return str(rules)


def events_table(events: pd.DataFrame) -> pd.DataFrame:
    """Gives events as readers see them in a table, in the order they came."""
    rows = events.to_dict("records")
    return pd.DataFrame(
        {
            "Day": [wording.day_of(row["starts_on"]) for row in rows],
            "": [wording.DIRECTIONS.get(str(row["direction"]), wording.DIRECTIONS["neutral"])[0] for row in rows],
            "Event": [f"{wording.written_sides(row)}: {wording.written_type(row)}" for row in rows],
            "Status": [str(row["status"]) for row in rows],
            "Outlets": [int(row["outlet_count"]) for row in rows],
            "Confidence": [float(row["confidence"]) for row in rows],
            "Sentence": [wording.text_of(row["headline"]) for row in rows],
        }
    )
