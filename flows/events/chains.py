"""Chains of nouns where a noun stands before what is said of it: "condemnation of the attack of X on Y" word by word.

In Persian and Arabic an act that is named, not told, has its owner right behind it, then its goal; and verbs speak of
acts that are named so. Which party belongs to which noun, and which noun to which verb, is answered here. In languages
that do not put their nouns first, and say so in their lexicon, every answer is no.
"""

from __future__ import annotations

from flows.events.codebook import load_codebook
from flows.events.discourse import Discourse, Roles, is_same_side, resolve
from flows.events.inflection import Voice
from flows.events.parties import Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN"})  # what others speak of
BESIDE_WORDS = 3
SUBJECT_WORDS = 2  # between a relative word and its subject, and behind the subject of no light verb
SPEAKING_CHARS = 12
DESCRIBING_WORDS = 3
HEAD_WORDS = 1  # between the head of a relative clause and its relative word


def find_cancelled_meeting(scene: Scene, hit: Hit) -> Hit | None:
    """The meeting that a passive says was put off ("the visit of X to Y was cancelled"): its sides are the sides."""
    return _named_before_passive(scene, hit, "REJECT", "CONSULT")


def find_deadly_deed(scene: Scene, hit: Hit) -> Hit | None:
    """The attack in which, says the clause, someone was killed or hurt: the two are one deed."""
    return _named_before_passive(scene, hit, "ASSAULT", "ASSAULT")


def _named_before_passive(scene: Scene, hit: Hit, passive_type: str, named_type: str) -> Hit | None:
    """The last noun of one type before a passive of another, in its clause."""
    if hit.voice is not Voice.PASSIVE or hit.trigger.type != passive_type or scene.nouns != "first":
        return None
    start, _ = scene.clause_of(hit.start)
    named = [h for h in scene.hits if start <= h.start < hit.start and h.voice.is_noun and h.trigger.type == named_type]
    return named[-1] if named else None


def find_relative_head(scene: Scene, hit: Hit) -> Party | None:
    """The party a relative clause is about, where the clause of a verb begins with the relative word."""
    start, _ = scene.clause_of(hit.start)
    border = scene.border_before(hit.start)
    if scene.nouns != "first" or scene.order != "sov" or hit.voice is not Voice.ACTIVE or border is None:
        return None
    marks = [cue for cue in scene.cues_in("relative", border.start, start) if cue.end <= start]
    before = [p for p in scene.parties if p.end <= border.start and p.sides]
    if not marks or not before or len(scene.words_between(before[-1].end, border.start)) > HEAD_WORDS:
        return None
    verbs = [h for h in scene.hits if before[-1].end <= h.start < border.start]
    return None if verbs else before[-1]


def find_relative_doer(scene: Scene, hit: Hit) -> Party | None:
    """Whom a relative clause tells of where it names nobody who acts ("X praised Y, which had struck Z").

    Where nouns come first he stands right before its word; where they come last, last before the comma, and the word
    is that of a subject.
    """
    if scene.order != "sov" or hit.voice is not Voice.ACTIVE:
        return None
    if scene.nouns == "first":
        head, border = find_relative_head(scene, hit), scene.border_before(hit.start)
        if head is None or border is None or scene.cues_in("attribution", head.end, border.start):
            return None
        signs = [w for w in scene.postpositions if head.end <= w.start < border.start and w.pattern.label == "object"]
        return None if signs else head  # of an object it may tell what was done to it
    start, _ = scene.clause_of(hit.start)
    marks = [c for c in scene.cues_in("relative", start, hit.start) if c.start - start <= 1]
    if not marks or not scene.lexicon.is_word("relative_subject", scene.folded[marks[0].start : marks[0].end]):
        return None
    before = [p for p in scene.parties if p.end <= start and p.sides]
    return before[-1] if before else None


def find_inner_roles(scene: Scene, hit: Hit) -> Roles | None:
    """Who did a deed to whom, if the relative clause behind its noun says so ("the attack that X made on Y")."""
    if not hit.voice.is_noun or hit.trigger.type not in DEEDS or hit.trigger.is_mutual or scene.lexicon.is_preverbal:
        return None
    mark = _relative_behind(scene, hit)
    if mark is None:
        return None
    verbs = [h.start for h in scene.hits if h.start >= mark and not h.voice.is_noun]
    end = min([scene.sentence.end, *verbs, *(b.start for b in scene.borders if b.start >= mark)])
    inside = [p for p in scene.parties if mark <= p.start < end]
    doers = [p for p in inside if p.sides and p.case in (None, "subject", "agent")]
    if not doers or len(scene.words_between(mark, doers[0].start)) > SUBJECT_WORDS:
        return None
    if len(scene.words_between(doers[0].end, end)) <= SUBJECT_WORDS or _speaks(scene, doers[0]):
        return None
    actor = doers[0].sides[0]
    aimed = [p for p in inside if p.start > doers[0].start and p.sides and p.case in ("goal", "place", "object")]
    named = [p.sides[0] for p in sorted(aimed, key=lambda p: p.case == "place") if p.code != actor.code]
    if not named and any(p.kind == "pronoun" for p in inside):
        earlier = [p.sides[0] for p in scene.parties if p.end <= hit.start and p.sides]
        named = [side for side in earlier if not is_same_side(side, actor)][:1]
    target = named[0] if named else None
    return Roles(actor, target, False, "subject:of the relative clause", "target:goal" if target else "target:none")


