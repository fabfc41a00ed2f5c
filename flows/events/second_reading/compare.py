"""Whether the second reading agrees with a mention: on what happened, who did it to whom, and whether it is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.events.second_reading.answer import ToldEvent
from flows.events.second_reading.ask import Question
from flows.events.second_reading.verify import VerifiedEvent, verify
from warehouse.records import Mention, ReadingOutcome, ReadingReason

# What moves a curve, and to whose curve it belongs. Mode and date are compared too, and only noted.
DECISIVE = frozenset({"event", "type", "direction", "status", "actor", "target"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the second reading says of one mention: its event where it has a usable one, and in what the two differ."""

    outcome: ReadingOutcome
    reason: ReadingReason | None = None
    event: VerifiedEvent | None = None
    differs_in: tuple[str, ...] = ()


def judge(mention: Mention, told: Sequence[ToldEvent] | ReadingReason, question: Question) -> Judgement:
    """The judgement on one mention of the sentence, from all that was told of the sentence.

    The told event that is most like the mention answers for it. Where that one fails a check the answer is invalid for
    this mention, whatever else it holds. Where the model reads no event at all it disagrees, in `event`.
    """
    if isinstance(told, ReadingReason):
        return Judgement(outcome=ReadingOutcome.INVALID, reason=told)
    if not told:
        return Judgement(outcome=ReadingOutcome.DISAGREES, differs_in=("event",))
    readings = [verify(one, question) for one in told]
    best = max(range(len(told)), key=lambda at: (_likeness(mention, told[at], readings[at]), -at))
    reading = readings[best]
    if isinstance(reading, ReadingReason):
        return Judgement(outcome=ReadingOutcome.INVALID, reason=reading)
    differs_in = differences(mention, reading)
    is_other = bool(DECISIVE & set(differs_in))
    outcome = ReadingOutcome.DISAGREES if is_other else ReadingOutcome.AGREES
    return Judgement(outcome=outcome, event=reading, differs_in=differs_in)


def differences(mention: Mention, event: VerifiedEvent) -> tuple[str, ...]:
    """The fields in which the two readings differ, in the order of the record; none where they agree.

    Sides of an act done together are compared without order. A date is compared only where both have one.
    """
    first = (mention.actor_code, mention.target_code)
    second = (event.actor and event.actor.code, event.target and event.target.code)
    if (mention.is_symmetric or event.is_symmetric) and set(first) == set(second):
        second = first
    is_other_day = (
        event.on_date is not None
        and mention.starts_on is not None
        and mention.ends_on is not None
        and not mention.starts_on <= event.on_date < mention.ends_on
    )
    compared = {
        "type": mention.type != event.type,
        "mode": mention.mode != event.mode,
        "direction": mention.direction != event.direction,
        "status": mention.status != event.status,
        "actor": first[0] != second[0],
        "target": first[1] != second[1],
        "date": is_other_day,
    }
    return tuple(name for name, is_other in compared.items() if is_other)


def _likeness(mention: Mention, told: ToldEvent, reading: VerifiedEvent | ReadingReason) -> float:
    """How much a told event looks like the mention; of an unverified one only what needs no check counts."""
    if isinstance(reading, ReadingReason):
        return 2.0 * (told.type == mention.type) + 0.5 * (told.status == mention.status)
    same = {"type", "actor", "target", "status"} - set(differences(mention, reading))
    return 2.0 * ("type" in same) + len(same & {"actor", "target"}) + 0.5 * ("status" in same)
