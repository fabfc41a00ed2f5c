"""The words pages use for types, statuses, directions and figures: plain, and the same everywhere."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import pandas as pd
from babel import Locale

from warehouse.side_names import english_name

ENGLISH: Final = Locale("en")

TYPES: Final = {
    "AGREE": ("agrees", 2.5, "says yes: accepts, signs, agrees to do"),
    "CONSULT": ("consults", 2.5, "meets, calls, visits, negotiates, mediates"),
    "SUPPORT": ("supports", 5.0, "backs another in word or by diplomatic act"),
    "CONCEDE": ("concedes", 4.5, "yields or promises to: releases, lifts, reopens"),
    "COOPERATE": ("cooperates", 9.5, "does something together: trade, exercises, shared intelligence"),
    "AID": ("aids", 10.0, "gives money, goods, arms or shelter"),
    "RETREAT": ("retreats", 6.5, "steps back on the ground: withdraws, ceases fire"),
    "REQUEST": ("requests", 0.0, "asks, demands, appeals; what is asked decides the direction"),
    "ACCUSE": ("accuses", -3.0, "blames, condemns, complains"),
    "REJECT": ("rejects", -2.0, "says no: refuses, vetoes, walks out"),
    "THREATEN": ("threatens", -3.5, "warns of force, sanctions or other harm"),
    "PROTEST": ("protests", -5.0, "demonstrates, strikes, riots"),
    "SANCTION": ("sanctions", -6.0, "cuts ties or trade, expels, recalls envoys"),
    "MOBILIZE": ("mobilizes", -5.5, "moves or readies forces short of fighting"),
    "COERCE": ("coerces", -7.0, "seizes, arrests, blocks, censors"),
    "ASSAULT": ("assaults", -9.0, "attacks: strikes, shells, bombs, kills"),
}
"""Event type -> verb, score from -10 to +10, what it covers. Source: PLOVER 0.8."""

STATUSES: Final = {
    "occurred": "The text says that it happened.",
    "alleged": "Only one side says that the other did it. Counts, with less weight.",
    "denied": "A side says that it did not happen. Moves no curve.",
    "planned": "It is announced for later. Moves no curve.",
    "demanded": "Somebody asks for it. Moves no curve.",
    "hypothetical": "It is discussed, possible or conditional. Moves no curve.",
    "historical": "It is background from years ago, or an anniversary. Moves no curve.",
}

# What is shown with one decimal as 0.0 has neither moved nor is it tense, weight points.
FAINT: Final = 0.05

DIRECTIONS: Final = {
    "escalation": ("▲", "escalation", "mereda-up"),
    "de-escalation": ("▼", "de-escalation", "mereda-down"),
    "neutral": ("●", "neutral", "mereda-flat"),
}


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT."""
    return value is None or bool(pd.isna(value))


def text_of(value: Any, otherwise: str = "") -> str:
    """Gives a cell's text, or `otherwise` where it holds nothing."""
    return otherwise if is_missing(value) else str(value)


def day_of(value: Any) -> date | None:
    """Gives a cell's day, None where it holds nothing."""
    return None if is_missing(value) else pd.Timestamp(value).date()


def written_day(value: Any) -> str:
    """Gives a day as 5 Mar 2026."""
    day = day_of(value)
    return "unknown day" if day is None else f"{day.day} {day:%b %Y}"


def written_interval(starts_on: Any, ends_on: Any) -> str:
    """Gives an interval with an exclusive end as the days it covers."""
    first, end = day_of(starts_on), day_of(ends_on)
    if first is None or end is None or end - first <= timedelta(days=1):
        return written_day(first)
    return f"{written_day(first)} to {written_day(end - timedelta(days=1))}"


def written_ago(then: Any, now: datetime) -> str:
    """Gives how long ago an instant was, in one unit."""
    if is_missing(then):
        return "never"
    instant = pd.Timestamp(then)
    instant = instant.tz_localize("UTC") if instant.tzinfo is None else instant
    length = _in_largest_unit((now - instant.to_pydatetime()).total_seconds())
    return f"{counted(int(length[0]), length[1])} ago" if length else "just now"


def written_length(seconds: Any) -> str:
    """Gives a length of time in one unit; nothing where it is not known."""
    if is_missing(seconds):
        return ""
    length = _in_largest_unit(seconds)
    return counted(round(length[0]), length[1]) if length else "under a minute"


