"""Capitals that only say which talks are meant: "the Doha talks" are not talks with Qatar."""

from __future__ import annotations

from flows.events.parties import Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

NOT_TALKS = ("visit", "phone", "mediate")  # modes of other meetings: a visit is one to the place
HOSTING = (None, "genitive", "other")  # the cases in which a name may stand beside the noun of talks
SHARED = ("with", "between")  # what says that somebody is talked with


def as_host(scene: Scene, party: Party) -> Party:
    """The party, as a place where it is a capital right beside the noun of talks that nobody is said to share."""
    is_town = len(party.sides) == 1 and party.sides[0].kind == "capital" and party.case in HOSTING
    if not is_town or not any(_is_beside_talks(scene, hit, party) for hit in scene.hits):
        return party
    start, end = scene.clause_of(party.start)
    words = (*scene.prepositions, *scene.postpositions)
    is_shared = any(start <= word.start < end and word.pattern.label in SHARED for word in words)
    return party if is_shared else Party(party.start, party.end, party.sides, "place", party.kind, party.start)


def is_hosted(scene: Scene, hit: Hit) -> bool:
    """Whether the talks a noun names are called after where they are held, so that nobody is met there."""
    return any(p.case == "place" and _is_beside_talks(scene, hit, p) for p in scene.parties)


def is_venue(scene: Scene, side: SideSpan) -> bool:
    """Whether a sentence names a side only for the talks held there."""
    named = [p for p in scene.parties if any(one.code == side.code for one in p.sides)]
    return bool(named) and all(
        p.case == "place" and any(_is_beside_talks(scene, hit, p) for hit in scene.hits) for p in named
    )


def _is_beside_talks(scene: Scene, hit: Hit, party: Party) -> bool:
    is_word = hit.voice.is_noun or scene.lexicon.is_preverbal  # where the noun looks like the verb
    if hit.trigger.type != "CONSULT" or hit.trigger.mode in NOT_TALKS or not is_word:
        return False
    is_either = scene.order == "svo" and not scene.lexicon.is_analytic  # "perundingan Doha"
    before, behind = (party.end, hit.start), (hit.end, party.start)
    gaps = (before, behind) if is_either else (behind,) if scene.nouns == "first" else (before,)
    return any(0 <= high - low <= 1 and not scene.folded[low:high].strip() for low, high in gaps)
