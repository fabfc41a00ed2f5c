"""The parties of a trigger where commas insert clauses: "X, который напал на Y, ...", "X, напавший на Y, ...".

Inside an insertion the head before the comma takes part, in the case the relative word gives it; outside it, what
stands inside takes none.
"""

from __future__ import annotations

from dataclasses import replace

from flows.events.cases import WORD
from flows.events.parties import Party
from flows.events.scene import Hit, Scene

MOST_PARTIES = 12  # a clause that names more is a list; only the nearest are weighed


def parties_beside(scene: Scene, hit: Hit) -> list[Party]:
    """Parties of the hit's clause in text order, at most MOST_PARTIES; those of other insertions left out."""
    start, end = scene.reach_of(hit)
    found = [p for p in scene.parties if start <= p.start < end and (p.sides or p.kind == "pronoun")]
    for opens, case in reversed(_insertions(scene, start, end)):
        close = scene.folded.find(",", opens, end)
        close = close if close >= 0 else end
        if opens <= hit.start <= close:
            heads = [p for p in found if p.end <= opens]
            inside = [p for p in found if opens <= p.start < close]
            return _nearest(hit, [replace(heads[-1], case=case), *inside] if heads else inside)
        found = [p for p in found if not opens <= p.start < close]
    return _nearest(hit, found)


def _nearest(hit: Hit, parties: list[Party]) -> list[Party]:
    if len(parties) <= MOST_PARTIES:
        return parties
    near = sorted(parties, key=lambda p: abs(p.start - hit.start))[:MOST_PARTIES]
    return sorted(near, key=lambda p: p.start)


def _insertions(scene: Scene, start: int, end: int) -> list[tuple[int, str | None]]:
    """Where relative clauses and participles behind a comma begin, and the case their head has in them."""
    found = [(mark.start, _relative_case(scene, mark.start)) for mark in scene.cues_in("relative", start, end)]
    for hit in scene.hits:
        is_behind_comma = start <= hit.start < end and scene.folded[max(0, hit.start - 2) : hit.start] == ", "
        if is_behind_comma and not hit.voice.is_noun and _is_participle(scene, hit):
            found.append((hit.start, "subject"))
    return sorted(found, key=lambda one: one[0])


def _is_participle(scene: Scene, hit: Hit) -> bool:
    return scene.lexicon.forms["participle"].fullmatch(_word(scene, hit.start)) is not None


def _word(scene: Scene, at: int) -> str:
    """The whole word that begins here, of which the lexicon may know but the beginning."""
    word = WORD.match(scene.folded, at)
    return word.group() if word else ""


def _relative_case(scene: Scene, at: int) -> str | None:
    """What the relative word says of its head: its preposition, else its ending; a genitive there is an object."""
    governing = next((p for p in scene.prepositions if p.end + 1 == at), None)
    if governing is not None:
        return governing.pattern.label
    case = scene.lexicon.case_of(_word(scene, at))
    return {"genitive": "object", "bare": None, "open": None}.get(case or "", case)
