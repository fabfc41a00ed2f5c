"""What case endings tell where the verb comes last: a phrase without one is the subject, an owner's noun has the case.

"X, Y'nin Z'ye saldırısını kınadı" (X Y-of Z-to attack-its condemned): the owner of the noun before a verb is whom the
verb is about, and what that noun governs is no concern of the verb. All of this holds where `scene.has_case_endings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows.events.chains import DEEDS, is_beside
from flows.events.discourse import is_place
from flows.events.inflection import Voice
from flows.events.parties import WORD, Party, ending_of, is_participle
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

SPOKEN = ("ACCUSE", "THREATEN", "REQUEST")  # what is said stands between whom it is said to and the verb
PLACELESS = ("REQUEST", "REJECT", "THREATEN", "AGREE")  # where it was said is no target
PROPER = ("MOBILIZE", "THREATEN")  # done on one's own ground or in one's own words
WHOLE = ("role", "institution", "person")  # an office owns by the genitive only, it never merely stands beside
LIGHT_CHARS = 3  # between a noun and the verb it makes ("saldırı düzenleyen")
CROWD_ACTS = ("PROTEST", "ASSAULT", "COERCE")
HEAD_WORDS = 3  # between a verb and the noun that is its object: an adverb or two


def case_beside(scene: Scene, hit: Hit, party: Party) -> str | None:
    """A party's case beside a hit: the owner of a gerund's object does what it tells, unless the speaker does."""
    case = party.case_for(hit.start, hit.end)
    is_whole = bool(party.sides) and party.sides[-1].kind in (*WHOLE, "group")  # soldiers are no land to be in
    is_owner = case in ("object", "goal") or (case is not None and is_whole)
    is_owner = is_owner and party.own_case == "genitive" and party.end <= hit.start
    is_doer = is_owner and hit.voice is Voice.GERUND and not _owns_object(scene, hit, party, scene.parties)
    return "genitive" if is_doer else case


def weigh_actor(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party], weight: float) -> float:
    """The weight of a party as actor: a bare phrase is a subject or nothing, a genitive the owner of a noun."""
    case = case_beside(scene, hit, party)
    if is_relative(scene, hit):
        if hit.trigger.type == "REQUEST" and case is None and party.end <= hit.start:
            return 3.0  # "X ... isteyen kararı kabul etti", a resolution that asks: X asks
        return 4.0 if party.start >= hit.end and is_beside(scene, hit, party) else 0.0
    if case == "genitive":
        is_of_object = party.own_case is None and _has_form(scene, hit, "infinitive")  # "to protest the import of X's"
        if hit.voice is Voice.ACTIVE or party.start > hit.start or is_of_object:
            return 0.0
        if _owns_object(scene, hit, party, parties):
            return 0.0
        if hit.voice is Voice.NOUN and is_later_owned(scene, hit, parties) and _has_bare_owner(scene, hit, parties):
            return 0.0
        # "X's condemning of Y's attack": the first owner is whose the act is.
        if hit.voice is not Voice.GERUND:
            harmed = [cue for cue in scene.cues_in("victim", party.end, hit.start) if cue.start <= party.end + 1]
            return 0.0 if harmed else weight  # "X askerinin öldüğü", in which soldiers of X died
        if _is_described(scene, party.end, hit.start):
            return 0.0
        owners = [p for p in parties if p.own_case == "genitive" and p.start < party.start]
        return weight - 0.8 * sum(not _is_described(scene, p.end, party.start) for p in owners)
    if case is not None:
        return weight
    is_behind = hit.voice is Voice.GERUND and party.start >= hit.end  # the subject of what follows
    if is_behind or (hit.voice is Voice.ACTIVE and _is_object_of(scene, hit, party)):
        return 0.0
    if hit.voice is Voice.NOUN:
        is_owner = is_beside(scene, hit, party) and party.end <= hit.start and party.sides[-1:] != ()
        if is_owner and party.sides[-1].kind != "demonym" and _has_owner(scene, hit, party, parties):
            return 0.0
        if is_owner and party.sides[-1].kind not in WHOLE:
            return weight
        is_subjects = case_of_hit(scene, hit) == "object" and party.end <= hit.start  # "its attacks"
        return 2.0 - 0.5 * _rank(hit, party, parties) if is_subjects else 0.0
    return weight - 0.5 * _rank(hit, party, parties) - 2 * _is_left_behind(scene, hit, party, parties)


def _is_described(scene: Scene, start: int, end: int) -> bool:
    """Whether a participle that describes what follows it stands between ("X'in gönderdiği ve Y'nin vurduğu")."""
    words = (word.group() for word in WORD.finditer(scene.folded, start, end))
    return any(is_participle(scene.lexicon, word) for word in words)


def _owns_object(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> bool:
    """Whether a genitive owns the object of a verb whose subject speaks: "X, Y'nin üssünü vurduğunu duyurdu".

    What is told of somebody else's words ("iddia etti"), or of the speaker's own land, is done by the genitive.
    """
    side = party.sides[-1]
    if hit.voice is not Voice.GERUND or side.kind not in ("state", "capital", "group") or side.head:
        return False
    told = [cue for kind in ("attribution", "denial") for cue in scene.cues_in(kind, hit.end, scene.sentence.end)]
    if hit.trigger.type in PROPER or not told:
        return False
    speakers = [p for p in parties if p.case is None and p.end < party.start]
    if not speakers or scene.cues_in("allegation", hit.end, scene.sentence.end):
        return False
    if any(p.own_case == "genitive" for p in parties if p is not party and p.start < hit.start):
        return False
    _, end = scene.clause_of(hit.start)
    if any(party.end <= p.start < hit.start and p.own_case is not None for p in parties) or scene.cues_in(
        "home", party.end, min(end, hit.start)
    ):
        return False
    owned = scene.lexicon.forms["possessed"]
    return any(owned.fullmatch(word.group()) for word in WORD.finditer(scene.folded, party.end, hit.start))


def _has_owner(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> bool:
    """Whether a genitive before the phrase beside a noun owns the noun ("X'in Y saldırısı")."""
    return any(p.own_case == "genitive" and p.end <= party.start for p in parties) and not is_later_owned(
        scene, hit, parties
    )


def is_later_owned(scene: Scene, hit: Hit, parties: Sequence[Party]) -> bool:
    """Whether the owner before a noun is that of a later one: "X'in Y saldırısını kınaması", condemning Y's attack."""
    _, end = scene.clause_of(hit.start)
    later = next((h for h in scene.hits if hit.end <= h.start < end and h.voice.is_noun), None)
    if later is None or case_of_hit(scene, hit) not in ("object", "goal"):
        return False
    return not any(hit.end <= p.start < later.start and p.own_case == "genitive" for p in parties)


