"""What the text claims of an event: done, denied, alleged, planned, demanded, hypothetical or long ago.

Also which triggers are only the content of another ("agreed to withdraw", "urged a ceasefire"): those are no events of
their own, they belong to the verbal act that governs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flows.events.codebook import load_codebook
from flows.events.discourse import Roles
from flows.events.inflection import Voice
from flows.events.lexicon import Match
from flows.events.scene import Border, Hit, Scene
from flows.events.sides import SideSpan
from warehouse.records import Status

HISTORICAL_AFTER = timedelta(days=300)  # older than this is background, not news
ABSORBING = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT"})
MILD_ABSORBING = frozenset({"CONSULT", "SUPPORT", "CONCEDE", "AID", "COOPERATE", "ACCUSE"})
REPORTABLE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN"})  # may be reported inside an ACCUSE

BACKGROUND_AFTER_DAYS = 28  # what an act came this long after is its background
NAMED_SUBJECT = ("subject:span", "subject:inside the relative clause")
ALLEGED_BEHIND_WORDS = 0  # "bombed, reportedly,": farther off it is said of something else
MAX_SPEAKER_WORDS = 6  # "Iran's intelligence at the time showed"
REFUSABLE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
ABSTAINED_WORDS = 2  # "not to fire", "without ever firing"
MAX_NAMED_WORDS = 2  # "according to the defence ministry of Iran"
SPOKEN = frozenset({"ACCUSE", "REQUEST", "THREATEN", "SUPPORT"})  # said by whoever is speaking, not what is agreed on
AND = ("并", "并且", "並", "並且")
PREVERBAL_REACH_WORDS = 24
MAX_VENUE_WORDS = 2  # "in a long phone call"


@dataclass(frozen=True, slots=True)
class Claim:
    """A status and the rule that gave it."""

    status: Status
    rule: str
    is_refusal: bool = False  # the act is refused, which is an act of its own


def governor_of(scene: Scene, hit: Hit) -> Hit | None:
    """The verbal act whose content this hit is, None when the hit stands for itself."""
    if scene.order == "sov":
        return _governor_behind(scene, hit)
    for other in reversed(scene.hits):
        if other.start >= hit.start:
            continue
        between = [b for b in scene.borders if other.end <= b.start < hit.start]
        if scene.lexicon.is_preverbal:
            between = [b for b in between if not _is_scope(scene, other, hit, b)]
        if any(b.kind not in ("complement",) for b in between):
            if scene.lexicon.is_preverbal:
                continue
            return None
        if _is_coordinated(scene, other, hit):
            continue
        if other.trigger.type == "CONSULT" and _tells_outcome(scene, hit):
            continue
        if scene.lexicon.is_preverbal and _is_detail(scene, other, hit):
            return other
        is_talks = hit.trigger.type in ("CONSULT", "REJECT") and hit.voice is Voice.PASSIVE
        if scene.lexicon.is_preverbal and _is_act_of_its_own(scene, other, hit):
            continue
        if _absorbs(other, hit) and not (is_talks and other.voice is Voice.NOUN) and not _is_venue(scene, hit, other):
            return other
    later = [h for h in scene.hits if h.start > hit.end and h.voice is Voice.PASSIVE and _is_about(h, hit)]
    if later and scene.clause_of(later[0].start) == scene.clause_of(hit.start):
        return later[0]
    return None


def _tells_outcome(scene: Scene, hit: Hit) -> bool:
    """What those who met did then ("met in X and agreed"), unlike what they met for ("met to agree on")."""
    is_verbal = hit.trigger.type in ("AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN")
    return is_verbal and hit.voice is Voice.ACTIVE and _future(scene, hit, scene.clause_of(hit.start)[0]) is None


def is_purpose(scene: Scene, hit: Hit) -> bool:
    """An infinitive behind a verb that is told ("stormed the embassy to arrest him") says what for, not that."""
    start, _ = scene.clause_of(hit.start)
    if scene.cues_in("plot", start, hit.start):
        return False
    future = _future(scene, hit, start)
    is_bare = future is not None and len(future) <= 2 and not hit.voice.is_noun
    is_marked = any(0 <= hit.start - cue.end <= 1 for cue in scene.cues_in("purpose", start, hit.start))
    is_bare = is_bare or (is_marked and not hit.voice.is_noun)
    return is_bare and any(start <= h.start and h.end < hit.start and not h.voice.is_noun for h in scene.hits)


def is_reduced(scene: Scene, hit: Hit) -> bool:
    """A participle behind the object of another verb ("freed workers kidnapped in X"): background."""
    has_auxiliaries = bool(scene.lexicon.raw["cues"].get("auxiliary"))  # without one its passive tells nothing
    if hit.voice is not Voice.PASSIVE or scene.order != "svo" or not has_auxiliaries:
        return False
    start, end = scene.clause_of(hit.start)
    told = [h for h in scene.hits if start <= h.start < hit.start and h.voice is Voice.ACTIVE]
    marked = told and (
        scene.cues_in("auxiliary", told[-1].end, hit.start)
        or scene.cues_in("relative", told[-1].end, hit.start)
        or scene.cues_in("conjunction", told[-1].end, hit.start)
        or any(p.case == "agent" and hit.end <= p.start < end for p in scene.parties)
    )
    return bool(told) and not marked


def _is_coordinated(scene: Scene, other: Hit, hit: Hit) -> bool:
    """Two verbs of one form joined by "and" ("warned X and asked Y"): the second is no content of the first."""
    if hit.voice.is_noun or other.voice.is_noun or len(scene.words_between(other.end, hit.start)) < 2:
        return False
    joined = [c for c in scene.cues_in("conjunction", other.end, hit.start) if 0 <= hit.start - c.end <= 1]
    ending = scene.folded[other.end - 2 : other.end]
    return bool(joined) and scene.order == "svo" and scene.folded[hit.end - 2 : hit.end] == ending


def _governor_behind(scene: Scene, hit: Hit) -> Hit | None:
    """Where verbs come last, what governs a hit stands behind it in the clause, or before "that"."""
    _, end = scene.clause_of(hit.start)
    # Where nouns come first the content of a verb follows it, so that a verb is not governed from behind.
    is_free = scene.nouns == "first" and not hit.voice.is_noun
    for other in scene.hits if not is_free else ():
        is_verb = scene.nouns == "last" or not other.voice.is_noun
        is_apart = scene.nouns == "last" and other.voice.is_noun and "," in scene.folded[hit.end : other.start]
        if hit.end <= other.start < end and is_verb and not is_apart and _has_content(scene, other, hit):
            return other
        if hit.end <= other.start and scene.nouns == "first" and is_verb:
            break  # a noun belongs to the first verb behind it
    start, _ = scene.clause_of(hit.start)
    for other in scene.hits if not scene.has_case_endings else ():
        is_said = start <= other.start and other.end <= hit.start and not other.voice.is_noun
        if is_said and other.trigger.type in ABSORBING and _continues(scene, other.end, hit):
            return other  # "demanded (that) they talk": the word "that" is often left out
    if scene.nouns == "first" and (outer := _outer_noun(scene, hit, start)) is not None:
        return outer
    border = scene.border_before(hit.start)
    if border is None or border.kind != "complement":
        return None
    before = [h for h in scene.hits if h.end <= border.start]
    return before[-1] if before and _absorbs(before[-1], hit) else None


def _outer_noun(scene: Scene, hit: Hit, start: int) -> Hit | None:
    """The noun that has this one as its content ("request of X for talks"), no word of when or why between them."""
    if not hit.voice.is_noun or _is_setting(scene, hit):
        return None
    for other in scene.hits:
        is_before = start <= other.start and other.end <= hit.start and other.voice.is_noun
        if is_before and _absorbs(other, hit) and not scene.cues_in("adverbial", other.end, hit.start):
            return other
    return None


def _is_setting(scene: Scene, hit: Hit) -> bool:
    """Whether a meeting is where something was said or agreed ("in a meeting with X he condemned ...")."""
    venues = scene.cues_in("venue", scene.sentence.start, hit.start)
    return hit.trigger.type == "CONSULT" and any(0 <= hit.start - cue.end <= 1 for cue in venues)


def _has_content(scene: Scene, verb: Hit, hit: Hit) -> bool:
    """Whether a hit is the content of the verb behind it."""
    if scene.nouns == "first" and verb.voice is Voice.PASSIVE and verb.trigger.type == hit.trigger.type == "ASSAULT":
        return True  # "in the attack ... were killed": one deed, told by the verb
    if scene.nouns == "first" and _is_setting(scene, hit) and verb.trigger.type != "REJECT":
        return False
    return _absorbs(verb, hit)


def _continues(scene: Scene, at: int, hit: Hit) -> bool:
    """Whether what follows a verb that ends at an offset is its content, and not a new act after "and" or a comma."""
    after = scene.folded[at : hit.start].lstrip()
    is_joined = any(0 <= cue.start - at <= 1 for cue in scene.cues if cue.pattern.label == "conjunction")
    return not is_joined and not after.startswith(",")


def _is_act_of_its_own(scene: Scene, other: Hit, hit: Hit) -> bool:
    """Whether a comma parts two acts of one subject ("举行会谈,要求停火"), as Chinese chains them."""
    if "," not in scene.folded[other.end : hit.start] or other.trigger.type == "THREATEN":
        return False
    if other.trigger.type == hit.trigger.type == "CONSULT":
        return False  # "访问B,与B举行会谈" is one visit
    return other.trigger.type not in ABSORBING or hit.trigger.type in SPOKEN


def _is_scope(scene: Scene, other: Hit, hit: Hit, border: Border) -> bool:
    """Whether what a border opens still belongs to a verbal act: its condition, or a second thing agreed on."""
    if other.trigger.type == "THREATEN":
        conditions = {cue.pattern.text for cue in scene.cues if cue.pattern.label == "hypothetical"}
        opened = [b for b in scene.borders if b.word in conditions and other.end <= b.start < border.start]
        return border.word in conditions or border.kind == "main" or (border.word == "," and bool(opened))
    is_easing = load_codebook()[hit.trigger.type].quad in (1, 2) and other.trigger.type == "AGREE"
    is_shared = border.word == "," and any(cue.start == border.end for cue in scene.cues if cue.pattern.label == "both")
    return is_easing and (border.word in AND or is_shared)


def _is_detail(scene: Scene, other: Hit, hit: Hit) -> bool:
    """Whether a passive only tells more of the same deed ("发动袭击,一家医院被击中")."""
    comma = scene.folded.rfind(",", other.end, hit.start)
    named = any(comma < p.start < hit.start for p in scene.parties)
    return hit.voice is Voice.PASSIVE and other.trigger.type == hit.trigger.type and comma >= 0 and not named


def _is_about(later: Hit, hit: Hit) -> bool:
    """Whether a passive later in the clause is said of this hit: what was discussed, or talks that were called off."""
    if later.trigger.type == "CONSULT":
        return True
    return later.trigger.type == "REJECT" and hit.voice is Voice.NOUN and hit.trigger.type in ("CONSULT", "REQUEST")


def _absorbs(other: Hit, hit: Hit) -> bool:
    if hit.voice.is_noun and not other.voice.is_noun and hit.trigger.type in ("AGREE", "SUPPORT"):
        return True  # what was suspended, broken or sought is an agreement, none was made
    if other.trigger.type in ABSORBING or other.trigger.type == "PROTEST":
        return True
    if other.trigger.mode == "ceasefire" and hit.voice.is_noun and hit.trigger.type == "ASSAULT":
        return True  # what was halted is no new deed
    if other.trigger.type == "ACCUSE":
        return hit.trigger.type not in REPORTABLE
    return other.trigger.type in MILD_ABSORBING and load_codebook()[hit.trigger.type].quad != 4


def _is_venue(scene: Scene, hit: Hit, other: Hit) -> bool:
    """Talks in which something was agreed ("agreed in a phone call") took place, and are no content of it."""
    if (other.trigger.type, hit.trigger.type) != ("AGREE", "CONSULT") or hit.voice is not Voice.NOUN:
        return False
    cues = scene.cues_in("venue", other.end, hit.start)
    return bool(cues) and len(scene.words_between(cues[-1].end, hit.start)) <= MAX_VENUE_WORDS


def claim_of(scene: Scene, hit: Hit, starts_on: date | None, published: date | None) -> Claim:
    """The status of a hit, by the first rule that applies."""
    start, end = scene.clause_of(hit.start)
    if _is_old(scene, hit, starts_on, published):
        return Claim(Status.HISTORICAL, "historical: long before publication")
    if refusal := _refusal(scene, hit, start):
        return Claim(Status.OCCURRED, f"occurred: refused by {refusal}", is_refusal=True)
    if denial := _denial(scene, hit, start):
        return Claim(Status.DENIED, f"denied: {denial}")
    if scene.cues_in("plot", start, end) and hit.trigger.type == "ASSAULT":
        return Claim(Status.PLANNED, "planned: the plot was foiled")
    if condition := _condition(scene, hit, start, end):
        return Claim(Status.HYPOTHETICAL, f"hypothetical: {condition}")
    if _is_to_come(hit, starts_on, published):
        return Claim(Status.PLANNED, "planned: its day is after publication")
    if future := _future(scene, hit, start):
        return Claim(Status.PLANNED, f"planned: {future}")
    if allegation := _allegation(scene, hit, start, end):
        return Claim(Status.ALLEGED, f"alleged: {allegation}")
    return Claim(Status.OCCURRED, "occurred: nothing says otherwise")


def is_abstained(scene: Scene, hit: Hit) -> bool:
    """Whether the hit names what somebody does without ("not to fire a shot", "will not attack"): nothing happened."""
    start, _ = scene.clause_of(hit.start)
    is_violent = load_codebook()[hit.trigger.type].quad == 4
    kinds = ("abstention", "refusal") if is_violent else ("abstention",)
    return any(_is_right_before(scene, cue, hit) for kind in kinds for cue in scene.cues_in(kind, start, hit.start))


def _refusal(scene: Scene, hit: Hit, start: int) -> str | None:
    """The words that refuse an act of goodwill ("will not lift the ban")."""
    if hit.trigger.type not in REFUSABLE:
        return None
    cues = [cue for cue in scene.cues_in("refusal", start, hit.start) if _is_right_before(scene, cue, hit)]
    return cues[0].pattern.text if cues else None


def _is_right_before(scene: Scene, cue: Match, hit: Hit) -> bool:
    return cue.end <= hit.start and len(scene.words_between(cue.end, hit.start)) <= ABSTAINED_WORDS


def _is_to_come(hit: Hit, starts_on: date | None, published: date | None) -> bool:
    """Whether an act is dated after publication; words may speak of later days."""
    event_type = load_codebook()[hit.trigger.type]
    is_act = event_type.is_material or event_type.name == "CONSULT"
    return is_act and starts_on is not None and published is not None and starts_on > published


def accuse(scene: Scene, hit: Hit, roles: Roles, claim: Claim) -> Claim:
    """The claim, lowered to alleged where the side it was done to is the only one that says so ("X said Y fired")."""
    is_plot = claim.status is Status.PLANNED and hit.trigger.type == "ASSAULT"
    is_gerund = hit.voice in (Voice.GERUND, Voice.PASSIVE_GERUND)  # "said that ..." where verbs come last
    is_telling = hit.trigger.type in REPORTABLE and (hit.voice is Voice.ACTIVE or is_gerund)
    is_told = claim.status is Status.OCCURRED and is_telling
    is_struck = roles.target_rule != "target:other side in play"  # a guess is no reason to doubt
    is_named = (is_gerund and is_struck) or roles.actor_rule in NAMED_SUBJECT
    if roles.target is None or not (is_plot or is_told) or (is_told and not is_named):
        return claim
    speaker = _speaker(scene, hit)
    if speaker is None or roles.target.country_code != speaker.country_code:
        return claim
    if roles.actor is not None and roles.actor.country_code == speaker.country_code:
        return claim
    if roles.target.kind == "group" and roles.target.code != speaker.code:
        return claim  # whom a state fights on its own soil does not speak through it
    return Claim(Status.ALLEGED, "alleged: told by the side it is aimed at")


def _speaker(scene: Scene, hit: Hit) -> SideSpan | None:
    """Who speaks: the bare party right before a word of saying that opens the sentence's report."""
    if scene.has_case_endings and scene.cues_in("attribution", hit.end, scene.sentence.end):
        bare = [p for p in scene.parties if p.end <= hit.start and p.sides and p.case in (None, "subject")]
        return bare[0].sides[0] if bare else None
    for cue in scene.cues:
        if cue.pattern.label == "attribution_after" and cue.end <= hit.start:
            named = [p for p in scene.parties if cue.end <= p.start < hit.start and p.sides]
            if named and len(scene.words_between(cue.end, named[0].start)) <= MAX_NAMED_WORDS:
                return named[0].sides[0]
        if cue.pattern.label not in ("attribution", "allegation", "indication") or cue.end > hit.start:
            continue
        before = [p for p in scene.parties if p.end <= cue.start and p.sides and p.case in (None, "subject")]
        if before and len(scene.words_between(before[-1].end, cue.start)) <= MAX_SPEAKER_WORDS:
            return before[-1].sides[0]
    return None


