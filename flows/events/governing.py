"""Which acts are only the content of another ("agreed to withdraw"): they belong to what governs them."""

from __future__ import annotations

from flows.events.codebook import load_codebook
from flows.events.endings import is_head, is_told
from flows.events.futures import SPOKEN, future_of
from flows.events.inflection import Voice
from flows.events.parties import Party
from flows.events.scene import Border, Hit, Scene

DENIED_WORDS = 2  # between a denial and the noun of the charge it denies
ABSORBING = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT"})
MILD_ABSORBING = frozenset({"CONSULT", "SUPPORT", "CONCEDE", "AID", "COOPERATE", "ACCUSE"})
REPORTABLE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN"})  # may be reported inside an ACCUSE
FORWARD = frozenset({"REQUEST", "THREATEN", "AGREE", "PROTEST"})  # their content is still to come
TURNED_DOWN_WORDS = 2  # between what is asked and the verb that refuses it: an adverb
HOSTED = ("arrest", "deport", "convict")  # done by the state where it is done, if none is named
AGENT_WORDS = 3  # between a participle and by whom: "by", an article, an adjective
HELPER_WORDS = 2  # between an auxiliary and its participle
DESCRIBED_WORDS = 3  # between a side and the participle that says what befell its people
MAX_VENUE_WORDS = 2  # "in a long phone call"


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
        if other.trigger.type in ("REQUEST", "THREATEN"):
            between = [b for b in between if not scene.lexicon.is_word("aim", b.word)]
        if between and any(b.kind not in ("complement",) for b in between):
            if scene.lexicon.is_preverbal:
                continue
            return None
        if is_coordinated(scene, other, hit) or _is_set_apart(scene, other, hit) or _is_done(scene, other, hit):
            continue
        if other.trigger.type in FORWARD and (is_told_aside(scene, hit) or _is_asyndetic(scene, hit)):
            continue
        if scene.lexicon.is_analytic and (other.voice.is_noun or _is_bare(scene, other)) and _is_told(scene, hit):
            continue
        if scene.lexicon.is_analytic and _is_ended(other, hit):
            return other
        if other.trigger.type == "CONSULT" and _tells_outcome(scene, hit):
            continue
        if other.voice.is_noun and _is_headline_behind(scene, other, hit):
            continue
        if scene.lexicon.is_preverbal and _is_detail(scene, other, hit):
            return other
        is_talks = hit.trigger.type in ("CONSULT", "REJECT") and hit.voice is Voice.PASSIVE
        if scene.lexicon.is_preverbal and (_is_act_of_its_own(scene, other, hit) or _turns_down(scene, hit, other)):
            continue
        if (
            _absorbs(scene, other, hit)
            and not (is_talks and other.voice is Voice.NOUN)
            and not _is_venue(scene, hit, other)
        ):
            return other
    if scene.lexicon.is_preverbal and (refusal := next((h for h in scene.hits if _turns_down(scene, h, hit)), None)):
        return refusal
    if scene.hits[-1].start <= hit.end:
        return None
    later = [h for h in scene.hits if h.start > hit.end and _is_said_of(scene, h, hit)]
    if later and scene.clause_of(later[0].start) == scene.clause_of(hit.start):
        return later[0]
    return None


def _is_headline_behind(scene: Scene, topic: Hit, hit: Hit) -> bool:
    """Whether a noun opens a headline, and behind a comma stands what somebody did ("Ancaman Nyata, X Serang Y")."""
    if not scene.sentence.is_title or scene.order != "svo" or hit.voice is not Voice.ACTIVE:
        return False
    doers = [p for p in scene.parties if topic.end <= p.start and p.end <= hit.start and p.is_nominative and p.sides]
    return len(doers) == 1 and scene.folded.endswith(", ", topic.end, doers[0].start)


def _turns_down(scene: Scene, refusal: Hit, said: Hit) -> bool:
    """Whether a verb refuses what the noun right before it names ("对X的要求说不"), as Chinese may put it."""
    if refusal.trigger.type != "REJECT" or refusal.voice.is_noun or not said.voice.is_noun:
        return False
    return said.end <= refusal.start and len(scene.words_between(said.end, refusal.start)) <= TURNED_DOWN_WORDS


def _is_bare(scene: Scene, hit: Hit) -> bool:
    """Whether a participle without an auxiliary only describes the subject ("grain donated by X reached Y")."""
    start, _ = scene.clause_of(hit.start)
    return hit.voice is Voice.PASSIVE and not scene.cues_in("auxiliary", start, hit.start)