def _is_object_of(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a bare phrase behind an aside is an object: "X, Y'nin ardından iki Z diplomatı kovdu", X did it.

    Whoever opens a sentence, a comma behind him, does what its last verb tells, if no verb came between.
    """
    border = scene.border_before(hit.start)
    first = scene.parties[0] if scene.parties else None
    if border is None or border.kind != "adverbial" or first is None or first.case is not None or not first.sides:
        return False
    is_topic = scene.folded[first.end : first.end + 1] == "," and first.end < border.start <= party.start
    is_told = any(first.end <= h.start < border.start and not h.voice.is_noun for h in scene.hits)
    return is_topic and not is_told and scene.folded[party.end : party.end + 1] != ","


def _has_bare_owner(scene: Scene, hit: Hit, parties: Sequence[Party]) -> bool:
    return any(p.own_case is None and p.end <= hit.start and is_beside(scene, hit, p) for p in parties)


def drop_brokers(scene: Scene, parties: list[Party]) -> list[Party]:
    """Who can share an act: no mediators ("X ve Y'nin arabuluculuğunda"); nor others beside a bare phrase."""
    mediations = [cue.start for cue in scene.cues if cue.pattern.label == "mediation"]
    here = [p for p in parties if p.own_case != "genitive" or not any(p.end < at < p.end + 6 for at in mediations)]
    bare = [p for p in here if p.case is None and p.sides]
    if any(len(p.sides) > 1 for p in bare):
        here = [p for p in here if p.kind != "both"]
    if bare:
        here = [replace(p, sides=p.sides[:1]) if p.case in ("object", "goal", "source", "with") else p for p in here]
    return here or parties


def is_means(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a passive tells by whose means it came about: "X askerlerinin açtığı ateşle", by fire that X opened."""
    if hit.voice is not Voice.PASSIVE or party.end > hit.start or not _is_described(scene, party.end, hit.start):
        return False
    words = (word.group() for word in WORD.finditer(scene.folded, party.end, hit.start))
    return any(ending_of(scene.lexicon.endings, word) == "with" for word in words)


def find_crowd(scene: Scene, hit: Hit, parties: Sequence[Party]) -> Party | None:
    """Where a crowd without a name acts ("Bağdat'ta öfkeli bir kalabalık"): its land acts."""
    start, _ = scene.clause_of(hit.start)
    crowds = scene.cues_in("crowd", start, hit.start) if hit.trigger.type in CROWD_ACTS else []
    if not crowds or any(p.case is None and p.end < crowds[0].start for p in parties):
        return None
    before = [p for p in parties if p.end <= crowds[0].start and p.sides and p.case in ("place", "genitive")]
    return before[0] if before and not any(p.start <= crowds[0].start < p.end for p in parties) else None


def is_together(scene: Scene, actor: SideSpan, other: SideSpan) -> bool:
    """Whether two sides act as one subject ("X ile Y ... çağrısı yaptı"): neither is the other's target."""
    pairs = [p.sides for p in scene.parties if p.case is None and len(p.sides) > 1] if scene.has_case_endings else []
    return any({actor.code, other.code} <= {side.code for side in sides} for sides in pairs)


def find_source(scene: Scene, hit: Hit) -> SideSpan | None:
    """According to whom a sentence tells: the first name, right before the word for that ("Kiev'e göre")."""
    first = next((p for p in scene.parties if p.sides and p.end <= hit.start), None)
    if first is None or first.case not in ("goal", "other"):
        return None
    cues = scene.cues_in("attribution", first.end, hit.start)
    is_right = bool(cues) and len(scene.words_between(first.end, cues[0].start)) <= 1
    return first.sides[0] if is_right else None


def is_background(scene: Scene, hit: Hit) -> bool:
    """Whether a noun only says what another act came after ("saldırısının ardından", after its attack)."""
    _, end = scene.clause_of(hit.start)
    closing = next((border for border in scene.borders if border.start >= end), None)
    is_closed = closing is not None and closing.kind == "adverbial"
    return scene.has_case_endings and hit.voice is Voice.NOUN and is_closed


def is_told(scene: Scene, hit: Hit) -> bool:
    """Whether a verb is finite or a participle with a subject of its own: no content of the verb behind it."""
    return not hit.voice.is_noun and not _has_form(scene, hit, "gerund")


def is_relative(scene: Scene, hit: Hit) -> bool:
    """Whether a verb is a participle whose subject follows ("Pakistan'a saldıran İran": Iran, which struck)."""
    if hit.voice is not Voice.ACTIVE:
        return False
    light = next(iter(scene.cues_in("light", hit.end, hit.end + LIGHT_CHARS)), None)
    words = WORD.findall(scene.folded, light.start, word_end(scene, light.end)) if light else [""]
    is_light = scene.lexicon.forms["relative"].fullmatch(words[-1]) is not None
    return is_light or _has_form(scene, hit, "relative")


def _has_form(scene: Scene, hit: Hit, kind: str) -> bool:
    return scene.lexicon.forms[kind].fullmatch(scene.folded, hit.start, hit.end) is not None


def _is_left_behind(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> bool:
    """Whether another verb has the phrase and a later bare one stands nearer ("if X strikes Y answers")."""
    verbs = [h for h in scene.hits if party.end <= h.start < hit.start and _ends_clause(scene, h)]
    return any(p.case is None and verbs[0].end <= p.start < hit.start for p in parties) if verbs else False


def find_own_start(scene: Scene, hit: Hit) -> int:
    """Where the phrases of a verb begin: behind the last verb that closes a clause ("if X strikes Y, Z ...")."""
    start, _ = scene.clause_of(hit.start)
    ends = [h.end for h in scene.hits if start <= h.start and h.end <= hit.start and _ends_clause(scene, h)]
    return max(ends, default=start) if scene.has_case_endings else start


def _ends_clause(scene: Scene, hit: Hit) -> bool:
    """Whether a verb closes a clause of its own: a condition, or a comma behind it."""
    return is_condition(scene, hit) or (not hit.voice.is_noun and scene.folded[hit.end : hit.end + 1] == ",")


def is_condition(scene: Scene, hit: Hit) -> bool:
    """Whether a verb's word says if or may ("saldırırsa", "saldırmazsa")."""
    word = scene.folded[hit.start : word_end(scene, hit.end)]
    return _has_form(scene, hit, "hypothetical") or scene.lexicon.forms["hypothetical"].fullmatch(word) is not None


def case_of_hit(scene: Scene, hit: Hit) -> str | None:
    """The case a trigger itself stands in; None for the bare form and for verbs."""
    return ending_of(scene.lexicon.endings, scene.folded[hit.start : word_end(scene, hit.end)])


def word_end(scene: Scene, at: int) -> int:
    """Where the word ends that a pattern with an open end breaks off at an offset."""
    word = WORD.match(scene.folded, at - 1)
    return word.end() if word else at


def _rank(hit: Hit, party: Party, parties: Sequence[Party]) -> int:
    """How many bare phrases stand before this one: where verbs come last the subject is the first of them."""
    return sum(p.case is None and p.start < party.start < hit.start for p in parties)


def weigh_target(scene: Scene, hit: Hit, party: Party, case: str | None, weight: float) -> float:
    """The weight of a party as target: who is asked wears the source, whom a gerund describes stands behind it."""
    if hit.trigger.type == "REQUEST":
        return {"source": 5.2, "with": 0.0}.get(case or "", weight)
    return 4.0 if _is_head(scene, hit, party) else weight


def is_no_target(scene: Scene, hit: Hit, party: Party, case: str | None) -> bool:
    """Whether a party can't be acted on: behind what names an act, a bare subject, or merely where."""
    if party.start >= hit.end and (hit.voice.is_noun or is_relative(scene, hit)):
        return not _is_head(scene, hit, party)
    if party.end <= find_own_start(scene, hit):
        return True
    if hit.trigger.type == "REQUEST" and all(side.kind == "place" for side in party.sides):
        return True
    if hit.trigger.type == "ACCUSE" and case == "goal" and _is_struck(scene, hit, party):
        return True
    if hit.trigger.type == "PROTEST" and case == "place":
        return True
    if hit.voice is Voice.PASSIVE and case == "genitive" and _is_struck(scene, hit, party):
        return True
    return (case is None and _is_only_subject(scene, hit, party)) or _is_only_where(hit, party, case)


def _is_head(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party is what a gerund without a case describes ("Husilerin saldırdığı gemi": the ship they struck)."""
    word = WORD.match(scene.folded, hit.start)
    is_uncased = word is not None and scene.folded[hit.end : hit.end + 1] == " "
    return hit.voice is Voice.GERUND and is_uncased and party.start == hit.end + 1 and party.case != "place"


def _is_struck(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party is the target of a deed that is named between it and the verb ("the attack on X condemned")."""
    return any(
        party.end <= other.start < hit.start and other.voice is Voice.NOUN and other.trigger.type in DEEDS
        for other in scene.hits
    )


def _is_only_subject(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a bare phrase can but be the subject: a noun's target wears a case, a comma parts who tells from what."""
    has_comma = scene.folded[party.end : party.end + 1] == ","
    is_first = not any(p.case is None and p.start < party.start for p in scene.parties)
    is_speaker = is_first and bool(scene.cues_in("attribution", hit.end, scene.sentence.end))
    is_inner = hit.voice.is_noun or is_relative(scene, hit)
    return hit.voice is Voice.NOUN or (is_inner and (has_comma or is_speaker))


def _is_only_where(hit: Hit, party: Party, case: str | None) -> bool:
    """Whether a party says where, or before whom, and nothing of who suffers it."""
    if case == "place" and hit.trigger.type in PLACELESS:
        return True
    is_court = bool(party.sides) and party.sides[0].kind == "organisation" and case in ("goal", "place")
    return is_court and hit.trigger.mode == "investigate"


def find_addressee(scene: Scene, hit: Hit, parties: Sequence[Party]) -> Party | None:
    """To whom a verbal act that tells another act is said: the first that could be, what is told comes after it."""
    start, _ = scene.clause_of(hit.start)
    told = [h for h in scene.hits if start <= h.start < hit.start and h.voice is not Voice.NOUN]
    if not scene.has_case_endings or hit.trigger.type not in SPOKEN or not told:
        return None
    could = [p for p in parties if p.end <= hit.start and p.case in ("object", "goal", "source")]
    return could[0] if could and could[0].end <= told[-1].start and not is_place(could[0]) else None


def find_head_owner(scene: Scene, hit: Hit, parties: Sequence[Party]) -> Party | None:
    """Whose the object right before a verb is ("X's attack on Y condemned"): the owner is acted on, not the named."""
    if not scene.has_case_endings or hit.voice is Voice.NOUN or hit.voice.is_passive:
        return None
    start, _ = scene.clause_of(hit.start)
    for word in reversed([*WORD.finditer(scene.folded, start, hit.start)][-HEAD_WORDS:]):
        if any(p.start <= word.start() < p.end for p in parties):
            return None
        if ending_of(scene.lexicon.endings, word.group()) in ("object", "goal"):
            owners = [p for p in parties if p.end <= word.start() and "genitive" in (p.own_case, p.case)]
            return owners[-1] if owners else None
    return None