def _is_old(scene: Scene, hit: Hit, starts_on: date | None, published: date | None) -> bool:
    if starts_on and published and published - starts_on > HISTORICAL_AFTER:
        return True
    start, end = scene.clause_of(hit.start)
    return bool(scene.cues_in("historical", start, end)) or _is_long_before(scene, start)


def _is_long_before(scene: Scene, start: int) -> bool:
    """Whether the clause is what another act came months after ("three months after they agreed")."""
    border = scene.border_before(start)
    if border is None or border.kind != "adverbial" or scene.has_case_endings:
        return False
    return any(
        time.kind == "anaphoric"
        and (time.offset_days or 0) >= BACKGROUND_AFTER_DAYS
        and time.start < border.end
        and time.end >= border.start - 2
        for time in scene.times
    )


def _denial(scene: Scene, hit: Hit, start: int) -> str | None:
    """A denial before the hit in its sentence (or behind it, where verbs come last), or a negation right beside it."""
    if _has_form(scene, hit, "negative") and hit.trigger.type != "REJECT":  # which a negated verb tells as it is
        return scene.folded[hit.start : hit.end]
    is_verb_last = scene.order == "sov"
    for cue in scene.cues:
        if cue.pattern.label != "denial" or (cue.end > hit.start and not (is_verb_last and cue.start >= hit.end)):
            continue
        between = (cue.end, hit.start) if cue.end <= hit.start else (hit.end, cue.start)
        if scene.nouns == "first" and is_verb_last and cue.end <= hit.start and not _continues(scene, cue.end, hit):
            continue
        if not _is_parted(scene, *between, ("coordinate",)) and not _has_own_subject(scene, *between):
            return cue.pattern.text
    for cue in scene.cues_in("negation", start, hit.start):
        if cue.end <= hit.start and len(scene.words_between(cue.end, hit.start)) <= 2:
            return cue.pattern.text
    return _cue_behind(scene, hit, "negation", 2) if is_verb_last else None


