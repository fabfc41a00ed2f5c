"""Where what is said, settled or threatened was, though its own clause names no place that it was at.

Words are spoken on a visit, treaties are settled where the sides met, troops that go to a border stand on their own
side of it, and who yields something does so at home unless he is told to be elsewhere.
"""

from __future__ import annotations

from flows.events.discourse import Roles
from flows.events.frozen import replace
from flows.events.places import PlaceSpan
from flows.events.placing import has_place_preposition
from flows.events.reports import Report
from flows.events.scene import Hit, Scene

VISIT_WORDS = 2  # between a word for a visit and who or what is visited
MET = ("AGREE", "CONSULT", "RETREAT")  # what two sides may do in the land of a third


def at_home(report: Report) -> Report:
    """A report of a yielding that no text places, placed where its actor rules."""
    actor = report.roles.actor
    if report.type != "CONCEDE" or report.country_code is not None or actor is None:
        return report
    return replace(report, country_code=actor.country_code)


def find_setting(scene: Scene, hit: Hit, type_name: str, roles: Roles) -> str | None:
    """The country of a deed whose clause names none: of the visit, of the third side's town, of the border's guard."""
    if type_name == "CONCEDE":
        return visited_country(scene, roles)
    if type_name in MET and roles.is_symmetric:
        return _met_in(scene, roles)
    start, end = scene.clause_of(hit.start)
    if type_name == "MOBILIZE" and roles.actor is not None and roles.actor.kind != "group":
        is_border = scene.lexicon.kinds["border"].search(scene.folded, start, end) is not None
        return roles.actor.country_code if is_border else None
    return None


def visited_country(scene: Scene, roles: Roles) -> str | None:
    """The target's country where a sentence says that he was visited ("during a visit to its capital")."""
    home = roles.target.country_code if roles.target is not None else None
    if home is None or roles.is_symmetric:
        return None
    named = [(p.start, p.end) for p in scene.places if p.country_code == home]
    named += [(p.start, p.end) for p in scene.parties if p.sides and p.sides[0].country_code == home]
    is_behind = scene.order == "sov" and scene.nouns == "last"
    for visit in scene.lexicon.kinds["visiting"].finditer(scene.folded, scene.sentence.start, scene.sentence.end):
        for start, end in named:
            low, high = (end, visit.start()) if is_behind else (visit.end(), start)
            if low <= high and len(scene.words_between(low, high)) <= VISIT_WORDS:
                return home
    return None


def _met_in(scene: Scene, roles: Roles) -> str | None:
    """The country of the one town of the sentence in which neither of two sides is at home."""
    homes = {side.country_code for side in (roles.actor, roles.target) if side is not None}
    towns = [p for p in scene.places if p.precision != "country" and p.country_code and _is_where(scene, p)]
    found = {p.country_code for p in towns}
    return found.pop() if len(found) == 1 and not found & homes else None


def _is_where(scene: Scene, place: PlaceSpan) -> bool:
    """Whether a word right before a town says in which it was, or to which one went for it; not "the war in X"."""
    beside = [word for word in scene.prepositions if 0 <= place.start - word.end <= 1]
    if any(scene.lexicon.is_word("strife", scene.word_before(word.start)) for word in beside):
        return False
    return has_place_preposition(scene, place) or any(word.pattern.label in ("place", "goal") for word in beside)
