"""What mentions must share before anything else is asked, and what each is looked up by.

Blocks first (claim, type, direction, sides), then time (`days`), then place, mode, toll and the group that was hit
(`parts`). Pairwise likeness and its chains were refused: in a war with a strike every day they tie all the days into
one event. Instead days that texts state sharply are anchors, and vaguer mentions join the anchor they fit best.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from warehouse.records import Mention, MergeKey, Status

# What the act is aimed at stands on soil only when the act itself is material and hostile.
SOIL_TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# Types that two sides do together: who is named first means nothing.
MUTUAL_TYPES = frozenset({"AGREE", "CONSULT", "COOPERATE"})
# A promised release and the release are told of in the same words by different outlets.
NEAR_TYPES = {"RETREAT": "CONCEDE"}
# Two newsrooms do not write the same sentence of this length by chance: the later one is a copy, not a witness.
COPY_CHARS = 25
# The rule of the coder that gives a clause without a day the one told first in its article, as its trace names it.
BORROWED = "day told in the first sentences"
# How the coder's trace says that a noun tells the act ("the attack"), and of which acts a noun points back to one told
# before: talks and visits are announced by nouns, and sanctions and drills go on.
NOUN = "noun"
POINTING_TYPES = frozenset({"ASSAULT", "COERCE", "AGREE", "CONCEDE", "RETREAT"})
# Nothing has happened after it is told, but where clocks differ.
AHEAD = timedelta(days=1)
# Before the hash of a shorter sentence, which is no proof of a copy.
STOCK = "~"
# A wider interval says no more than "some time": it is compared with its like alone.
WIDEST = timedelta(days=31)
# Places no larger than this are one when they are near; a region or country says too little.
SHARP_PLACES = frozenset({"exact", "city"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedMention:
    """A mention with the facts of its article that merging needs."""

    mention: Mention
    outlet_id: str
    family_id: str
    published_at_utc: datetime
    story_id: str | None = None


class Block(NamedTuple):
    """What mentions must share before time and place are looked at; a side is "" where the text names none."""

    claim: str  # happened, planned, demanded, hypothetical, historical
    kind: str
    direction: str
    first_side: str
    second_side: str


def is_group(code: str | None) -> bool:
    """Tell whether a side's code is a group's slug; states and organisations are written in capitals."""
    return code is not None and code != code.upper()


def soil_of(mention: Mention) -> str | None:
    """The state on whose soil a group, or nobody named, was hit; None where that is not so or not known.

    The actor's own country, with no town, named beside a group of another one is where the act came from.
    """
    if mention.type not in SOIL_TYPES or not (mention.target_code is None or is_group(mention.target_code)):
        return None
    soil = mention.place_country_code or mention.target_country_code
    if soil == mention.actor_code and mention.place_precision not in SHARP_PLACES:
        soil = mention.target_country_code or soil
    return None if soil == mention.actor_code else soil


def block_of(mention: Mention) -> Block:
    """The block of a mention; only mentions of one block can be one event."""
    first, second = mention.actor_code or "", soil_of(mention) or mention.target_code or ""
    if mention.is_symmetric or mention.type in MUTUAL_TYPES:
        first, second = sorted((first, second))
    kind = NEAR_TYPES.get(mention.type, mention.type)
    return Block("happened" if claims_it(mention) else mention.status, kind, mention.direction, first, second)


def order_of(reported: ReportedMention) -> tuple[datetime, str]:
    """The canonical order of mentions: by publication, then by id."""
    return reported.published_at_utc, reported.mention.mention_id


def claims_it(mention: Mention) -> bool:
    """Whether it says that something happened, on whose word ever, or that it did not."""
    return mention.status in (Status.OCCURRED, Status.ALLEGED, Status.DENIED)


def states_day(reported: ReportedMention) -> bool:
    """Whether the mention has days of its own that it can mean; what has happened has no day to come."""
    starts_on = reported.mention.starts_on
    if starts_on is None:
        return False
    return not claims_it(reported.mention) or starts_on <= reported.published_at_utc.date() + AHEAD


def interval_of(reported: ReportedMention) -> tuple[date, date]:
    """The mention's days, end exclusive; the day of publication where it states none that it can mean."""
    starts_on, ends_on = reported.mention.starts_on, reported.mention.ends_on
    if starts_on is None or not states_day(reported):
        starts_on, ends_on = reported.published_at_utc.date(), None
    return starts_on, max(ends_on or starts_on, starts_on + timedelta(days=1))


