"""For whom a crowd is ("marched in support of X", "pro-X protesters"): he neither protests nor is protested against."""

from __future__ import annotations

from dataclasses import replace

from flows.events.parties import Party
from flows.events.places import PlaceSpan
from flows.events.scene import Hit, Scene

REACH_CHARS = 40  # of the longest words before a name that say so


def drop_favoured(scene: Scene, hit: Hit) -> Scene:
    """What the roles of a protest are read from: the scene without those it is for; for another hit as it is."""
    if hit.trigger.type != "PROTEST":
        return scene
    parties = [party for party in scene.parties if not _is_favoured(scene, party)]
    if len(parties) == len(scene.parties):
        return scene
    return replace(scene, parties=parties, places=[place for place in scene.places if not _is_favoured(scene, place)])


def _is_favoured(scene: Scene, named: Party | PlaceSpan) -> bool:
    lexicon, folded = scene.lexicon, scene.folded
    if lexicon.has_words("favoured_behind"):
        return lexicon.kinds["favoured_behind"].match(folded, named.end) is not None
    return lexicon.last_of("favoured_before", folded, max(0, named.start - REACH_CHARS), named.start) is not None
