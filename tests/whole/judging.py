"""Holds what was coded against what must be found, and must not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


def _names(row: Row, role: str) -> set[str]:
    return {str(row[f"{role}_{key}"]).casefold() for key in ("code", "name", "country_code") if row[f"{role}_{key}"]}


def _is_side(row: Row, role: str, accepted: Sequence[str]) -> bool:
    found = _names(row, role)
    return any(
        want in found or any(len(want) > 3 and want in name for name in found) for want in map(str.casefold, accepted)
    )


def is_told(gold: Mapping[str, Any], row: Row) -> bool:
    """Whether this mention is the event that `gold` asks for, in every field that it names."""
    straight = _is_side(row, "actor", gold["actor"]) and _is_side(row, "target", gold["target"])
    crossed = _is_side(row, "target", gold["actor"]) and _is_side(row, "actor", gold["target"])
    return (
        row["type"] in gold["type"]
        and row["direction"] == gold["direction"]
        and row["status"] == gold["status"]
        and (straight or (gold["symmetric"] and crossed))
        and gold["date"] in (None, str(row["starts_on"])[:10])
        and gold.get("country") in (None, row["place_country_code"])
        and (not gold.get("place") or gold["place"].casefold() in str(row["place_name"]).casefold())
        and (gold.get("killed") is None or int(row["killed_min"] or -1) == gold["killed"])
    )


def find_missing(gold: Mapping[str, Any], rows: Sequence[Row]) -> list[str]:
    """Ids of the required events that no mention of its own tells."""
    left, missing = list(rows), []
    for event in gold["events"]:
        if event.get("optional"):
            continue
        hit = next((row for row in left if is_told(event, row)), None)
        if hit is None:
            missing.append(event["id"])
        else:
            left.remove(hit)
    return missing


def find_leaks(gold: Mapping[str, Any], rows: Sequence[Row]) -> list[str]:
    """Sentences that were read although they are no part of the story."""
    return [
        row["evidence_text"]
        for row in rows
        for forbidden in gold["must_not"]
        if forbidden["evidence"] in row["evidence_text"] or row["evidence_text"] in forbidden["evidence"]
    ]
