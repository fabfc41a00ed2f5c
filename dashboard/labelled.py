"""Labelled sentences as JSON lines that `mereda evaluate` reads. Knows neither Streamlit nor the warehouse."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import pandas as pd

CORRECTABLE: Final = ("type", "direction", "status", "actor_code", "target_code")
"""Fields of a mention that a label can correct; `NO_EVENT` says that the sentence reports none."""

NO_EVENT: Final = "event"


def labelled_lines(sentences: pd.DataFrame) -> str:
    """Gives one JSON object a sentence, each on a line; empty where nothing can be measured with.

    A mention marked right is an event as it was read, a corrected one as corrected, one that is no event is left out. A
    mention nobody has labelled is optional: the coder is neither praised nor blamed for it. A sentence in which a
    mention is only said to be wrong is left out, since nobody has said what would be right.

    Args:
        sentences: rows of `queries/labelled_sentences.sql`.
    """
    lines = []
    # As dicts: cut into a frame for each sentence and mention, a page with 200 labels took two seconds.
    ordered = sorted(sentences.to_dict("records"), key=itemgetter("sentence_id", "mention_id"))
    for sentence_id, group in groupby(ordered, key=itemgetter("sentence_id")):
        rows = list(group)
        events = [_event(list(own)) for _, own in groupby(rows, key=itemgetter("mention_id"))]
        if any(event is None for event in events):
            continue
        told = [event for event in events if event]
        first = rows[0]
        published = first["published_at_utc"]
        item = {
            "id": str(sentence_id),
            "lang": None if pd.isna(first["language"]) else str(first["language"]),
            "published": None if pd.isna(published) else pd.Timestamp(published).date().isoformat(),
            "text": str(first["evidence_text"]),
            "relevant": bool(told),
            "kind": "labelled",
            "events": told,
            "labelled_by": sorted({str(row["labelled_by"]) for row in rows if not pd.isna(row["labelled_by"])}),
        }
        lines.append(json.dumps({name: value for name, value in item.items() if value is not None}, ensure_ascii=False))
    return "".join(line + "\n" for line in lines)


def _event(rows: list[dict[Any, Any]]) -> dict[str, Any] | None:
    """One mention as it should be coded; {} where it is no event, None where nobody has said what is right."""
    read = rows[0]
    corrections = {
        str(row["field"]): row["value"] for row in rows if row["verdict"] == "corrected" and not pd.isna(row["field"])
    }
    verdicts = {row["verdict"] for row in rows if not pd.isna(row["verdict"])}
    if NO_EVENT in corrections:
        return {}
    if "wrong" in verdicts and not corrections:
        return None
    values = read | corrections
    event: dict[str, Any] = {
        "type": [values["type"]],
        "direction": values["direction"],
        "actor": [] if pd.isna(values["actor_code"]) else [values["actor_code"]],
        "target": [] if pd.isna(values["target_code"]) else [values["target_code"]],
        "symmetric": bool(values["is_symmetric"]),
        "status": values["status"],
        "date": None,
        "country": None,
        "killed": None,
        "injured": None,
    }
    return event if verdicts else event | {"optional": True}
