"""One who meets or calls several: an act of his with each of them, and none of theirs with each other."""

from __future__ import annotations

from flows.events.discourse import Roles
from flows.events.mutual import find_mediator
from flows.events.parties import Party
from flows.events.scene import Hit, Scene

MET_CASES = ("with", "object", "goal", "source")  # of whom a verb says that they were met or spoken to
BEHIND_CASES = (*MET_CASES, None, "place", "genitive")  # the same behind a verb ("phoned his counterparts in X and Y")


def meeting_roles(scene: Scene, hit: Hit) -> Roles | None:
    """The roles of a meeting or call of one side with several ("X spoke with the ministers of Y and Z"), else None."""
    if hit.trigger.type != "CONSULT" or find_mediator(scene) is not None:
        return None
    start, end = scene.clause_of(hit.start)
    here = [p for p in scene.parties if start <= p.start < end]
    if any(p.kind == "both" or p.case == "between" for p in here):
        return None
    for met in here:
        if len({side.code for side in met.sides}) < 2 or not _is_met(scene, hit, met):
            continue
        if (subject := _subject(scene, hit, here, met)) is not None:
            first, *rest = met.sides
            return Roles(subject.sides[0], first, True, "subject:span", "mutual:partner", also=tuple(rest))
    return None


def _is_met(scene: Scene, hit: Hit, party: Party) -> bool:
    if party.start < hit.end:
        return party.case == "with" or (scene.order == "sov" and party.case in MET_CASES)
    if hit.voice.is_noun:
        return party.case_after(hit.end) == "with"
    return party.case in BEHIND_CASES and not hit.voice.is_passive


def _subject(scene: Scene, hit: Hit, here: list[Party], met: Party) -> Party | None:
    """The one side alone that stands as subject before those it met, and before a verb that follows its subject."""
    bare = [p for p in here if p.is_nominative and p.sides and p.end <= met.start]
    if scene.order in ("svo", "sov"):
        bare = [p for p in bare if p.end <= hit.start]
    codes = {side.code for side in met.sides}
    return bare[0] if bare and len(bare[0].sides) == 1 and bare[0].code not in codes else None
