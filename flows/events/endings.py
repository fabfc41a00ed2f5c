"""What case endings tell where the verb comes last: who owns a noun or a gerund, what closes a clause.

"X, Y'nin Z'ye saldırısını kınadı" (X Y-of Z-to attack-its condemned): the owner of the noun before a verb is whom the
verb is about, and what that noun governs is no concern of the verb. All of this holds where `scene.has_case_endings`.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.events.cases import WORD, ending_of, is_participle
from flows.events.chains import is_beside
from flows.events.inflection import Voice
from flows.events.parties import WHOLE, Party
from flows.events.scene import Hit, Scene

PROPER = ("MOBILIZE", "THREATEN")  # done on one's own ground or in one's own words
LIGHT_CHARS = 3  # between a noun and the verb it makes ("saldırı düzenleyen")


def case_beside(scene: Scene, hit: Hit, party: Party) -> str | None:
    """A party's case beside a hit: the owner of a gerund's object does what it tells, unless the speaker does."""
    case = party.case_for(hit.start, hit.end)
    owned_land = scene.cues_in("home", party.start, party.end) and "'" in scene.folded[party.start : party.end]
    if hit.voice is Voice.GERUND and owned_land:
        return "genitive"  # "Y'nin hava sahasını ihlal ettiğini": its speaker's, by Y
    is_whole = bool(party.sides) and party.sides[-1].kind in (*WHOLE, "group")  # soldiers are no land to be in
    is_owner = case in ("object", "goal") or (case is not None and is_whole)
    is_owner = is_owner and party.own_case == "genitive" and party.end <= hit.start
    is_doer = is_owner and hit.voice is Voice.GERUND and not owns_object(scene, hit, party, scene.parties)
    return "genitive" if is_doer else case


def is_described(scene: Scene, start: int, end: int) -> bool:
    """Whether a participle that describes what follows it stands between ("X'in gönderdiği ve Y'nin vurduğu")."""
    words = (word.group() for word in WORD.finditer(scene.folded, start, end))
    return any(is_participle(scene.lexicon, word) for word in words)


def owns_object(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> bool:
    """Whether a genitive owns the object of a verb whose subject speaks: "X, Y'nin üssünü vurduğunu duyurdu".

    What is told of somebody else's words ("iddia etti"), or of the speaker's own land, is done by the genitive.
    """
    side = party.sides[-1]
    if hit.voice is not Voice.GERUND or side.kind not in ("state", "capital", "group"):
        return False
    told = [cue for kind in ("attribution", "denial") for cue in scene.cues_in(kind, hit.end, scene.sentence.end)]
    if hit.trigger.type in PROPER or not told:
        return False
    speakers = [p for p in parties if p.case is None and p.end < party.start]
    if not speakers or scene.cues_in("allegation", hit.end, scene.sentence.end):
        return False
    if any(p.own_case == "genitive" for p in parties if p is not party and p.start < hit.start):
        return False
    if any(party.end <= p.start < hit.start and p.own_case is not None for p in parties):
        return False
    if scene.cues_in("home", party.end, hit.start):
        return False
    owned = scene.lexicon.forms["possessed"]
    return any(owned.fullmatch(word.group()) for word in WORD.finditer(scene.folded, party.end, hit.start))


def has_owner(scene: Scene, hit: Hit, party: Party, parties: Sequence[Party]) -> bool:
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


def is_object_of(scene: Scene, hit: Hit, party: Party) -> bool:
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


def has_bare_owner(scene: Scene, hit: Hit, parties: Sequence[Party]) -> bool:
    """Whether a phrase without a case stands beside a noun ("X saldırısı")."""
    return any(p.own_case is None and p.end <= hit.start and is_beside(scene, hit, p) for p in parties)


def is_background(scene: Scene, hit: Hit) -> bool:
    """Whether a noun only says what another act came after ("saldırısının ardından", after its attack)."""
    _, end = scene.clause_of(hit.start)
    closing = next((border for border in scene.borders if border.start >= end), None)
    is_closed = closing is not None and closing.kind == "adverbial"
    return scene.has_case_endings and hit.voice is Voice.NOUN and is_closed


def is_told(scene: Scene, hit: Hit) -> bool:
    """Whether a verb is finite or a participle with a subject of its own: no content of the verb behind it."""
    return not hit.voice.is_noun and not scene.has_form(hit, "gerund")


def is_relative(scene: Scene, hit: Hit) -> bool:
    """Whether a verb is a participle whose subject follows ("Pakistan'a saldıran İran": Iran, which struck)."""
    if hit.voice is not Voice.ACTIVE or scene.has_form(hit, "meanwhile"):
        return False
    light = next(iter(scene.cues_in("light", hit.end, hit.end + LIGHT_CHARS)), None)
    words = WORD.findall(scene.folded, light.start, word_end(scene, light.end)) if light else [""]
    is_light = scene.lexicon.forms["relative"].fullmatch(words[-1]) is not None
    return is_light or scene.has_form(hit, "relative")


def is_head(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party is what a gerund without a case describes ("Husilerin saldırdığı iki gemi": the ships struck)."""
    word = WORD.match(scene.folded, hit.start)
    is_uncased = word is not None and scene.folded[hit.end : hit.end + 1] == " "
    if hit.voice is not Voice.GERUND or not is_uncased or party.start <= hit.end or party.case == "place":
        return False
    between = WORD.finditer(scene.folded, hit.end, party.start)
    counted = {cue.start for cue in scene.cues_in("determiner", hit.end, party.start)}
    return all(word.group().isdigit() or word.start() in counted for word in between)


def find_own_start(scene: Scene, hit: Hit) -> int:
    """Where the phrases of a verb begin: behind the last verb that closes a clause ("if X strikes Y, Z ...")."""
    start, _ = scene.clause_of(hit.start)
    ends = [h.end for h in scene.hits if start <= h.start and h.end <= hit.start and ends_clause(scene, h)]
    return max(ends, default=start) if scene.has_case_endings else start


def ends_clause(scene: Scene, hit: Hit) -> bool:
    """Whether a verb closes a clause of its own: a condition, or a comma behind it."""
    return is_condition(scene, hit) or (not hit.voice.is_noun and scene.folded[hit.end : hit.end + 1] == ",")


def is_condition(scene: Scene, hit: Hit) -> bool:
    """Whether a verb's word says if or may ("saldırırsa", "saldırmazsa")."""
    word = scene.folded[hit.start : word_end(scene, hit.end)]
    return scene.has_form(hit, "hypothetical") or scene.lexicon.forms["hypothetical"].fullmatch(word) is not None


def case_of_hit(scene: Scene, hit: Hit) -> str | None:
    """The case a trigger itself stands in; None for the bare form and for verbs."""
    return ending_of(scene.lexicon, scene.folded[hit.start : word_end(scene, hit.end)])


def word_end(scene: Scene, at: int) -> int:
    """Where the word ends that a pattern with an open end breaks off at an offset."""
    word = WORD.match(scene.folded, at - 1)
    return word.end() if word else at
