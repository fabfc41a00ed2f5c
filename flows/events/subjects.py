"""Who a verb belongs to: the bare party before it, the one behind an inverted verb, or one carried from elsewhere."""

from __future__ import annotations

from flows.events.discourse import Discourse, is_place, is_same_side, resolve
from flows.events.free_order import find_free_subject
from flows.events.governing import is_coordinated
from flows.events.inflection import Voice
from flows.events.marking import find_marked_subject
from flows.events.nameless import UNNAMED, has_nameless_doer
from flows.events.parties import Party
from flows.events.quotes import is_quoted_apart
from flows.events.scene import Border, Hit, Scene
from flows.events.sides import SideSpan
from flows.events.verb_first import find_verb_first_subject

CONTROLLED = ("ACCUSE", "REQUEST")  # what they govern is done by their object
MARKED_SUBJECT = {"sov": find_marked_subject, "vso": find_verb_first_subject, "free": find_free_subject}
DEEDS = ("ASSAULT", "AID", "MOBILIZE", "COERCE", "PROTEST")
ORIGIN_WORDS = 8  # from the head of a sentence to where its subject came from
TRAILING_CHARS = 40  # behind the verb of a speaker named last
TRAILING_GAP_CHARS = 6  # ", the X"
OWNER_REACH_WORDS = 4
INVERTED_WORDS = 3  # between a verb and the subject behind it


def subject_of(scene: Scene, hit: Hit, discourse: Discourse) -> tuple[SideSpan | None, str, int]:
    """The side a verb belongs to, the rule, and 1 when it was carried from outside the clause."""
    start, _ = scene.clause_of(hit.start)
    if scene.order != "svo":
        find = MARKED_SUBJECT[scene.order]
        side, rule = find(scene, hit, discourse)
        return (side, rule, 0) if side is not None else _carried(scene, hit, start, discourse)
    if scene.nouns == "last" and (told := [p for p in scene.parties if start <= p.start and p.end <= hit.start]):
        marks = scene.cues_in("relative", told[-1].end, hit.start)
        is_apart = bool(marks) and scene.folded[max(0, marks[-1].start - 2) : marks[-1].start] != ", "
        if is_apart and _is_of_others(scene, told[-1], hit) and len(scene.words_between(marks[-1].end, hit.start)) <= 1:
            return None, "subject:people of a relative clause", 0
    governor = _governor(scene, hit, start)
    if governor is not None and scene.lexicon.is_preverbal and "," in scene.folded[governor.end : hit.start]:
        governor = None
    before = [p for p in scene.parties if start <= p.start and p.end <= hit.start]
    before = [p for p in before if not is_quoted_apart(scene, p, hit.start)]
    if governor is not None and governor.trigger.type in CONTROLLED and not is_coordinated(scene, governor, hit):
        objects = [p for p in before if p.start >= governor.end and not is_place(p)]
        if objects and _is_of_others(scene, objects[-1], hit):
            return None, "subject:people of a relative clause", 0
        if objects and objects[-1].kind == "pronoun" and scene.lexicon.is_preverbal:
            return _spoken_of(before, governor, discourse), "subject:object of the governing verb", 0
        if objects and scene.lexicon.is_preverbal:
            objects = [p for p in objects if p.case is None] or objects
        if objects:
            return resolve(objects[-1], discourse), "subject:object of the governing verb", 0
    inverted = inverted_subject(scene, hit, before)
    if inverted is not None:
        return inverted.sides[0], "subject:behind its verb", 0
    relative = _relative_subject(scene, hit, before)
    if relative is not None:
        head = next((p for p in before if p.end <= relative.start and p.is_nominative and p.sides), None)
        side = head.sides[0] if relative.kind == "pronoun" and head else resolve(relative, discourse)
        return side, "subject:inside the relative clause", 0
    if (inner := _inner_subject(scene, hit, before)) is not None:
        return inner, "subject:of the clause inside the phrase", 0
    if (antecedent := _told_of(scene, hit)) is not None:
        return antecedent.sides[0], "subject:whom the relative clause tells of", 0
    bare = [p for p in before if p.case is None and not _is_object(scene, p, hit)]
    if hit.trigger.type == "THREATEN":  # "if X strikes, ..., Z warned": X warns of nothing
        bare = [p for p in bare if not _opens_condition(scene, p, hit)]
    if not bare and scene.lexicon.is_preverbal:
        bare = [p for p in before if p.case == "genitive" and not _is_object(scene, p, hit)]
    if not bare and (origin := _origin_of(scene, hit, before)) is not None:
        return origin.sides[0], "subject:where it came from", 0
    if bare:
        is_last = bool(scene.cues_in("relative", bare[-1].end, hit.start)) or _speaks_last(scene, hit, bare)
        is_last = is_last or _is_behind_topic(scene, hit, bare)
        chosen = bare[-1] if is_last else bare[0]
        if (side := resolve(chosen, discourse)) is not None:
            return side, f"subject:{chosen.kind}", int(chosen.kind != "span")
    return _carried(scene, hit, start, discourse)