def _has_form(scene: Scene, hit: Hit, kind: str) -> bool:
    return scene.lexicon.forms[kind].fullmatch(scene.folded, hit.start, hit.end) is not None


def _has_own_subject(scene: Scene, start: int, end: int) -> bool:
    """Whether an adverbial clause of its own side lies between ("denied it, after X urged"): that is not denied."""
    asides = [b.end for b in scene.borders if b.kind == "adverbial" and start <= b.start < end]
    return bool(asides) and any(
        asides[-1] <= p.start and p.end <= end and p.sides and p.case is None for p in scene.parties
    )


def _cue_behind(scene: Scene, hit: Hit, kind: str, reach: int) -> str | None:
    """A cue of this kind within a few words behind the hit, in its clause."""
    _, end = scene.clause_of(hit.start)
    for cue in scene.cues_in(kind, hit.end, end):
        is_near = len(scene.words_between(hit.end, cue.start)) <= reach
        if is_near and not any(hit.end <= other.start < cue.start for other in scene.hits):
            return cue.pattern.text
    return None


def _is_parted(scene: Scene, start: int, end: int, kinds: tuple[str, ...]) -> bool:
    return any(b.kind in kinds and start <= b.start < end for b in scene.borders)


def _condition(scene: Scene, hit: Hit, start: int, end: int) -> str | None:
    opening = scene.border_before(hit.start)
    words = {cue.pattern.text for cue in scene.cues if cue.pattern.label == "hypothetical"}
    is_behind = scene.has_case_endings and opening is not None and opening.start > scene.sentence.start + 2
    if opening is not None and not is_behind and opening.word in words and not _is_main_clause(scene, hit, opening.end):
        return opening.word
    is_material = load_codebook()[hit.trigger.type].is_material
    if _has_form(scene, hit, "hypothetical"):
        return scene.folded[hit.start : hit.end]
    closing = scene.cues_in("hypothetical", end, end + 2) if scene.has_case_endings else []
    if closing:
        return closing[0].pattern.text
    for cue in scene.cues_in("hypothetical", start, hit.start):
        is_beside = cue.end <= hit.start and len(scene.words_between(cue.end, hit.start)) <= 1
        if is_beside and scene.order == "svo" and not _is_reported_future(scene, cue):
            return cue.pattern.text
    for cue in scene.cues_in("hypothetical", start, end):
        if (cue.start < hit.start or scene.order == "sov") and is_material and not _is_reported_future(scene, cue):
            return cue.pattern.text
    anywhere = scene.cues_in("hypothetical", scene.sentence.start, hit.start)
    anywhere = [cue for cue in anywhere if not _is_reported_future(scene, cue)]
    if anywhere and (_future(scene, hit, start) or hit.trigger.future_type) and is_material:
        return f"main clause of {anywhere[0].pattern.text}"
    return None