def _in_largest_unit(seconds: float) -> tuple[float, str] | None:
    """A length of time in the largest unit it fills once, None under a minute."""
    units = ((86_400, "day"), (3_600, "hour"), (60, "minute"))
    return next(((seconds / unit_s, unit) for unit_s, unit in units if seconds >= unit_s), None)


def percent(share: Any) -> int:
    """Gives a share from 0 to 1 as whole percent: confidences are not known more finely."""
    return round(100 * float(share))


def listed(*parts: str) -> str:
    """Gives what is said beside each other, a dot between; what is empty is left out."""
    return " · ".join(part for part in parts if part)


def trace_of(trace: Any) -> dict[str, Any]:
    """Gives how a mention was read (JSON: field -> rules); empty where that is not kept or can't be read."""
    try:
        fields = json.loads(text_of(trace, "{}"))
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def signed(value: Any) -> str:
    """Gives a number with its sign and one decimal: +3.1, −0.4; 0.0 where nothing is left of it."""
    rounded = f"{float(value):+.1f}"
    return "0.0" if rounded in ("+0.0", "-0.0") else rounded.replace("-", "−")


def plain_markdown(text: str) -> str:
    """Gives text from the web so that Markdown shows it as it is: every sign that could mean something is escaped."""
    return "".join("\\" + sign if sign in "\\`*_[]<>()#$:~!|" else sign for sign in text)


def language_name(code: Any) -> str:
    """Gives a language's English name, its code where it has none here, nothing where it is unknown."""
    written = text_of(code)
    return str(ENGLISH.languages.get(written.replace("-", "_"), written))


def counted(count: Any, noun: str) -> str:
    """Gives a count with its noun: 1 outlet, 3 outlets."""
    number = 0 if is_missing(count) else int(count)
    plural = noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def side_name(event: dict[Any, Any], role: str) -> str:
    """Gives the name of an event's actor or target: the one it is known by, else as written, else the code."""
    code = event.get(f"{role}_code")
    return english_name(code) or text_of(event.get(f"{role}_name")) or text_of(code, "unnamed side")


def written_pair(dyad: dict[Any, Any], names: Mapping[str, str]) -> str:
    """Gives the two sides of a row of dyads by their names: Iran - Pakistan."""
    a, b = str(dyad["side_a_code"]), str(dyad["side_b_code"])
    return f"{names.get(a, a)} - {names.get(b, b)}"


def written_sides(event: dict[Any, Any]) -> str:
    """Gives who and whom: an arrow from actor to target, both ways for a shared act."""
    actor = side_name(event, "actor")
    if is_missing(event.get("target_name")) and is_missing(event.get("target_code")):
        return actor
    return f"{actor} {'↔' if event.get('is_symmetric') else '→'} {side_name(event, 'target')}"


def written_type(event: dict[Any, Any]) -> str:
    """Gives type and mode: ASSAULT · air strike."""
    return listed(str(event["type"]), text_of(event.get("mode")).replace("_", " ").replace("-", " "))


def event_heading(event: dict[Any, Any]) -> str:
    """Gives one event's line of tags as escaped HTML: direction, type, sides, day, status."""
    sign, word, css = DIRECTIONS.get(str(event["direction"]), DIRECTIONS["neutral"])
    status = (
        "" if event["status"] == "occurred" else f'<span class="mereda-tag">{html.escape(str(event["status"]))}</span>'
    )
    return (
        f'<p><span class="mereda-tag {css}">{sign} {word}</span>{status}'
        f"<strong>{html.escape(written_sides(event))}</strong>"
        f'<br><span class="mereda-quiet">{html.escape(written_type(event))} · '
        f"{html.escape(written_interval(event['starts_on'], event['ends_on']))}</span></p>"
    )


def written_casualties(event: dict[Any, Any]) -> str:
    """Gives killed and injured as the text has them; empty where it has none."""
    parts = [_range(event.get(f"{kind}_min"), event.get(f"{kind}_max"), kind) for kind in ("killed", "injured")]
    return ", ".join(part for part in parts if part)


def _range(least: Any, most: Any, kind: str) -> str:
    if is_missing(least) and is_missing(most):
        return ""
    if is_missing(most):
        return f"at least {int(least):,} {kind}"
    if is_missing(least):
        return f"up to {int(most):,} {kind}"
    return f"{int(least):,} {kind}" if int(least) == int(most) else f"{int(least):,}-{int(most):,} {kind}"
