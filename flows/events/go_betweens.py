"""The Red Cross where captives are let go: they pass through its hands, and it frees and holds nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flows.events.discourse import Discourse
from flows.events.parties import Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

GO_BETWEEN = "RCR"
RELEASE = "release"


def find_parties_in_play(scene: Scene) -> list[Party]:
    """The parties of a scene, less who only passes captives on where it tells of a release."""
    is_release = any(hit.trigger.mode == RELEASE for hit in scene.hits)
    return _without_go_betweens(scene.parties) if is_release else scene.parties


def drop_go_betweens(scene: Scene, hit: Hit, discourse: Discourse) -> tuple[Scene, Discourse]:
    """What the roles of a hit are read from: for a release without who only passes captives on, else as it is."""
    if hit.trigger.mode != RELEASE:
        return scene, discourse
    subject, pair = discourse.subject, discourse.pair
    before = replace(
        discourse,
        subject=None if subject is not None and _is_go_between(subject) else subject,
        recent=[side for side in discourse.recent if not _is_go_between(side)],
        pair=None if pair is not None and any(map(_is_go_between, pair)) else pair,
    )
    return replace(scene, parties=_without_go_betweens(scene.parties)), before


def _is_go_between(side: SideSpan) -> bool:
    return side.code == GO_BETWEEN


def _without_go_betweens(parties: Iterable[Party]) -> list[Party]:
    """The parties without those sides; one that names nobody else is left out."""
    found = []
    for party in parties:
        sides = tuple(side for side in party.sides if not _is_go_between(side))
        if sides == party.sides:
            found.append(party)
        elif sides:
            found.append(replace(party, sides=sides))
    return found
