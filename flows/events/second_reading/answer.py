"""The answer: its form, and the reading of what came back in it, or did not."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.events.codebook import load_codebook
from warehouse.records import Direction, ReadingReason, Status

ANSWER_NAME = "second_reading"
# A sentence that reports more events than this is no sentence.
MOST_EVENTS = 12


class ToldEvent(BaseModel):
    """One event as the model tells it; nothing of it is believed yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    evidence: str = Field(max_length=5000)
    actor: str | None = Field(max_length=200)
    target: str | None = Field(max_length=200)
    is_symmetric: bool = Field(strict=True)
    type: str = Field(max_length=40)
    mode: str | None = Field(max_length=40)
    status: Status
    direction: Direction
    date: date | None


class ToldAnswer(BaseModel):
    """All that the model reads in one sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    events: tuple[ToldEvent, ...] = Field(max_length=MOST_EVENTS)


def read_answer(content: str) -> tuple[ToldEvent, ...] | ReadingReason:
    """The events told, none where the sentence reports none, or why the answer cannot be read. Never raises."""
    try:
        return ToldAnswer.model_validate_json(content).events
    except ValidationError as error:
        is_json = all(one["type"] != "json_invalid" for one in error.errors(include_input=False))
        return ReadingReason.WRONG_SCHEMA if is_json else ReadingReason.NO_JSON
    except ValueError:  # half a character, which no UTF-8 holds
        return ReadingReason.NO_JSON


def answer_schema() -> dict[str, Any]:
    """The form as a flat JSON schema, in the part of the language that strict endpoints take.

    Written out rather than derived from the classes above: those name references and limits that some endpoints refuse.
    """
    types = load_codebook()
    modes = sorted({mode for one in types.values() for mode in one.modes})
    text_or_null = {"type": ["string", "null"]}
    properties: dict[str, Any] = {
        "evidence": {"type": "string"},
        "actor": text_or_null,
        "target": text_or_null,
        "is_symmetric": {"type": "boolean"},
        "type": {"type": "string", "enum": sorted(types)},
        "mode": {"type": ["string", "null"], "enum": [*modes, None]},
        "status": {"type": "string", "enum": [str(one) for one in Status]},
        "direction": {"type": "string", "enum": [str(one) for one in Direction]},
        "date": text_or_null,
    }
    event = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"events": {"type": "array", "items": event}},
        "required": ["events"],
        "additionalProperties": False,
    }
