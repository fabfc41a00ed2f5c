"""Why sentences are taken for one event: what put each there, what they say together, and how that reading changed."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Final

import pandas as pd

from dashboard.views import wording
from dashboard.views.owners import written_owner
from dashboard.views.reader import written_instant

_LABEL_ID = re.compile(r"by label \S+")
NAMES: Final = {
    "type": "type",
    "mode": "mode",
    "status": "status",
    "target_code": "on whom",
    "killed_min": "killed",
    "killed_max": "killed at most",
    "injured_min": "injured",
    "place_name": "place",
}
HOW: Final = {
    "What": "what most owners say, of those that say how where any does",
    "Claim": "that it occurred comes before that it is alleged, and that before a denial",
    "When": "what most owners say among the most precise",
    "Where": "of the sentence that speaks for the event, else of the surest that names a place",
    "Casualties": "the latest count among sure sentences, up to the highest of them",
}


def merging_html(event: dict[Any, Any], mentions: Sequence[dict[Any, Any]], revisions: pd.DataFrame) -> str:
    """Gives the explanation as escaped HTML, to be opened by who wants it.

    Args:
        event: a row of `events`.
        mentions: rows of `queries/event_evidence.sql`.
        revisions: rows of `queries/event_revisions.sql`.
    """
    many = len(mentions) > 1
    title = "Why these are one event" if many else "How this event came about"
    parts = [_table(("Outlet", "Why it is here"), [_reason_cells(mention) for mention in mentions])]
    if many:
        parts.append("<p><strong>What they say together</strong></p>")
        parts.append(_table(("", "Event", "Sentences"), reconciled(event, mentions)))
    parts.append(revisions_html(revisions))
    return f'<div class="mereda-mention"><details><summary>{title}</summary>{"".join(parts)}</details></div>'


def _reason_cells(mention: dict[Any, Any]) -> tuple[str, str]:
    outlet = html.escape(wording.text_of(mention.get("outlet_name"), "unknown outlet"))
    owner = html.escape(written_owner(mention))
    reason = _LABEL_ID.sub("by a reader's label", wording.text_of(mention.get("merge_reason"), "not kept"))
    stance, said_by = wording.text_of(mention.get("stance")), wording.text_of(mention.get("said_by"))
    speaker = "the outlet" if said_by in ("", wording.text_of(mention.get("outlet_id"))) else said_by
    quiet = wording.listed(
        f"{speaker} {stance}" if stance else "",
        f"the words of {_original(mention)}, no second witness" if _is_echo(mention) else "",
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
        ("What", wording.written_type),
        ("Claim", lambda row: str(row["status"])),
        ("When", lambda row: wording.written_interval(row["starts_on"], row["ends_on"])),
        ("Where", lambda row: wording.text_of(row.get("place_name"))),
        ("Casualties", wording.written_casualties),
    )
    rows = []
    for name, said in fields:
        told = _told(mentions, said)
        if said(event) or told:
            rule = f'<br><span class="mereda-quiet">{html.escape(HOW[name])}</span>'
            value = f"<strong>{html.escape(said(event) or 'not said')}</strong>"
            rows.append((name + rule, value, html.escape(told or "not said")))
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
    return "; ".join(f"{value} ({wording.counted(len(families[value]), 'owner')})" for value in ordered)


def revisions_html(revisions: pd.DataFrame) -> str:
    """Gives the log of our reading of an event as escaped HTML; that nothing changed since is said."""
    rows = [
        f'<p><span class="mereda-quiet">{html.escape(written_instant(row["revised_at_utc"]))}</span> '
        f"{html.escape(revision_in_words(row))}</p>"
        for row in revisions.to_dict("records")
    ]
    if not rows:
        return ""
    unchanged = '<p class="mereda-quiet">Our reading has not changed since.</p>' if len(rows) == 1 else ""
    return f"<p><strong>How our reading changed</strong></p>{''.join(rows)}{unchanged}"


def revision_in_words(revision: dict[Any, Any]) -> str:
    """Gives one line of the log in words: the names of columns become those that readers know."""
    detail = wording.text_of(revision["detail"])
    for column, name in NAMES.items():
        detail = re.sub(rf"(^|; ){column} ", rf"\g<1>{name} ", detail)
    detail = re.sub(r"\bNone\b", "not said", detail).replace(" families", " owners")
    return f"{wording.text_of(revision['change'])}: {detail}" if detail else wording.text_of(revision["change"])


def _table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    heads = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="mereda-told"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
