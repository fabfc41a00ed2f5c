"""Why sentences are taken for one event: what put each there, what they say together, and how that reading changed."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Final

import pandas as pd

from dashboard.translation import later, t, tc, tn
from dashboard.translation.kept import kept
from dashboard.views import wording
from dashboard.views.owners import written_owner
from dashboard.views.reader import written_instant

_CHANGE = re.compile(r"(?P<column>\w+) (?P<before>.*) to (?P<after>.*)")
_LABEL_ID = re.compile(r"by label \S+")
NAMES: Final = {
    "type": later("type"),
    "mode": later("mode"),
    "status": later("status"),
    "target_code": later("on whom"),
    "killed_min": later("killed"),
    "killed_max": later("killed at most"),
    "injured_min": later("injured"),
    "place_name": later("place"),
}
HOW: Final = {
    "What": later("what most owners say, of those that say how where any does"),
    "Claim": later("that it occurred comes before that it is alleged, and that before a denial"),
    "When": later("what most owners say among the most precise"),
    "Where": later("of the sentence that speaks for the event, else of the surest that names a place"),
    "Casualties": later("the latest count among sure sentences, up to the highest of them"),
}


def merging_html(event: dict[Any, Any], mentions: Sequence[dict[Any, Any]], revisions: pd.DataFrame) -> str:
    """Gives the explanation as escaped HTML, to be opened by who wants it.

    Args:
        event: a row of `events`.
        mentions: rows of `queries/event_evidence.sql`.
        revisions: rows of `queries/event_revisions.sql`.
    """
    many = len(mentions) > 1
    title = t("Why these are one event") if many else t("How this event came about")
    parts = [_table((t("Outlet"), t("Why it is here")), [_reason_cells(mention) for mention in mentions])]
    if many:
        parts.append(_title(t("What they say together")))
        parts.append(_table(("", t("Event"), t("Sentences")), reconciled(event, mentions)))
    parts.append(revisions_html(revisions))
    return (
        f'<div class="mereda-mention"><details><summary>{html.escape(title)}</summary>{"".join(parts)}</details></div>'
    )


def _reason_cells(mention: dict[Any, Any]) -> tuple[str, str]:
    outlet = html.escape(wording.text_of(mention.get("outlet_name"), t("unknown outlet")))
    owner = html.escape(written_owner(mention))
    reason = wording.text_of(mention.get("merge_reason"))
    reason = kept(_LABEL_ID.sub("by a reader's label", reason)) if reason else t("not kept")
    stance, said_by = wording.text_of(mention.get("stance")), wording.text_of(mention.get("said_by"))
    speaker = t("the outlet") if said_by in ("", wording.text_of(mention.get("outlet_id"))) else said_by
    quiet = wording.listed(
        f"{speaker} {tc('stance', stance)}" if stance else "",
        t("the words of {outlet}, no second witness", outlet=_original(mention)) if _is_echo(mention) else "",
    )
    return (
        f'{outlet}<br><span class="mereda-quiet">{owner}</span>',
        f'{html.escape(reason)}<br><span class="mereda-quiet">{html.escape(quiet)}</span>',
    )


def _is_echo(mention: dict[Any, Any]) -> bool:
    voice = wording.text_of(mention.get("voice_family_id"))
    return bool(voice) and voice != wording.text_of(mention.get("family_id"))


def _original(mention: dict[Any, Any]) -> str:
    return wording.text_of(mention.get("copy_of_outlet_name")) or wording.text_of(mention.get("voice_family_id"))


def reconciled(event: dict[Any, Any], mentions: Sequence[dict[Any, Any]]) -> list[tuple[str, str, str]]:
    """Gives one row a field as escaped HTML cells: its name and rule, what the event says, what the sentences say."""
    fields: tuple[tuple[str, Callable[[dict[Any, Any]], str]], ...] = (
        (later("What"), wording.written_type),
        (later("Claim"), lambda row: wording.status_word(row["status"])),
        (later("When"), lambda row: wording.written_interval(row["starts_on"], row["ends_on"])),
        (later("Where"), lambda row: wording.text_of(row.get("place_name"))),
        (later("Casualties"), wording.written_casualties),
    )
    rows, nothing = [], t("not said")
    for name, said in fields:
        told = _told(mentions, said)
        if said(event) or told:
            rule = f'<br><span class="mereda-quiet">{html.escape(t(HOW[name]))}</span>'
            value = f"<strong>{html.escape(said(event) or nothing)}</strong>"
            rows.append((html.escape(t(name)) + rule, value, html.escape(told or nothing)))
    return rows


def _told(mentions: Sequence[dict[Any, Any]], said: Callable[[dict[Any, Any]], str]) -> str:
    """What the sentences say, the most told first, counted in owners; those that say nothing are left out."""
    families: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if value := said(mention):
            families[value].add(
                wording.text_of(mention.get("voice_family_id")) or wording.text_of(mention.get("family_id"))
            )
    ordered = sorted(families, key=lambda value: (-len(families[value]), value))
    owners = {value: tn("{count} owner", "{count} owners", len(families[value])) for value in ordered}
    return "; ".join(f"{value} ({owners[value]})" for value in ordered)


def revisions_html(revisions: pd.DataFrame) -> str:
    """Gives the log of our reading of an event as escaped HTML; that nothing changed since is said."""
    rows = [
        f'<p><span class="mereda-quiet">{html.escape(written_instant(row["revised_at_utc"]))}</span> '
        f"{html.escape(revision_in_words(row))}</p>"
        for row in revisions.to_dict("records")
    ]
    if not rows:
        return ""
    since = html.escape(t("Our reading has not changed since."))
    unchanged = f'<p class="mereda-quiet">{since}</p>' if len(rows) == 1 else ""
    return _title(t("How our reading changed")) + "".join(rows) + unchanged


def _value_in_words(name: str, value: str) -> str:
    if value == "None":
        return t("not said")
    return tc(name, value) if name in ("status", "mode") else value


def _title(text: str) -> str:
    return f"<p><strong>{html.escape(text)}</strong></p>"


def revision_in_words(revision: dict[Any, Any]) -> str:
    """Gives one line of the log in words: the names of columns become those that readers know."""
    detail = "; ".join(_change_in_words(part) for part in wording.text_of(revision["detail"]).split("; "))
    change = tc("revision", wording.text_of(revision["change"]))
    return f"{change}: {detail}" if detail else change


def _change_in_words(part: str) -> str:
    """One change: of a column (`killed_min 3 to 5`), or of the event as a whole."""
    if (found := _CHANGE.fullmatch(part)) and found["column"] in NAMES:
        name = NAMES[found["column"]]
        before, after = (_value_in_words(name, value) for value in (found["before"], found["after"]))
        return t("{what} {before} to {after}", what=t(name), before=before, after=after)
    return kept(part).replace(" families", " owners")


def _table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    heads = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="mereda-told"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