def precision_of(reported: ReportedMention) -> str:
    """How precisely the mention is dated: day, week, month, year or publication."""
    return (states_day(reported) and reported.mention.date_precision) or "publication"


def family_count(group: Iterable[ReportedMention]) -> int:
    """How many outlet families speak; copies and second feeds never count."""
    return len({reported.family_id for reported in group})


def sentence_of(reported: ReportedMention) -> str:
    """The evidence sentence, freed of case and spacing, by which copies are known."""
    return " ".join(reported.mention.evidence_text.casefold().split())


def hear_voices(group: Sequence[ReportedMention]) -> list[ReportedMention]:
    """The mentions of one time, each copied sentence given to the family that published it first."""
    sentences = [sentence_of(reported) for reported in group]
    first: dict[str, str] = {}
    for reported, sentence in sorted(
        zip(group, sentences, strict=True), key=lambda told: (*order_of(told[0]), told[0].family_id)
    ):
        first.setdefault(sentence, reported.family_id)
    return [
        replace(reported, family_id=first[sentence])
        if len(sentence) >= COPY_CHARS and first[sentence] != reported.family_id
        else reported
        for reported, sentence in zip(group, sentences, strict=True)
    ]


def points_back(mention: Mention) -> bool:
    """Whether a noun alone tells the act, without toll or town: it names one told before, where there is one."""
    if mention.type not in POINTING_TYPES or not claims_it(mention) or NOUN not in mention.trace:
        return False
    is_bare = mention.killed_min is None and mention.injured_min is None and mention.place_precision not in SHARP_PLACES
    return is_bare and json.loads(mention.trace).get("voice") == NOUN


def has_borrowed_day(mention: Mention) -> bool:
    """Whether its day is that of other sentences of its article: often right, but no proof against a day told."""
    return BORROWED in mention.trace and json.loads(mention.trace).get("date") == BORROWED


def key_of(reported: ReportedMention) -> MergeKey:
    """What the mention is looked up by; taken for the day it states or was published on until `days` says better."""
    mention = reported.mention
    starts_on, ends_on = interval_of(reported)
    sentence = sentence_of(reported)
    has_place = mention.latitude is not None and mention.longitude is not None
    is_sharp = has_place and (mention.place_precision is None or mention.place_precision in SHARP_PLACES)
    return MergeKey(
        mention_id=mention.mention_id,
        article_id=mention.article_id,
        block="|".join(block_of(mention)),
        precision=_kind_of(reported, ends_on - starts_on),
        starts_on=starts_on,
        ends_on=ends_on,
        published_at_utc=reported.published_at_utc,
        outlet_id=reported.outlet_id,
        family_id=reported.family_id,
        sentence_key=("" if len(sentence) >= COPY_CHARS else STOCK)
        + hashlib.sha256(sentence.encode()).hexdigest()[:16],
        place_key=f"{mention.latitude:.1f},{mention.longitude:.1f}" if is_sharp else None,
        toll_key=str(mention.killed_min) if mention.killed_min else None,
        told_on=starts_on,
        told_by="published" if precision_of(reported) == "publication" else "stated",
        is_pointing=points_back(mention),
    )


def _kind_of(reported: ReportedMention, length: timedelta) -> str:
    if precision_of(reported) == "publication" or has_borrowed_day(reported.mention):
        return "bare"
    if length <= timedelta(days=1):
        return "day"
    return "wide" if length <= WIDEST else "era"