def _is_told(scene: Scene, hit: Hit) -> bool:
    """Whether a verb is told of its subject, and is no content of a noun before it ("the inquiry implicated X")."""
    return hit.voice is Voice.ACTIVE and scene.order == "svo" and future_of(scene, hit) is None


def _is_done(scene: Scene, other: Hit, hit: Hit) -> bool:
    """Whether a verb tells what was done before ("asked X to free those it arrested"), which nobody asks for."""
    if other.trigger.type not in FORWARD or hit.voice is not Voice.ACTIVE:
        return False
    if scene.order == "free" and not scene.cues_in("relative", other.end, hit.start):
        return False  # what is asked for has the form of what was done ("чтобы X вывел")
    is_perfect = scene.lexicon.is_word("telling", scene.word_before(hit.start))
    return is_perfect or scene.has_form(hit, "told")


def _is_ended(other: Hit, hit: Hit) -> bool:
    """Whether a noun only names what a verb ended: the talks that were suspended, the freeze that was lifted."""
    if not hit.voice.is_noun or other.voice.is_noun:
        return False
    if other.trigger.type in ("SANCTION", "REJECT"):
        return load_codebook()[hit.trigger.type].quad in (1, 2)
    return other.trigger.type == "CONCEDE" and hit.trigger.type in ("SANCTION", "COERCE")


def _is_said_of(scene: Scene, later: Hit, hit: Hit) -> bool:
    """Whether a verb behind a noun is said of it: a passive, or a verb that looks active with it as subject."""
    if later.voice is Voice.PASSIVE:
        return _is_about(scene, later, hit)
    gap = (hit.end, later.start)
    is_bare = "," not in scene.folded[slice(*gap)] and not any(
        gap[0] <= p.start < gap[1] and p.is_nominative and p.sides for p in scene.parties
    )
    is_hidden = scene.lexicon.is_preverbal or scene.order == "vso"  # whose passives may look like actives
    return is_hidden and is_bare and _is_cut_off(scene, later, hit)


def _is_cut_off(scene: Scene, other: Hit, hit: Hit) -> bool:
    """Whether a verb says that what a noun names goes on no longer ("visits have been suspended"): none took place."""
    is_cut = other.trigger.type == "SANCTION" and other.trigger.mode == "discontinue" and other.voice is not Voice.NOUN
    if not is_cut or not hit.voice.is_noun or load_codebook()[hit.trigger.type].quad not in (1, 2):
        return False
    named = scene.folded[hit.start : hit.end]
    return any(word.startswith(named) or named.startswith(word) or named in word for word in other.trigger.near)


def _is_set_apart(scene: Scene, other: Hit, hit: Hit) -> bool:
    """Whether a comma ends what an earlier hit governs: a noun that only opens the sentence, or a relative clause."""
    comma = scene.folded.rfind(",", other.end, hit.start)
    if not scene.lexicon.is_analytic or comma < 0:
        return False
    if other.voice.is_noun and any(comma < p.start < hit.start and p.is_nominative for p in scene.parties):
        return True
    start, _ = scene.clause_of(other.start)
    marks = [mark for kind in ("relative", "whose") for mark in scene.cues_in(kind, start, other.start)]
    is_inserted = any(scene.folded[max(0, mark.start - 2) : mark.start] == ", " for mark in marks)
    return is_inserted and not scene.words_between(comma, hit.start)