def _opens_condition(scene: Scene, party: Party, hit: Hit) -> bool:
    """Whether a party is the subject of a condition that a comma parts from a hit behind it."""
    cues = [*scene.cues_of("hypothetical"), *scene.cues_of("inversion")]
    is_subject = any(0 <= party.start - cue.end <= 1 for cue in cues)
    return is_subject and "," in scene.folded[party.end : hit.start]


def _carried(scene: Scene, hit: Hit, start: int, discourse: Discourse) -> tuple[SideSpan | None, str, int]:
    """The side a verb takes from elsewhere, nobody where its clause says that somebody unnamed did it."""
    if has_nameless_doer(scene, hit, discourse):
        return None, UNNAMED, 0
    return carried_subject(scene, start, discourse)


def _is_behind_topic(scene: Scene, hit: Hit, bare: list[Party]) -> bool:
    """Whether a headline's last bare party, right before the verb, follows a topic ("Pasca Putusan X, Y Serang Z")."""
    last = bare[-1]
    if not scene.sentence.is_title or len(bare) < 2 or scene.words_between(last.end, hit.start):
        return False
    return scene.folded.endswith(", ", bare[-2].end, last.start)


def _speaks_last(scene: Scene, hit: Hit, bare: list[Party]) -> bool:
    """Whether the last bare party speaks at the sentence's end: "Any strike by X will be answered, Y warned"."""
    is_end = scene.sentence.end - hit.end <= TRAILING_CHARS and scene.nouns == "last" and len(bare) > 1
    is_beside = len(scene.words_between(bare[-1].end, hit.start)) <= 1
    comma = scene.folded.rfind(",", bare[0].end, bare[-1].start)
    return is_end and is_beside and comma >= 0 and bare[-1].start - comma <= TRAILING_GAP_CHARS


def _told_of(scene: Scene, hit: Hit) -> Party | None:
    """Whom a relative clause behind a comma tells of, whatever his case ("a blow to X, which had struck Y")."""
    before = [p for p in scene.parties if p.end <= hit.start]
    last = before[-1] if before else None
    if last is None or hit.voice is not Voice.ACTIVE or len(last.sides) != 1 or last.case == "place":
        return None
    # Behind a comma what looks like "that" is "which": "a Chad, que había atacado Sudán".
    marks = [c for kind in ("relative", "complement") for c in scene.cues_in(kind, last.end, hit.start)]
    return last if len(marks) == 1 and scene.folded[last.end : marks[0].start] == ", " else None


def _origin_of(scene: Scene, hit: Hit, before: list[Party]) -> Party | None:
    """Whose a nameless subject is ("gunmen from X crossed", "a drone launched by X killed"), if it is a deed."""
    if scene.nouns != "last" or hit.trigger.type not in DEEDS:
        return None
    start, _ = scene.clause_of(hit.start)
    first = next((p for p in before if p.sides), None)
    is_told = first is not None and first.case in ("source", "agent") and "," not in scene.folded[start : first.start]
    return first if is_told and first and len(scene.words_between(start, first.start)) <= ORIGIN_WORDS else None


def _is_of_others(scene: Scene, party: Party, hit: Hit) -> bool:
    """Whether somebody unnamed did it: "blamed X for hiding the men who ambushed a convoy"."""
    marks = scene.cues_in("relative", party.end, hit.start)
    return bool(marks) and len(scene.words_between(party.end, marks[-1].start)) > 1


def _spoken_of(before: list[Party], governor: Hit, discourse: Discourse) -> SideSpan | None:
    """Whom the object pronoun of a verbal act means: the side named last before it, its subject excepted."""
    named = [p.sides[0] for p in before if p.end <= governor.start and p.sides]
    if len(named) > 1 and not is_same_side(named[-1], named[0]):
        return named[-1]
    return discourse.other_than(named[0] if named else discourse.subject)


def _inner_subject(scene: Scene, hit: Hit, before: list[Party]) -> SideSpan | None:
    """In "对A袭击B表示谴责" the phrase holds a clause, whose subject stands right behind its preposition."""
    if not scene.lexicon.is_preverbal or not before or before[-1].case != "goal" or not before[-1].sides:
        return None
    behind = next((p for p in scene.parties if p.start >= hit.end), None)
    if (
        behind is None
        or behind.case_after(hit.end) not in (None, "genitive")
        or not scene.lexicon.is_word("toward", scene.folded[before[-1].case_at])
    ):
        return None
    gap = scene.folded[before[-1].end : hit.start]
    near = "," not in gap and len(scene.words_between(before[-1].end, hit.start)) <= OWNER_REACH_WORDS
    object_near = (
        len(scene.words_between(hit.end, behind.start)) <= 2 and "," not in scene.folded[hit.end : behind.start]
    )
    return before[-1].sides[0] if near and object_near else None


def _governor(scene: Scene, hit: Hit, start: int) -> Hit | None:
    return next((h for h in reversed(scene.hits) if start <= h.start < hit.start and h.voice is not Voice.NOUN), None)


