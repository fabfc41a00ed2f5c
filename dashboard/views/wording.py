"""The words pages use for types, statuses, directions and figures: plain, and the same everywhere."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import pandas as pd

from dashboard.translation import later, names, t, tc, tn, type_word, written

TYPES: Final = {
    "AGREE": (later("agrees"), 2.5, later("says yes: accepts, signs, agrees to do")),
    "CONSULT": (later("consults"), 2.5, later("meets, calls, visits, negotiates, mediates")),
    "SUPPORT": (later("supports"), 5.0, later("backs another in word or by diplomatic act")),
    "CONCEDE": (later("concedes"), 4.5, later("yields or promises to: releases, lifts, reopens")),
    "COOPERATE": (later("cooperates"), 9.5, later("does something together: trade, exercises, shared intelligence")),
    "AID": (later("aids"), 10.0, later("gives money, goods, arms or shelter")),
    "RETREAT": (later("retreats"), 6.5, later("steps back on the ground: withdraws, ceases fire")),
    "REQUEST": (later("requests"), 0.0, later("asks, demands, appeals; what is asked decides the direction")),
    "ACCUSE": (later("accuses"), -3.0, later("blames, condemns, complains")),
    "REJECT": (later("rejects"), -2.0, later("says no: refuses, vetoes, walks out")),
    "THREATEN": (later("threatens"), -3.5, later("warns of force, sanctions or other harm")),
    "PROTEST": (later("protests"), -5.0, later("demonstrates, strikes, riots")),
    "SANCTION": (later("sanctions"), -6.0, later("cuts ties or trade, expels, recalls envoys")),
    "MOBILIZE": (later("mobilizes"), -5.5, later("moves or readies forces short of fighting")),
    "COERCE": (later("coerces"), -7.0, later("seizes, arrests, blocks, censors")),
    "ASSAULT": (later("assaults"), -9.0, later("attacks: strikes, shells, bombs, kills")),
}
"""Event type -> verb, score from -10 to +10, what it covers. Source: PLOVER 0.8."""

STATUSES: Final = {
    "occurred": later("The text says that it happened."),
    "alleged": later("Only one side says that the other did it. Counts, with less weight."),
    "denied": later("A side says that it did not happen. Moves no curve."),
    "planned": later("It is announced for later. Moves no curve."),
    "demanded": later("Somebody asks for it. Moves no curve."),
    "hypothetical": later("It is discussed, possible or conditional. Moves no curve."),
    "historical": later("It is background from years ago, or an anniversary. Moves no curve."),
}

# What is shown with one decimal as 0.0 has neither moved nor is it tense, weight points.
FAINT: Final = 0.05

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400

DIRECTIONS: Final = {
    "escalation": ("▲", later("escalation"), "mereda-up"),
    "de-escalation": ("▼", later("de-escalation"), "mereda-down"),
    "neutral": ("●", later("neutral"), "mereda-flat"),
}


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT."""
    return value is None or bool(pd.isna(value))


def text_of(value: Any, otherwise: str = "") -> str:
    """Gives a cell's text, or `otherwise` where it holds nothing."""
    if isinstance(value, str):
        return value
    return otherwise if is_missing(value) else str(value)


def title_of(row: dict[Any, Any]) -> str:
    """Gives the title of an article or story; that it has none is said."""
    return text_of(row["title"]) or t("untitled")


def day_of(value: Any) -> date | None:
    """Gives a cell's day, None where it holds nothing."""
    return None if is_missing(value) else pd.Timestamp(value).date()


def written_day(value: Any) -> str:
    """Gives a day as 5 Mar 2026."""
    day = day_of(value)
    return t("unknown day") if day is None else written.written_date(day)


def written_interval(starts_on: Any, ends_on: Any) -> str:
    """Gives an interval with an exclusive end as the days it covers."""
    first, end = day_of(starts_on), day_of(ends_on)
    if first is None or end is None or end - first <= timedelta(days=1):
        return written_day(first)
    return written_range(first, end - timedelta(days=1))


def written_range(first: Any, last: Any) -> str:
    """Gives the days from one to another, both included."""
    return t("{first} to {last}", first=written_day(first), last=written_day(last))


def written_ago(then: Any, now: datetime) -> str:
    """Gives how long ago an instant was, in one unit."""
    if is_missing(then):
        return t("never")
    instant = pd.Timestamp(then)
    instant = instant.tz_localize("UTC") if instant.tzinfo is None else instant
    seconds = (now - instant.to_pydatetime()).total_seconds()
    return t("{length} ago", length=_in_largest_unit(int, seconds)) if seconds >= MINUTE_S else t("just now")


def written_length(seconds: Any) -> str:
    """Gives a length of time in one unit; nothing where it is not known."""
    if is_missing(seconds):
        return ""
    return _in_largest_unit(round, seconds) if seconds >= MINUTE_S else t("under a minute")


