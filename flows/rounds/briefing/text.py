"""A brief as Markdown and as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from warehouse.briefs import Brief, BriefEvent

# What Markdown or the HTML in it would take for more than text.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!&])")


def brief_as_json(brief: Brief) -> str:
    """The brief as one JSON object, all of its fields, days and instants as ISO 8601."""
    return json.dumps(asdict(brief), default=_iso, ensure_ascii=False, indent=2) + "\n"


def brief_as_markdown(brief: Brief) -> str:
    """The brief for people: a heading, a line on where the two stand, a line an event."""
    lines = [f"# {escape(title_of(brief))}", "", summary_of(brief), ""]
    if not brief.events:
        lines.append("Nothing was reported between the two within the week.")
    return "\n".join(lines + [_line(event) for event in brief.events]) + "\n"


def title_of(brief: Brief) -> str:
    """The brief's name, for people."""
    return f"{brief.side_a} and {brief.side_b}, {brief.on_date:%d %B %Y}"


def summary_of(brief: Brief) -> str:
    """One paragraph on where the two stand."""
    if brief.tension is None or brief.deescalation is None or brief.net is None:
        return "No event between the two is known until this day."
    band = "" if brief.lower is None else f" (90 % band {brief.lower:+.1f} to {brief.upper:+.1f})"
    said = [
        f"Tension {brief.tension:.1f} ({brief.tension_change or 0:+.1f} in a week), "
        f"de-escalation {brief.deescalation:.1f} ({brief.deescalation_change or 0:+.1f}), net {brief.net:+.1f}{band}."
    ]
    if brief.phase is not None and brief.phase_since_on is not None:
        said.append(f"Phase: {brief.phase} since {brief.phase_since_on:%d %B %Y}.")
    if brief.is_thin:
        said.append("Too few outlets speak of the two to rely on these values.")
    return " ".join(said)


def deed_of(event: BriefEvent) -> str:
    """Who did what to whom, with what is claimed of it where it is not simply reported."""
    claim = "" if event.status == "occurred" else f", {event.status}"
    return f"{event.type.capitalize()}: {event.actor} {'and' if event.is_symmetric else 'to'} {event.target}{claim}"


def escape(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def _line(event: BriefEvent) -> str:
    source = escape(event.outlet or "source")
    # A bracket in an address would end the link.
    where = f"[{source}](<{event.link}>)" if event.link else source
    sign = {"escalation": "−", "de-escalation": "+"}.get(event.direction, "±")
    return (
        f"- {event.on_date} **{escape(deed_of(event))}** ({sign}{event.impact:.1f}) “{escape(event.sentence)}” {where}"
    )


def _iso(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