def _relative_subject(scene: Scene, hit: Hit, before: list[Party]) -> Party | None:
    """In "the ship, which the Houthis attacked" the subject stands after the relative word."""
    marks = [cue for cue in scene.cues_of("relative") if cue.end <= hit.start]
    if not marks:
        return None
    inside = [p for p in before if p.start >= marks[-1].end and p.case is None]
    return inside[-1] if inside else None


def inverted_subject(scene: Scene, hit: Hit, before: list[Party]) -> Party | None:
    """The bare party right behind a verb that opens its sentence, or its relative clause ("que atacaron los X")."""
    is_first = hit.start - scene.sentence.start <= 1
    is_first = is_first or scene.lexicon.is_word("inverting", scene.word_before(hit.start))
    is_relative = bool(before) and opens_relative(scene, hit)
    if not scene.lexicon.is_inverted or hit.voice is not Voice.ACTIVE or not (is_first or is_relative):
        return None
    at, behind = hit.end, [p for p in scene.parties if p.start >= hit.end]
    if behind and hit.trigger.mode == "withdraw" and _is_left(scene, hit, behind[0]):
        at, behind = behind[0].end, behind[1:]
    first = behind[0] if behind else None
    if first is None or not first.sides or first.case is not None:
        return None
    is_land = is_relative and first.sides[0].kind in ("state", "capital", "place")  # "que bombardeó X": its object
    return None if is_land or len(scene.words_between(at, first.start)) > INVERTED_WORDS else first


def _is_left(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party right behind a verb of leaving is what is left ("Salen de X los soldados")."""
    words = scene.words_between(hit.end, party.start)
    return len(words) == 1 and any(
        word.pattern.label == "genitive" and word.start == hit.end + 1 for word in scene.prepositions
    )


def opens_relative(scene: Scene, hit: Hit) -> bool:
    """Whether the clause of a verb opens with its relative word ("que atacaron los X")."""
    return any(0 < hit.start - cue.end <= 1 for cue in scene.cues_of("relative"))


def _is_object(scene: Scene, party: Party, hit: Hit) -> bool:
    """Whether a party is the object of a verb that stands before it and before the hit."""
    start, _ = scene.clause_of(hit.start)
    if not any(start <= h.start and h.end <= party.start and h.voice is not Voice.NOUN for h in scene.hits):
        return False
    return len(scene.words_between(party.end, hit.start)) > 1


def _accused_before(scene: Scene, start: int) -> SideSpan | None:
    """Who struck in a clause that an accusation opens and that names nobody ("обвинил X в том, что вчера ударил")."""
    opening = next((b for b in scene.borders if b.end == start and b.kind == "complement"), None)
    first = next((h for h in scene.hits if h.start >= start), None)
    if opening is None or first is None or first.trigger.type not in ("ASSAULT", "COERCE"):
        return None
    charges = [h for h in scene.hits if h.end <= opening.start and h.trigger.mode == "allege" and not h.voice.is_noun]
    low = scene.start_before(opening)
    named = [p for p in scene.parties if low <= p.start and p.end <= opening.start and p.sides]
    objects = [p for p in named if p.case in ("object", "goal")] if charges and charges[-1].start >= low else []
    return objects[0].sides[0] if len(objects) == 1 else None


def carried_subject(scene: Scene, start: int, discourse: Discourse) -> tuple[SideSpan | None, str, int]:
    """The side a clause without a subject takes from elsewhere, the rule, and 1 for having been carried."""
    if (accused := _accused_before(scene, start)) is not None:
        return accused, "subject:who is accused of it", 1
    earlier = [p for p in scene.parties if p.end <= start and p.is_nominative and not is_quoted_apart(scene, p, start)]
    if scene.lexicon.is_preverbal and earlier:  # of the clause right before, whose first it is
        opened = scene.clause_of(earlier[-1].start)[0]
        earlier = [p for p in earlier if p.start >= opened] + earlier
    border = scene.border_before(start)
    if border is not None and border.kind == "complement":  # "after X said that had struck": X
        saying = scene.start_before(border)
        earlier = [p for p in earlier if p.start >= saying] + earlier
    for party in earlier:
        if (side := resolve(party, discourse)) is not None:
            return side, "subject:carried from the clause before", 1
    if border is None or border.kind not in ("adverbial",) or border.start > scene.sentence.start:
        following = [
            p for p in scene.parties if p.start >= start and p.is_nominative and _is_after_comma(scene, p, border)
        ]
        if following and (side := resolve(following[0], discourse)) is not None:
            return side, "subject:of the main clause", 1
    return discourse.subject, "subject:of the sentence before", 1


def _is_after_comma(scene: Scene, party: Party, border: Border | None) -> bool:
    return border is not None and "," in scene.folded[border.end : party.start]


def is_next_verbs(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party behind a comma belongs to another verb there."""
    comma = scene.folded.find(",", hit.end, party.start)
    return comma >= 0 and any(comma < other.start < party.start for other in scene.hits)


def has_own_verb(scene: Scene, party: Party, hit: Hit) -> bool:
    """Whether a phrase before a comma belongs to a verb of its own."""
    if "," not in scene.folded[party.end : hit.start]:
        return False
    return any(party.end <= other.start < hit.start and other.voice is not Voice.NOUN for other in scene.hits)
