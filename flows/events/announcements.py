"""Whose deed a passive without a doer tells where a spokesman says it: his own side's, towards the other of the two.

"Visits between the two countries have been suspended, X's spokeswoman said": X suspended them.
"""

from __future__ import annotations

from flows.events.discourse import Discourse, Roles
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

ANNOUNCED = ("SANCTION", "REJECT", "COERCE")
SPEAKER_WORDS = 6  # between a spokesman's side and the verb of saying: his office, his name


def announced_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles | None:
    """The roles of a deed between two sides that one of them announces without saying who did it, else None."""
    if hit.trigger.type not in ANNOUNCED or not hit.voice.is_passive:
        return None
    start, end = scene.clause_of(hit.start)
    here = [p for p in scene.parties if start <= p.start < end]
    if any(p.case == "agent" for p in here):
        return None
    between = next((p for p in here if p.case == "between" and len({side.code for side in p.sides}) == 2), None)
    pair = between.sides if between else discourse.pair if any(p.kind == "both" for p in here) else None
    speaker = _speaker(scene, discourse) if pair else None
    if pair is None or speaker is None or speaker.code not in (pair[0].code, pair[1].code):
        return None
    other = pair[1] if speaker.code == pair[0].code else pair[0]
    return Roles(speaker, other, False, "actor:who announced it", "target:the other of the two", 1)


def _speaker(scene: Scene, discourse: Discourse) -> SideSpan | None:
    """The side that a verb of saying stands beside; where it names no side, the one spoken of."""
    said = [*scene.cues_of("attribution"), *scene.cues_of("attribution_after")]
    for cue in said:
        for party in scene.parties:
            low, high = (party.end, cue.start) if party.end <= cue.start else (cue.end, party.start)
            is_near = low <= high and len(scene.words_between(low, high)) <= SPEAKER_WORDS
            if is_near and len(party.sides) == 1 and party.case in (None, "subject", "genitive"):
                return party.sides[0]
    bare = [p for p in scene.parties if p.is_nominative and len(p.sides) == 1]
    first = bare[0].sides[0] if bare else discourse.subject
    return first if said else None