def _relative_behind(scene: Scene, hit: Hit) -> int | None:
    """Where the relative clause right behind a noun begins."""
    marks = [*scene.cues_of("relative"), *(c for c in scene.cues_of("complement"))]
    ends = [m.end for m in marks if m.start >= hit.end and _is_right_behind(scene, hit.end, m.start)]
    ends = [end for end in ends if not any(hit.end <= p.start < end for p in scene.parties)]
    return min(ends, default=None)


def _is_right_behind(scene: Scene, end: int, start: int) -> bool:
    """Whether only what describes a noun stands between it and its relative word ("les exercices à tirs réels que")."""
    return "," not in scene.folded[end:start].strip(" ,") and len(scene.words_between(end, start)) <= DESCRIBING_WORDS


def _speaks(scene: Scene, party: Party) -> bool:
    """Whether a party only says or denies what follows ("the attack that X says Y made")."""
    cues = [cue for kind in ("attribution", "denial", "allegation") for cue in scene.cues_of(kind)]
    return any(0 <= cue.start - party.end <= SPEAKING_CHARS for cue in cues)


def find_doer_spoken_of(scene: Scene, hit: Hit, actor: SideSpan | None, discourse: Discourse) -> SideSpan | None:
    """Whose deed is spoken of: in "X condemned the attack of Y on Z" it is Y that X condemns."""
    if hit.trigger.type not in ("ACCUSE", "REQUEST", "PROTEST") or scene.nouns != "first":
        return None
    start, end = scene.clause_of(hit.start)
    if actor is not None and scene.order == "sov":  # "the attack ..., which killed two, condemned"
        start = min(start, max(actor.start, scene.sentence.start))
    for deed in scene.hits:
        if deed is hit or not deed.voice.is_noun or deed.trigger.type not in DEEDS or not start <= deed.start < end:
            continue
        owners = [p for p in scene.parties if deed.end <= p.start and p.sides and is_owner(scene, deed, p)]
        if owners and (actor is None or not is_same_side(owners[0].sides[0], actor)):
            return resolve(owners[0], discourse)
    return None


def is_of_noun(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party belongs to a noun that stands between a verb's own parties ("over the attack of Y on Z")."""
    if scene.nouns != "first" or (hit.voice.is_noun and party.start >= hit.end):
        return False
    for noun in scene.hits:
        if load_codebook()[noun.trigger.type].is_mutual:
            continue  # whom one refused to talk with is whom one refused
        if noun is hit or not noun.voice.is_noun or noun.end > party.start or noun.start <= hit.start < party.start:
            continue
        owners = [p for p in scene.parties if noun.end <= p.start and p.sides and is_owner(scene, noun, p)]
        if party in owners or (is_beside(scene, noun, party) and party.case_at >= noun.end):
            return True
        if owners and owners[0].end <= party.start and _is_beside_party(scene, owners[0], party):
            return True
    return False


def _is_beside_party(scene: Scene, owner: Party, party: Party) -> bool:
    return party.case == "goal" and len(scene.words_between(owner.end, party.start)) <= BESIDE_WORDS


def is_said_of(scene: Scene, hit: Hit) -> bool:
    """Whether another noun stands right before this one and has it ("condemnation of the attack ... by X")."""
    return scene.nouns == "first" and any(
        other.voice.is_noun and other.end <= hit.start and not scene.words_between(other.end, hit.start)
        for other in scene.hits
    )


def is_subject_of_verb(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a phrase before a noun belongs to the verb behind it, which only speaks of the deed the noun names."""
    if not hit.voice.is_noun or scene.nouns != "first" or scene.order != "sov" or party.start >= hit.end:
        return False
    _, end = scene.clause_of(hit.start)
    has_verb = any(hit.end <= other.start < end and not other.voice.is_noun for other in scene.hits)
    return has_verb and not load_codebook()[hit.trigger.type].is_mutual


def is_owner(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party right behind a noun is its owner, for languages that put it there."""
    return is_beside(scene, hit, party) and case_beside(scene, hit, party) is None and not is_where(party, None)


def case_beside(scene: Scene, hit: Hit, party: Party) -> str | None:
    """A party's case beside this hit: what governs a noun with its owner says nothing of the owner's part in it."""
    if not hit.voice.is_noun or scene.nouns != "first" or party.start < hit.end or not is_beside(scene, hit, party):
        return party.case
    if any(hit.end <= word.start < party.start and word.pattern.label != "genitive" for word in scene.prepositions):
        return party.case or "other"
    return party.case_after(hit.end) if party.case_at <= party.start else None


def is_where(party: Party, case: str | None) -> bool:
    """Whether a party in this case only says where."""
    return case == "place" or (bool(party.sides) and all(side.kind == "place" for side in party.sides))


def is_beside(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party stands within a few words of a hit, with no comma between them."""
    low, high = (party.end, hit.start) if party.end <= hit.start else (hit.end, party.start)
    return "," not in scene.folded[low:high] and len(scene.words_between(low, high)) <= BESIDE_WORDS