def _is_reported_future(scene: Scene, cue: Match) -> bool:
    """In "said it would send" the word is the future of somebody's speech, unless the sentence sets a condition."""
    if cue.pattern.text not in scene.lexicon.future_words:
        return False
    others = [other for other in scene.cues if other.pattern.label == "hypothetical" and other.start != cue.start]
    return not any(other.pattern.text not in scene.lexicon.future_words for other in others)


def _is_main_clause(scene: Scene, hit: Hit, opened: int) -> bool:
    """After "if ..., " the main clause follows; a verbal act there is said now."""
    return "," in scene.folded[opened : hit.start] and not load_codebook()[hit.trigger.type].is_material


def _future(scene: Scene, hit: Hit, start: int) -> str | None:
    if hit.trigger.type == "REJECT" and _has_form(scene, hit, "negative"):
        return None
    if _has_form(scene, hit, "future"):
        return scene.folded[hit.start : hit.end]
    if scene.order == "vso" and not _may_be_future(scene, hit):
        return None
    if scene.order == "sov" and (behind := _cue_behind(scene, hit, "future", 4)):
        return behind
    if scene.order == "free" and hit.voice.is_noun and (behind := _told_behind(scene, hit)):
        return behind
    for cue in scene.cues_in("future", start, hit.start + 1) if not scene.has_case_endings else ():
        if (
            not _is_begun(scene, cue)
            and cue.end <= hit.start
            and (
                scene.order == "sov" or len(scene.words_between(cue.end, hit.start)) <= _reach(scene, cue.pattern.text)
            )
            and (not _verb_between(scene, cue.end, hit) or _is_chained(scene, hit))
            and not _is_disposal(scene, cue)
        ):
            return cue.pattern.text
    border = scene.border_before(hit.start)
    if scene.lexicon.is_preverbal and border is not None and border.word in AND:
        before = [h for h in scene.hits if h.end <= border.start]
        return _future(scene, before[-1], scene.clause_of(before[-1].start)[0]) if before else None
    return None


