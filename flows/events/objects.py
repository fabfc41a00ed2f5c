"""Whom an act is done to where no word order says so: by case before it, by harm, by the soil it happened on."""

from __future__ import annotations

from flows.events.codebook import load_codebook
from flows.events.discourse import is_place, is_same_side
from flows.events.endings import find_own_start, is_later_owned
from flows.events.inflection import Voice
from flows.events.parties import ACTING, Party
from flows.events.places import PlaceSpan
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan
from flows.events.subjects import has_own_verb

CHAIN_WORDS = 7  # from a noun to the last of its owners


def marked_before(scene: Scene, hit: Hit, actor: SideSpan | None) -> tuple[SideSpan, str] | None:
    """The party before the trigger whose case makes it the object, in languages that have such (Chinese "对X")."""
    if not scene.lexicon.is_preverbal:
        return None
    start, _ = scene.clause_of(hit.start)
    before = [p for p in scene.parties if start <= p.start and p.end <= hit.start]
    if hit.trigger.type == "ACCUSE" and (struck := _struck_before(scene, hit, before)) is not None:
        before = before[: before.index(struck)]  # "对X针对Y的袭击表示谴责": X
    for party in reversed(before):
        if has_own_verb(scene, party, hit):
            continue
        if party.case in ("goal", "object", "with"):
            for side in party.sides:
                if actor is None or not is_same_side(side, actor):
                    return side, "target:case before the trigger"
    return None


def _struck_before(scene: Scene, hit: Hit, before: list[Party]) -> Party | None:
    """Who was struck by a deed that is spoken of, where its doer is marked too ("对X针对Y的袭击"): Y."""
    deeds = [h for h in scene.hits if h.end <= hit.start and h.voice.is_noun and h.trigger.type == "ASSAULT"]
    named = [p for p in before if deeds and p.end <= deeds[-1].start]
    is_two = len(named) > 1 and all(p.case == "goal" and p.sides for p in named[-2:])
    return named[-1] if is_two else None


def parties_after(scene: Scene, hit: Hit) -> list[Party]:
    """Parties after a hit up to the end of its clause; a complement ("that ...") belongs to it for verbal acts."""
    _, end = scene.clause_of(hit.start)
    border = next((b for b in scene.borders if b.start >= hit.end), None)
    if border is not None and border.kind == "complement" and not load_codebook()[hit.trigger.type].is_material:
        _, end = scene.clause_of(border.end)
    return [p for p in scene.parties if hit.end <= p.start < end]


def is_in_chain(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party hangs on the noun by adjectives and words like "of" alone."""
    gap = scene.folded[hit.end : party.start]
    if any(char in gap for char in ",;:") or len(scene.words_between(hit.end, party.start)) > CHAIN_WORDS:
        return False
    if any(hit.end <= other.start < party.start for other in scene.hits):
        return False
    return not any(
        hit.end <= word.start < party.start and word.pattern.label != "genitive" for word in scene.prepositions
    )


def victim_of(scene: Scene, hit: Hit, actor: SideSpan | None) -> SideSpan | None:
    """Who was harmed, by a word of harm in the clause; None where nobody is named."""
    start, end = scene.clause_of(hit.start)
    border = scene.border_before(hit.start)
    if border is not None and scene.is_aside(hit):
        before = scene.start_before(border)
        start = before if scene.cues_in("victim", before, border.start) else start
    if hit.trigger.type != "ASSAULT" or not scene.cues_in("victim", start, end):
        return None
    if any(
        start <= h.start < hit.start and h.voice is Voice.ACTIVE and h.trigger.type == "ASSAULT" for h in scene.hits
    ):
        return None  # "troops killed five in a raid": who stands first did it
    for party in scene.parties:
        is_subject = start <= party.start < hit.start or (scene.has_case_endings and party.start < end)
        is_subject = is_subject and start <= party.start and party.case is None and bool(party.sides)
        is_subject = is_subject and not (hit.voice.is_noun and blames_before(scene, party, hit.start))
        if is_subject and (actor is None or not is_same_side(party.sides[0], actor)):
            return party.sides[0]
    return None


def blames_before(scene: Scene, party: Party, at: int) -> bool:
    """Whether words of blame stand between a party and an offset: it only speaks of what follows."""
    return any(party.end <= h.start < at and h.trigger.type == "ACCUSE" for h in scene.hits)


def soil_of(scene: Scene, hit: Hit, actor: SideSpan | None) -> SideSpan | None:
    """The side on whose soil it happened, when that is not the actor's own."""
    start, end = find_own_start(scene, hit), scene.clause_of(hit.start)[1]
    owners = [p for p in scene.parties if p.case == "genitive"] if scene.has_case_endings else []
    owners = owners if owners and is_later_owned(scene, hit, scene.parties) else []
    inside = [p for p in scene.parties if start <= p.start < end and p.sides and p not in owners]
    inside = [p for p in inside if not _owns_other_deed(scene, hit, p)]
    by_place = scene.lexicon.is_preverbal
    for party in sorted(inside, key=lambda p: (by_place and not is_place(p), p.start < hit.start, p.start)):
        side = party.sides[0]
        is_where = is_place(party) or party.case in (("goal",) if scene.has_case_endings else ("goal", "other"))
        if is_where and (actor is None or (side.code != actor.code and side.country_code != actor.country_code)):
            return side
    without = ACTING if scene.has_case_endings else ("subject", "agent")
    acting = [*owners, *(p for p in scene.parties if p.case in without)]
    if hit.voice.is_noun and is_condemned(scene, hit):  # who condemns a deed is not where it was done
        acting += [p for p in scene.parties if p.case is None and p.end <= hit.start]
    places = sorted(
        (
            p
            for p in scene.places
            if start <= p.start < end and p.country_code and not any(a.start <= p.start < a.end for a in acting)
        ),
        key=lambda p: (p.start < hit.start) == (scene.order != "sov"),
    )
    is_insurgent = actor is not None and actor.kind == "group" and hit.trigger.type == "ASSAULT"
    is_insurgent = is_insurgent and scene.order == "svo"  # at home against its state; cases tell who else suffers
    for place in places:
        if actor is None or is_insurgent or place.country_code not in (actor.code, actor.country_code):
            return state_of(place)
    return None


def state_of(place: PlaceSpan) -> SideSpan:
    """The state of a place, as a side."""
    code = place.country_code or ""
    return SideSpan(place.start, place.end, code, place.name, code, "GOV", "place", True)


def _owns_other_deed(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party stands right before the noun of another attack ("fled X's attacks"), and is no place."""
    if scene.nouns != "last" or scene.order != "svo":
        return False
    return any(h is not hit and h.voice.is_noun and 0 < h.start - party.end <= 3 for h in scene.hits)


def is_condemned(scene: Scene, hit: Hit) -> bool:
    """Whether somebody accuses or condemns in the clause of the hit: it is then a deed that is spoken of."""
    start, end = scene.clause_of(hit.start)
    return any(start <= h.start < end and h.trigger.type == "ACCUSE" for h in scene.hits)