def _tells_outcome(scene: Scene, hit: Hit) -> bool:
    """What those who met did then ("met in X and agreed"), unlike what they met for ("met to agree on")."""
    is_verbal = hit.trigger.type in ("AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "COOPERATE")
    return is_verbal and hit.voice is Voice.ACTIVE and future_of(scene, hit) is None


def may_be_set(scene: Scene, governor: Hit, hit: Hit) -> bool:
    """Whether a governed hit is an event of its own: talks agreed on for a day, a deed with which a charge is denied.

    So "denied the accusation of arming X" tells that X was armed, and that it is denied.
    """
    start, end = scene.clause_of(hit.start)
    if governor.trigger.type == "ACCUSE" and governor.voice.is_noun and not hit.voice.is_noun:
        denials = scene.cues_in("denial", start, governor.start)
        return any(len(scene.words_between(cue.end, governor.start)) <= DENIED_WORDS for cue in denials)
    is_agreed = governor.trigger.type == "AGREE" and hit.trigger.type == "CONSULT"
    return is_agreed and any(start <= time.start < end and time.kind != "anaphoric" for time in scene.times)


def is_purpose(scene: Scene, hit: Hit) -> bool:
    """An infinitive behind a verb that is told ("stormed the embassy to arrest him") says what for, not that."""
    start, _ = scene.clause_of(hit.start)
    if hit.voice.is_noun or scene.cues_in("plot", start, hit.start):
        return False
    if not any(start <= h.start and h.end < hit.start and not h.voice.is_noun for h in scene.hits):
        return False
    future = future_of(scene, hit)
    is_marked = any(0 <= hit.start - cue.end <= 1 for cue in scene.cues_in("purpose", start, hit.start))
    return is_marked or (future is not None and len(future) <= 2)


def is_put_off(scene: Scene, hit: Hit) -> bool:
    """Whether an infinitive behind "before" only names what comes later, if it does ("antes de firmar la paz")."""
    border = scene.border_before(hit.start)
    is_before = border is not None and scene.lexicon.is_word("before", border.word)
    is_later = is_before and border is not None and 0 <= hit.start - border.end <= 1
    return is_later and not hit.voice.is_noun and load_codebook()[hit.trigger.type].quad in (1, 2)


def is_reduced(scene: Scene, hit: Hit) -> bool:
    """A participle behind the object of another verb ("freed workers kidnapped in X"): background."""
    has_auxiliaries = scene.lexicon.has_cues("auxiliary")  # without one its passive tells nothing
    if hit.voice is not Voice.PASSIVE or scene.order != "svo" or not has_auxiliaries:
        return False
    start, end = scene.clause_of(hit.start)
    told = [h for h in scene.hits if start <= h.start < hit.start and h.voice is Voice.ACTIVE]
    marked = told and (
        scene.cues_in("auxiliary", told[-1].end, hit.start)
        or scene.cues_in("relative", told[-1].end, hit.start)
        or scene.cues_in("conjunction", told[-1].end, hit.start)
        or any(p.case == "agent" and _does(scene, p, told[-1], hit, end) for p in scene.parties)
        or (told[-1].trigger.type in FORWARD and is_told_aside(scene, hit))
    )
    return bool(told) and not marked


def is_told_aside(scene: Scene, hit: Hit) -> bool:
    """Whether a participle, or a relative clause, tells a deed by whom, or where, it was done.

    So "demanded the release of reporters arrested in Y" and "over the death of two, shot by Y's guards" tell Y's deeds.
    """
    if hit.voice is not Voice.PASSIVE or scene.order != "svo":
        return False
    start, end = scene.clause_of(hit.start)
    if scene.lexicon.is_preverbal:
        return scene.lexicon.kinds["describing"].match(scene.folded, hit.end) is not None
    relatives = [cue for cue in scene.cues_in("relative", start, hit.start) if 0 < hit.start - cue.end <= 1]
    helpers = [cue for kind in ("auxiliary", "future", "modal") for cue in scene.cues_in(kind, start, hit.start)]
    is_bare = not any(len(scene.words_between(cue.end, hit.start)) <= HELPER_WORDS for cue in helpers)
    if not (relatives or (is_bare and scene.lexicon.has_cues("auxiliary"))):
        return False
    named = [p for p in scene.parties if p.end <= hit.start and p.sides]
    behind = [p for p in scene.parties if hit.end <= p.start < end and p.sides]
    if not named or not behind:
        return False
    is_by = behind[0].case == "agent" and len(scene.words_between(hit.end, behind[0].start)) <= AGENT_WORDS
    is_there = behind[0].case in ("place", "goal") and behind[0].sides[0].kind in ("capital", "state", "place")
    is_abroad = is_there and any(behind[0].sides[0].country_code != p.sides[0].country_code for p in named)
    return is_by or (hit.trigger.mode in HOSTED and is_abroad)


def _is_asyndetic(scene: Scene, hit: Hit) -> bool:
    """Whether a perfect with its object's pronoun glued to it describes the noun before it ("صحفيين أوقفتهم X")."""
    if scene.order != "vso" or hit.voice is not Voice.ACTIVE or scene.has_form(hit, "unfinished"):
        return False
    is_glued = scene.lexicon.is_word("pronoun_ending", scene.folded[hit.start : hit.end])
    before = [p for p in scene.parties if p.end <= hit.start and p.sides]
    return is_glued and bool(before) and len(scene.words_between(before[-1].end, hit.start)) <= 1


def described_by(scene: Scene, hit: Hit) -> Party | None:
    """Whose people or things a deed told aside befell: who is named right before it, else who speaks of them."""
    before = [p for p in scene.parties if p.end <= hit.start and p.sides]
    if before and len(scene.words_between(before[-1].end, hit.start)) <= DESCRIBED_WORDS:
        where, whose = before[-1], before[-2] if len(before) > 1 else None
        if whose is not None and _is_where_of(scene, where, whose):
            return whose
        return before[-1]
    return next((p for p in before if p.is_nominative), None)


def _is_where_of(scene: Scene, where: Party, whose: Party) -> bool:
    """Whether a party in a case of place only says where the one right before it was ("soldiers of X in Y, killed")."""
    is_near = len(scene.words_between(whose.end, where.start)) <= 1 and "," not in scene.folded[whose.end : where.start]
    return where.case == "place" and is_near and whose.case in (None, "subject", "genitive")


def _does(scene: Scene, agent: Party, told: Hit, hit: Hit, end: int) -> bool:
    """Whether by whom a participle's deed was done stands where its language puts that: behind it, or before it."""
    if scene.lexicon.is_preverbal:
        return told.end <= agent.start < hit.start
    return hit.end <= agent.start < end


def is_coordinated(scene: Scene, other: Hit, hit: Hit) -> bool:
    """Two verbs of one form joined by "and" ("warned X and asked Y"): the second is no content of the first."""
    if scene.order == "vso":  # whose "and" is the first letter of the verb
        is_inside = any(other.end <= b.start < hit.start and b.kind == "complement" for b in scene.borders)
        return hit.voice is Voice.ACTIVE and scene.folded[hit.start] == "و" and not is_inside
    if hit.voice.is_noun or other.voice.is_noun or len(scene.words_between(other.end, hit.start)) < 2:
        return False
    joined = [c for c in scene.cues_in("conjunction", other.end, hit.start) if _opens_verb(scene, c.end, hit)]
    if not joined or scene.order not in ("svo", "free"):
        return False
    ones, twos = (scene.folded[h.start : h.end].split(" ") for h in (other, hit))
    is_alike = any(one[-2:] == two[-2:] for one in (ones[0], ones[-1]) for two in (twos[0], twos[-1]))
    if hit.trigger.type in ("REQUEST", "THREATEN"):  # in languages whose verbs are alike in front
        is_alike = is_alike or all(scene.lexicon.is_word("verb_prefix", verb) for verb in (ones[0], twos[0]))
    told = scene.lexicon.forms["told"]
    is_told = told.fullmatch(twos[0]) is not None or scene.folded[joined[-1].end : hit.start].strip() != ""
    return is_alike or (is_told and any(told.fullmatch(one) for one in (ones[0], ones[-1])))


def _opens_verb(scene: Scene, at: int, hit: Hit) -> bool:
    """Whether a verb, or what makes it one to come ("and promised to"), begins at an offset."""
    if 0 <= hit.start - at <= 1:
        return True
    return any(cue.start - at == 1 and 0 <= hit.start - cue.end <= 1 for cue in scene.cues_in("future", at, hit.start))


def _governor_behind(scene: Scene, hit: Hit) -> Hit | None:
    """Where verbs come last, what governs a hit stands behind it in the clause, or before "that"."""
    if scene.has_case_endings and (is_told(scene, hit) or any(is_head(scene, hit, p) for p in scene.parties)):
        return None
    _, end = scene.clause_of(hit.start)
    # Where nouns come first the content of a verb follows it, so that a verb is not governed from behind.
    is_free = scene.nouns == "first" and not hit.voice.is_noun
    for other in scene.hits if not is_free else ():
        is_verb = scene.nouns == "last" or not other.voice.is_noun
        is_apart = scene.nouns == "last" and other.voice.is_noun and "," in scene.folded[hit.end : other.start]
        is_apart = is_apart or _is_attribute(scene, other, hit)
        if hit.end <= other.start < end and is_verb and not is_apart and _has_content(scene, other, hit):
            return other
        is_first = scene.nouns == "first" or (scene.has_case_endings and is_told(scene, other))
        if hit.end <= other.start and is_first and is_verb:
            break  # a noun belongs to the first verb behind it
    start, _ = scene.clause_of(hit.start)
    for other in scene.hits if not (scene.has_case_endings or _is_relative_told(scene, hit, start)) else ():
        is_said = start <= other.start and other.end <= hit.start and not other.voice.is_noun
        if is_said and other.trigger.type in ABSORBING and continues(scene, other.end, hit):
            return other  # "demanded (that) they talk": the word "that" is often left out
    if scene.nouns == "first" and (outer := _outer_noun(scene, hit, start)) is not None:
        return outer
    border = scene.border_before(hit.start)
    if border is None or border.kind != "complement" or _is_attribute_in(scene, hit):
        return None
    before = [h for h in scene.hits if h.end <= border.start]
    return before[-1] if before and _absorbs(scene, before[-1], hit) else None


def _is_relative_told(scene: Scene, hit: Hit, start: int) -> bool:
    """Whether a passive is told in a relative clause ("که در باماکو بازداشت شده‌اند"), so that nobody asks for it."""
    if hit.voice is not Voice.PASSIVE:
        return False
    is_told = scene.has_form(hit, "told") and bool(scene.cues_in("complement", start - 4, hit.start))
    return is_told or bool(scene.cues_in("relative", start, hit.start))


def _is_attribute(scene: Scene, other: Hit, hit: Hit) -> bool:
    """Whether a passive only describes the noun behind it ("गिरफ्तार किए गए पत्रकारों की रिहाई की मांग")."""
    return scene.is_postposed and hit.voice is Voice.PASSIVE and len(scene.words_between(hit.end, other.start)) > 1


def _is_attribute_in(scene: Scene, hit: Hit) -> bool:
    """Whether a passive describes a noun that stands behind it in its clause ("گرفتار کیے گئے صحافیوں کو رہا کرے")."""
    _, end = scene.clause_of(hit.start)
    is_passive = hit.voice is Voice.PASSIVE and (scene.is_postposed or scene.has_form(hit, "told"))
    return is_passive and (not scene.is_postposed or len(scene.words_between(hit.end, end)) > 1)


def _outer_noun(scene: Scene, hit: Hit, start: int) -> Hit | None:
    """The noun that has this one as its content ("request of X for talks"), no word of when or why between them."""
    if not hit.voice.is_noun or _is_setting(scene, hit):
        return None
    for other in scene.hits:
        is_before = start <= other.start and other.end <= hit.start and other.voice.is_noun
        if is_before and _absorbs(scene, other, hit) and not scene.cues_in("adverbial", other.end, hit.start):
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
    return _absorbs(scene, verb, hit)


def continues(scene: Scene, at: int, hit: Hit) -> bool:
    """Whether what follows a verb that ends at an offset is its content, and not a new act after "and" or a comma."""
    after = scene.folded[at : hit.start].lstrip()
    is_joined = any(0 <= cue.start - at <= 1 for cue in scene.cues_of("conjunction"))
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
        conditions = {cue.pattern.text for cue in scene.cues_of("hypothetical")}
        opened = [b for b in scene.borders if b.word in conditions and other.end <= b.start < border.start]
        return border.word in conditions or border.kind == "main" or (border.word == "," and bool(opened))
    is_easing = load_codebook()[hit.trigger.type].quad in (1, 2) and other.trigger.type == "AGREE"
    is_shared = border.word == "," and any(cue.start == border.end for cue in scene.cues_of("both"))
    return is_easing and (scene.lexicon.is_word("joining", border.word) or is_shared)


def _is_detail(scene: Scene, other: Hit, hit: Hit) -> bool:
    """Whether a passive only tells more of the same deed ("发动袭击,一家医院被击中")."""
    comma = scene.folded.rfind(",", other.end, hit.start)
    named = any(comma < p.start < hit.start for p in scene.parties)
    return hit.voice is Voice.PASSIVE and other.trigger.type == hit.trigger.type and comma >= 0 and not named


def _is_about(scene: Scene, later: Hit, hit: Hit) -> bool:
    """Whether a passive later in the clause is said of this hit: what was discussed, or talks that were called off."""
    if later.trigger.type == "CONSULT":
        return True
    if _is_cut_off(scene, later, hit):
        return True
    return later.trigger.type == "REJECT" and hit.voice is Voice.NOUN and hit.trigger.type in ("CONSULT", "REQUEST")


def _absorbs(scene: Scene, other: Hit, hit: Hit) -> bool:
    if hit.trigger.type == other.trigger.type == "AID":
        return False  # "the flour given by X arrived in Y": one gift, told twice
    if hit.voice.is_noun and not other.voice.is_noun and hit.trigger.type in ("AGREE", "SUPPORT"):
        return True  # what was suspended, broken or sought is an agreement, none was made
    if other.trigger.type in ABSORBING or other.trigger.type == "PROTEST" or _is_cut_off(scene, other, hit):
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