def _is_begun(scene: Scene, cue: Match) -> bool:
    """ "Began to share", "continued to": a bare "to" behind such a verb says nothing of the future."""
    begun = [other for other in scene.cues if other.pattern.label == "light" and 0 <= cue.start - other.end <= 1]
    return len(cue.pattern.text) <= 2 and bool(begun)


def _told_behind(scene: Scene, hit: Hit) -> str | None:
    """A word of the future behind a noun, in its clause and before any other verb ("встреча ... запланирована")."""
    _, end = scene.clause_of(hit.start)
    for cue in scene.cues_in("future", hit.end, end):
        return None if any(hit.end <= other.start < cue.start for other in scene.hits) else cue.pattern.text
    return None


def _is_chained(scene: Scene, hit: Hit) -> bool:
    """Whether a word of the future spans all deeds of its clause ("将访问B,签署协议"); what is said is said now."""
    return scene.lexicon.is_preverbal and hit.trigger.type not in SPOKEN


def _is_disposal(scene: Scene, cue: Match) -> bool:
    """Chinese 将 before a thing, not a verb, says what is done to it ("将三名外交官驱逐")."""
    if cue.pattern.text not in ("将", "將") or not scene.lexicon.is_preverbal:
        return False
    following = scene.folded[cue.end : cue.end + 1]
    return following.isnumeric() or following in "多数數该該其这這" or any(p.start == cue.end for p in scene.parties)