def _in_largest_unit(whole: Callable[[float], int], seconds: float) -> str:
    """A length of time from a minute on, in the largest unit it fills once."""
    if seconds >= DAY_S:
        return tn("{count} day", "{count} days", whole(seconds / DAY_S))
    if seconds >= HOUR_S:
        return tn("{count} hour", "{count} hours", whole(seconds / HOUR_S))
    return tn("{count} minute", "{count} minutes", whole(seconds / MINUTE_S))


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
    return written.signed(value)


def written_band(lower: Any, upper: Any) -> str:
    """Gives the band of a net in words."""
    return t("90 % band {lower} to {upper}", lower=signed(lower), upper=signed(upper))


def number(value: Any) -> str:
    """Gives a whole number: 1,234."""
    return written.whole_number(value)


def decimal(value: Any) -> str:
    """Gives a number with one decimal: 3.1."""
    return written.decimal(value)


def plain_markdown(text: str) -> str:
    """Gives text from the web so that Markdown shows it as it is: every sign that could mean something is escaped."""
    return "".join("\\" + sign if sign in "\\`*_[]<>()#$:~!|" else sign for sign in text)


def language_name(code: Any) -> str:
    """Gives what a language is called, its code where it has no name here, nothing where it is unknown."""
    return written.language_name(text_of(code))


def country_name(code: Any) -> str:
    """Gives what a country or side is called, its code where it has no name here."""
    return names.side_name(code) or str(code)


def side_name(event: dict[Any, Any], role: str) -> str:
    """Gives the name of an event's actor or target: the one it is known by, else as written, else the code."""
    code = event.get(f"{role}_code")
    return names.side_name(code) or text_of(event.get(f"{role}_name")) or text_of(code, t("unnamed side"))


def written_pair(dyad: dict[Any, Any], side_names: Mapping[str, str]) -> str:
    """Gives the two sides of a row of dyads by their names: Iran - Pakistan."""
    a, b = str(dyad["side_a_code"]), str(dyad["side_b_code"])
    return f"{side_names.get(a, a)} - {side_names.get(b, b)}"


def written_sides(event: dict[Any, Any]) -> str:
    """Gives who and whom: an arrow from actor to target, both ways for a shared act."""
    actor = side_name(event, "actor")
    if is_missing(event.get("target_name")) and is_missing(event.get("target_code")):
        return actor
    return f"{actor} {'↔' if event.get('is_symmetric') else '→'} {side_name(event, 'target')}"


def written_type(event: dict[Any, Any]) -> str:
    """Gives type and mode: ASSAULT · air strike; in other languages the word of the type stands beside its code."""
    mode = text_of(event.get("mode")).replace("_", " ").replace("-", " ")
    return listed(written_code(str(event["type"])), tc("mode", mode) if mode else "")


def written_code(code: Any) -> str:
    """Gives an event type by its code, and beside it by its word where that is another: ASSAULT (serangan)."""
    return type_word(str(code))


def status_word(status: Any) -> str:
    """Gives a status as readers see it."""
    return tc("status", str(status))


def direction_word(direction: Any) -> str:
    """Gives a direction as readers see it."""
    return t(str(direction))


def event_heading(event: dict[Any, Any]) -> str:
    """Gives one event's line of tags as escaped HTML: direction, type, sides, day, status."""
    sign, word, css = DIRECTIONS.get(str(event["direction"]), DIRECTIONS["neutral"])
    is_usual = event["status"] == "occurred"
    status = "" if is_usual else f'<span class="mereda-tag">{html.escape(status_word(event["status"]))}</span>'
    return (
        f'<p><span class="mereda-tag {css}">{sign} {html.escape(t(word))}</span>{status}'
        f"<strong>{html.escape(written_sides(event))}</strong>"
        f'<br><span class="mereda-quiet">{html.escape(written_type(event))} · '
        f"{html.escape(written_interval(event['starts_on'], event['ends_on']))}</span></p>"
    )


def written_casualties(event: dict[Any, Any]) -> str:
    """Gives killed and injured as the text has them; empty where it has none."""
    killed = _range(event.get("killed_min"), event.get("killed_max"))
    injured = _range(event.get("injured_min"), event.get("injured_max"))
    parts = (
        t("{count} killed", count=killed) if killed else "",
        t("{count} injured", count=injured) if injured else "",
    )
    return ", ".join(part for part in parts if part)


def _range(least: Any, most: Any) -> str:
    if is_missing(least) and is_missing(most):
        return ""
    if is_missing(most):
        return t("at least {count}", count=number(least))
    if is_missing(least):
        return t("up to {count}", count=number(most))
    return number(least) if int(least) == int(most) else f"{number(least)}-{number(most)}"
