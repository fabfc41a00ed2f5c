"""Briefs as files under `briefs/` of the data folder, for any web server to publish."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flows.rounds.briefing.syndication import brief_as_atom, brief_as_rss
from flows.rounds.briefing.text import brief_as_json, brief_as_markdown
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse.briefs import Brief, briefed_dyads, gather_brief
from warehouse.connect import Warehouse

# Name of a format, which is also the ending of its file.
FORMATS: dict[str, Callable[[Brief], str]] = {
    "markdown": brief_as_markdown,
    "json": brief_as_json,
    "rss": brief_as_rss,
    "atom": brief_as_atom,
}
ENDINGS = {"markdown": "md"}
FOLDER = "briefs"


def render_brief(brief: Brief, form: str) -> str:
    """The brief in one of `FORMATS`; KeyError for any other."""
    return FORMATS[form](brief)


def write_briefs(wh: Warehouse, settings: Settings, now: datetime) -> StageCount:
    """Puts the brief of every dyad that has one under `briefs/`, in every format, and takes others away.

    A file is replaced whole and only where it changes, so that a server never reads half of one and a feed reader
    asks in vain as long as there is nothing new.
    """
    folder = settings.home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    dyads = briefed_dyads(wh, now.date(), settings.brief_count)
    written, names = 0, set()
    for a, b in dyads:
        brief = gather_brief(wh, a, b, now.date())
        for form in FORMATS:
            path = folder / f"{brief.name}.{ENDINGS.get(form, form)}"
            names.add(path.name)
            written += _replace(path, render_brief(brief, form))
    for old in folder.iterdir():
        if old.name not in names and old.suffix.lstrip(".") in {ENDINGS.get(form, form) for form in FORMATS}:
            old.unlink()
    return StageCount("write briefs", read=len(dyads), kept=written, note="read: dyads; kept: files that changed")


def _replace(path: Path, text: str) -> bool:
    content = text.encode("utf-8", "replace")
    if path.is_file() and path.read_bytes() == content:
        return False
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.write_bytes(content)
    draft.replace(path)
    return True