def _may_be_future(scene: Scene, hit: Hit) -> bool:
    """Whether the form itself allows it: a perfect ("قصفت") is done, whatever stands before it."""
    is_verb = hit.voice in (Voice.ACTIVE, Voice.PARTICIPLE)
    return not is_verb or bool(scene.lexicon.forms["unfinished"].fullmatch(scene.folded, hit.start, hit.end))


def _reach(scene: Scene, word: str) -> int:
    """How many words may stand between a word of the future and its verb; a bare "to" must stand beside it."""
    if scene.order == "sov":  # as far as the clause reaches
        return len(scene.folded)
    if scene.lexicon.is_preverbal:  # when, where and with whom all stand between them
        return PREVERBAL_REACH_WORDS
    return 1 if len(word) <= 2 else 6


def _verb_between(scene: Scene, at: int, hit: Hit) -> bool:
    return any(at <= other.start < hit.start and other.voice is not Voice.NOUN for other in scene.hits)


def _allegation(scene: Scene, hit: Hit, start: int, end: int) -> str | None:
    for other in scene.hits:
        is_reported = other.trigger.mode == "allege" and hit.trigger.type in REPORTABLE
        if scene.order == "sov" and is_reported and hit.end <= other.start < end:
            return other.trigger.key
        is_before = is_reported and other.end <= hit.start and not scene.has_case_endings
        if is_before and not _is_parted(scene, other.end, hit.start, ("coordinate", "adverbial", "stop")):
            return other.trigger.key
        is_behind = other.trigger.mode == "allege" and hit.end <= other.start < end and scene.order == "sov"
        if is_behind and hit.trigger.type in REPORTABLE and hit.trigger.type != "THREATEN":
            return other.trigger.key
    if load_codebook()[hit.trigger.type].is_material:
        opening = scene.border_before(hit.start)
        if scene.order == "vso" and opening is not None and opening.kind == "complement":
            start = scene.sentence.start  # "يشتبه في أن": what is suspected stands behind "that"
        for cue in scene.cues_in("allegation", start, end):
            is_behind = cue.start >= hit.end and scene.order == "svo"
            if not is_behind or len(scene.words_between(hit.end, cue.start)) <= ALLEGED_BEHIND_WORDS:
                return cue.pattern.text
    return None
