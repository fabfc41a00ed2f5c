"""The question: a fixed instruction in `prompt.md`, and the sentence with what stands around it as data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from flows.events.codebook import EventType, load_codebook
from flows.events.second_reading.answer import ANSWER_NAME, answer_schema
from warehouse.records import stable_id

PROMPT_PATH = Path(__file__).parent / "prompt.md"
# Characters around the sentence that are told with it: what "both countries" means stands mostly before.
BEFORE_CHARS = 600
AFTER_CHARS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One sentence with its surroundings; `start` is where `before` begins in title + newline + text."""

    sentence: str
    before: str
    after: str
    start: int
    headline: str
    language: str | None
    published_on: date | None

    @property
    def passage(self) -> str:
        """What is told of the text, in one piece."""
        return self.before + self.sentence + self.after

    @property
    def sentence_span(self) -> tuple[int, int]:
        """Where the sentence stands in the passage, end exclusive."""
        return len(self.before), len(self.before) + len(self.sentence)


@cache
def instructions() -> str:
    """The instruction every question begins with: `prompt.md` with the codebook's types and modes."""
    template = Template(PROMPT_PATH.read_text(encoding="utf-8"))
    return template.substitute(types="\n".join(_told(one) for one in load_codebook().values()))


def _told(one: EventType) -> str:
    modes = "".join(f"\n  - `{mode.name}`: {mode.definition}" for mode in one.modes.values())
    return f"- `{one.name}`: {one.definition}{modes}"


@cache
def prompt_version() -> str:
    """Twelve hex digits that change with the instruction, the codebook behind it, or the form of the answer."""
    told = json.dumps([instructions(), answer_schema()], sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def question_id(question: Question, model: str) -> str:
    """The name of this question to this model: the same sentence in the same surroundings is asked once."""
    return stable_id("question", model, prompt_version(), _data(question))


def messages_of(question: Question) -> list[dict[str, str]]:
    """The two messages of a chat: the instruction, and the text as one JSON object that no text can break out of."""
    return [{"role": "system", "content": instructions()}, {"role": "user", "content": _data(question)}]


def response_format() -> dict[str, Any]:
    """The form the answer is asked in, for chat completions."""
    return {"type": "json_schema", "json_schema": {"name": ANSWER_NAME, "strict": True, "schema": answer_schema()}}


def _data(question: Question) -> str:
    return json.dumps(
        {
            "published": question.published_on.isoformat() if question.published_on else None,
            "language": question.language,
            "headline": question.headline,
            "before": question.before,
            "sentence": question.sentence,
            "after": question.after,
        },
        ensure_ascii=False,
    )
