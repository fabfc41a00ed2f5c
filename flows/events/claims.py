"""What the text claims of an event: done, denied, alleged, planned, demanded, hypothetical or long ago.

Also which triggers are only the content of another ("agreed to withdraw", "urged a ceasefire"): those are no events of
their own, they belong to the verbal act that governs them.
"""

from __future__ import annotations

from datetime import date, timedelta

from flows.events.bystanders import find_source
from flows.events.codebook import load_codebook
from flows.events.discourse import Roles
from flows.events.endings import is_condition
from flows.events.frozen import frozen
from flows.events.futures import cue_behind, future_of
from flows.events.governing import REPORTABLE, continues
from flows.events.inflection import Voice
from flows.events.lexicon import Match
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan
from flows.events.wishes import wish_of
from warehouse.records import Status

PLOT_FOILED = "planned: the plot was foiled"
HISTORICAL_AFTER = timedelta(days=300)  # older than this is background, not news
BACKGROUND_AFTER_DAYS = 28  # what an act came this long after is its background
NAMED_SUBJECT = ("subject:span", "subject:inside the relative clause")
ALLEGED_BEHIND_WORDS = 0  # "bombed, reportedly,": farther off it is said of something else
MAX_SPEAKER_WORDS = 6  # "Iran's intelligence at the time showed"
REFUSABLE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
SAID_NEXT = ("ACCUSE", "THREATEN", "REQUEST")  # what somebody says beside his denial
ABSTAINED_WORDS = 2  # "not to fire", "without ever firing"
INVERSION_CHARS = 8  # "Should the X ..."
MODAL_WORDS = 5
LOOKING_BACK_WORDS = 8  # "attacked the port three years ago"
RETOLD_CHARS = 45  # "less than two and a half weeks after"
RETOLD_WORDS = 2  # between a deed and the count behind it
TOLD_BY_TARGET = "alleged: told by the side it is aimed at"
MAX_NAMED_WORDS = 2  # "according to the defence ministry of Iran"


@frozen
class Claim:
    """A status and the rule that gave it."""

    status: Status
    rule: str
    is_refusal: bool = False  # the act is refused, which is an act of its own


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
        return Claim(Status.PLANNED, PLOT_FOILED)
    if condition := _condition(scene, hit, start, end):
        return Claim(Status.HYPOTHETICAL, f"hypothetical: {condition}")
    if wish := wish_of(scene, hit):
        return Claim(Status.HYPOTHETICAL, f"hypothetical: only {wish}")
    if _is_to_come(hit, starts_on, published):
        return Claim(Status.PLANNED, "planned: its day is after publication")
    future = future_of(scene, hit)
    if future and hit.trigger.type != "ASSAULT":
        return Claim(Status.PLANNED, f"planned: {future}")
    allegation = _allegation(scene, hit, start, end)
    if future and not (allegation is not None and ":" in allegation):  # "accused X of plotting a coup" is a charge
        return Claim(Status.PLANNED, f"planned: {future}")
    if allegation is not None:
        return Claim(Status.ALLEGED, f"alleged: {allegation}")
    return Claim(Status.OCCURRED, "occurred: nothing says otherwise")


def is_abstained(scene: Scene, hit: Hit) -> bool:
    """Whether the hit names what somebody does without ("not to fire a shot", "will not attack"): nothing happened."""
    start, _ = scene.clause_of(hit.start)
    is_violent = load_codebook()[hit.trigger.type].quad == 4
    kinds = ("abstention", "refusal") if is_violent else ("abstention",)
    if scene.order == "sov" and hit.voice.is_noun and cue_behind(scene, hit, "abstention", 0):
        return True  # "anlaşma olmadan", without an agreement
    if not scene.cues_of("abstention") and not scene.cues_of("refusal"):
        return False
    return any(_is_right_before(scene, cue, hit) for kind in kinds for cue in scene.cues_in(kind, start, hit.start))


def is_unmet(scene: Scene, hit: Hit, claim: Claim) -> bool:
    """Whether an act of goodwill is only what a threat makes its condition ("if they are not handed over")."""
    is_denied = claim.status is Status.DENIED and hit.trigger.type in REFUSABLE
    return is_denied and _condition(scene, hit, *scene.clause_of(hit.start)) is not None


def _refusal(scene: Scene, hit: Hit, start: int) -> str | None:
    """The words that refuse an act of goodwill ("will not lift the ban")."""
    if hit.trigger.type not in REFUSABLE:
        return None
    is_far = scene.lexicon.is_preverbal  # with whom and what kind of stand between ("不会同X进行任何谈判")
    cues = [cue for cue in scene.cues_in("refusal", start, hit.start) if is_far or _is_right_before(scene, cue, hit)]
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
    if claim.status is Status.OCCURRED and (word := _negated_doer(scene, roles)) is not None:
        return Claim(Status.DENIED, f"denied: {word} before who would have done it")
    is_plot = claim.status is Status.PLANNED and hit.trigger.type == "ASSAULT"
    is_gerund = hit.voice in (Voice.GERUND, Voice.PASSIVE_GERUND)  # "said that ..." where verbs come last
    is_sourced = scene.has_case_endings and find_source(scene, hit) is not None
    is_by = hit.voice is Voice.PASSIVE and roles.actor_rule == "actor:by-phrase"
    is_telling = hit.trigger.type in REPORTABLE and (hit.voice is Voice.ACTIVE or is_by or is_gerund or is_sourced)
    is_told = claim.status is Status.OCCURRED and is_telling
    is_struck = roles.target_rule != "target:other side in play"  # a guess is no reason to doubt
    is_named = ((is_gerund or is_sourced) and is_struck) or is_by or roles.actor_rule in NAMED_SUBJECT
    if roles.target is None or not (is_plot or is_told) or (is_told and not is_named):
        return claim
    if scene.lexicon.kinds["medical"].search(scene.folded, scene.sentence.start, scene.sentence.end):
        return claim  # a ministry of health counts victims
    speaker = _speaker(scene, hit)
    if speaker is None or roles.target.country_code != speaker.country_code:
        return claim
    if roles.actor is not None and roles.actor.country_code == speaker.country_code:
        return claim
    if roles.target.kind == "group" and roles.target.code != speaker.code:
        return claim  # whom a state fights on its own soil does not speak through it
    return Claim(Status.ALLEGED, TOLD_BY_TARGET)


def _negated_doer(scene: Scene, roles: Roles) -> str | None:
    """The negation right before the actor ("выпустили не украинские военные", it was not Ukraine's soldiers)."""
    if roles.actor is None or roles.carried or scene.order not in ("svo", "free"):
        return None
    beside = (cue for cue in scene.cues_of("negation") if 0 <= roles.actor.start - cue.end <= 1)
    return next((cue.pattern.text for cue in beside), None)


def _speaker(scene: Scene, hit: Hit) -> SideSpan | None:
    """Who speaks: the bare party right before a word of saying that opens the sentence's report."""
    if scene.has_case_endings and (source := find_source(scene, hit)) is not None:
        return source
    if scene.has_case_endings and scene.cues_in("attribution", hit.end, scene.sentence.end):
        bare = [p for p in scene.parties if p.end <= hit.start and p.sides and p.is_nominative]
        return bare[0].sides[0] if bare else None
    for cue in scene.cues:
        if cue.pattern.label == "attribution_after" and cue.end <= hit.start:
            named = [p for p in scene.parties if cue.end <= p.start < hit.start and p.sides]
            if named and len(scene.words_between(cue.end, named[0].start)) <= MAX_NAMED_WORDS:
                return named[0].sides[0]
        if cue.pattern.label not in ("attribution", "allegation", "indication") or cue.end > hit.start:
            continue
        before = [p for p in scene.parties if p.end <= cue.start and p.sides and p.is_nominative]
        if before and len(scene.words_between(before[-1].end, cue.start)) <= MAX_SPEAKER_WORDS:
            return before[-1].sides[0]
    return None


def _is_old(scene: Scene, hit: Hit, starts_on: date | None, published: date | None) -> bool:
    if starts_on and published and published - starts_on > HISTORICAL_AFTER:
        return True
    start, end = scene.clause_of(hit.start)
    cues = scene.cues_in("historical", start, end)
    if cues and scene.lexicon.is_positional:
        cues = [cue for cue in cues if _looks_back(scene, cue, hit)]
    return bool(cues) or _is_long_before(scene, start) or _is_retold(scene, hit)


def _looks_back(scene: Scene, cue: Match, hit: Hit) -> bool:
    """Whether a word of remembrance is said of a hit: not of what the sentence tells beside it.

    Told beside it are a second verb ("marked 40 years since the invasion and asked X ..."), a main clause behind a
    comma ("On the anniversary of ..., X thanked Y"), and a deed done on the day ("freed two on the anniversary").
    """
    if cue.start >= hit.end:
        is_measure = scene.lexicon.is_word("measure", cue.pattern.text)
        return len(scene.words_between(hit.end, cue.start)) <= (LOOKING_BACK_WORDS if is_measure else 1)
    gap = (cue.end, hit.start)
    joined = [c for c in scene.cues_in("conjunction", *gap) if len(scene.words_between(c.end, hit.start)) <= 1]
    if joined and not hit.voice.is_noun:
        return False
    comma = scene.folded.rfind(",", *gap)
    return comma < 0 or not any(comma < p.start < hit.start and p.is_nominative for p in scene.parties)


def _is_retold(scene: Scene, hit: Hit) -> bool:
    """Whether a deed is told only for how long ago it was, and loosely ("less than two weeks after X struck Y").

    News of it has a day; counted again from such a guess it would be a new blow.
    """
    loosely = scene.lexicon.kinds["retold"]
    low, high = (hit.end, scene.sentence.end) if scene.has_case_endings else (scene.sentence.start, hit.start)
    found = loosely.search(scene.folded, low, high)
    if found is None or found.end() - found.start() > RETOLD_CHARS:
        return False
    if scene.has_case_endings:
        return hit.voice is not Voice.ACTIVE and len(scene.words_between(hit.end, found.start())) <= RETOLD_WORDS
    told = any(found.end() <= other.start < hit.start for other in scene.hits)
    return not told and sum(found.end() <= border.start < hit.start for border in scene.borders) <= 1


def _is_long_before(scene: Scene, start: int) -> bool:
    """Whether the clause is what another act came months after ("three months after they agreed")."""
    border = scene.border_before(start) if scene.times else None
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
    is_negated = scene.has_form(hit, "negative") and not _is_listed_so(scene, hit)
    if is_negated and hit.trigger.type != "REJECT":  # which a negated verb tells as it is
        return scene.folded[hit.start : hit.end]
    is_verb_last = scene.order == "sov"
    for cue in scene.cues_of("denial"):
        if cue.end > hit.start and not (is_verb_last and cue.start >= hit.end):
            continue
        between = (cue.end, hit.start) if cue.end <= hit.start else (hit.end, cue.start)
        if scene.nouns == "first" and is_verb_last and cue.end <= hit.start and not continues(scene, cue.end, hit):
            continue
        if _is_governed_noun(scene, cue, hit) or _opens_act(scene, cue, hit):
            continue
        if not _is_parted(scene, *between, ("coordinate",)) and not _has_own_subject(scene, *between):
            return cue.pattern.text
    for cue in scene.cues_in("negation", start, hit.start):
        if cue.end <= hit.start and len(scene.words_between(cue.end, hit.start)) <= 2:
            return cue.pattern.text
    return cue_behind(scene, hit, "negation", 2) if is_verb_last else None


def _is_listed_so(scene: Scene, hit: Hit) -> bool:
    """Whether a trigger names its act by a negated form itself ("issues no visas")."""
    words = hit.trigger.key.split(":", 2)[-1].split()
    return any(scene.lexicon.forms["negative"].fullmatch(word) for word in words)


def _is_governed_noun(scene: Scene, cue: Match, hit: Hit) -> bool:
    """Whether what is denied is a verb before the noun ("denied blocking the embargo"): the embargo is not."""
    is_read_so = scene.lexicon.is_positional and hit.voice.is_noun
    return is_read_so and any(cue.end <= h.start and h.end <= hit.start and not h.voice.is_noun for h in scene.hits)


def _opens_act(scene: Scene, cue: Match, hit: Hit) -> bool:
    """Whether a hit is, or belongs to, what the one who denies says next ("denies it and accuses Y of bombing Z")."""
    joins = scene.cues_in("conjunction", cue.end, max(cue.end, hit.start))
    for said in scene.hits:
        if said.trigger.type not in SAID_NEXT or said.voice is Voice.NOUN or said.start < cue.end:
            continue
        if said.start > hit.start:
            begun = scene.order == "sov" and any(len(scene.words_between(cue.end, c.start)) <= 1 for c in joins)
        else:
            begun = any(c.end <= said.start and len(scene.words_between(c.end, said.start)) <= 3 for c in joins)
            begun = begun or "," in scene.folded[said.start - 2 : said.start] or _is_glued(scene, said)
        if begun:
            return True
    return False


def _framed_as_alleged(scene: Scene, hit: Hit) -> str | None:
    """The words of an aside that only alleges what its sentence tells ("as X alleged", "по утверждению X"), else None.

    It opens the sentence, or stands between commas; or the sentence ends in it.
    """
    for cue in scene.cues_of("attribution_after"):
        is_doubted = any(other.start == cue.start for other in scene.cues_of("allegation"))
        charge = next((h for h in scene.hits if h.trigger.type == "ACCUSE" and 0 <= h.start - cue.end <= 1), None)
        if charge is hit or not (is_doubted or (charge is not None and not charge.voice.is_noun)):
            continue
        return cue.pattern.text if charge is None else charge.trigger.key
    last = scene.cues_of("allegation")[-1:] if scene.order == "svo" else []
    is_last = bool(last) and not scene.words_between(last[0].end, scene.sentence.end)
    commas = scene.folded.count(",", hit.end, last[0].start) if is_last else 0
    return last[0].pattern.text if is_last and hit.end <= last[0].start and commas else None


def _is_said_on(scene: Scene, charge: Hit, hit: Hit) -> bool:
    """Whether who charges goes on to say what was done ("accused X, saying its police took three")."""
    between = [border for border in scene.borders if charge.end <= border.start < hit.start]
    if not between or between[0].kind != "stop":
        return False
    stop, *said = between
    is_one = all(0 <= border.start - stop.end <= 1 for border in said)
    return is_one and any(border.kind == "attribution" for border in said)


def _is_glued(scene: Scene, hit: Hit) -> bool:
    """Whether "and" is written as the first letter of a verb (Arabic)."""
    return scene.order == "vso" and scene.folded[hit.start] == "و"


def _has_own_subject(scene: Scene, start: int, end: int) -> bool:
    """Whether an adverbial clause of its own side lies between ("denied it, after X urged"): that is not denied."""
    asides = [b.end for b in scene.borders if b.kind == "adverbial" and start <= b.start < end]
    return bool(asides) and any(
        asides[-1] <= p.start and p.end <= end and p.sides and p.case is None for p in scene.parties
    )


def _is_parted(scene: Scene, start: int, end: int, kinds: tuple[str, ...]) -> bool:
    return any(b.kind in kinds and start <= b.start < end for b in scene.borders)


def _condition(scene: Scene, hit: Hit, start: int, end: int) -> str | None:
    opening = scene.border_before(hit.start)
    cues = scene.cues_of("hypothetical")
    is_behind = scene.has_case_endings and opening is not None and opening.start > scene.sentence.start + 2
    is_opened = opening is not None and not is_behind and any([cue.pattern.text == opening.word for cue in cues])
    if opening is not None and is_opened and not _is_main_clause(scene, hit, opening.end):
        return opening.word
    is_material = load_codebook()[hit.trigger.type].is_material
    if is_material and (told := _inverted_condition(scene) or _modal_behind(scene, hit, end)):
        return told
    if scene.has_form(hit, "hypothetical") or (scene.has_case_endings and is_condition(scene, hit)):
        return scene.folded[hit.start : hit.end]
    if not cues:
        return None
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
    if anywhere and (future_of(scene, hit) or hit.trigger.future_type) and is_material:
        return f"main clause of {anywhere[0].pattern.text}"
    return None


def _inverted_condition(scene: Scene) -> str | None:
    """The word that opens a condition without "if" ("Should X invade Y, Z would act"), None for none."""
    first = next((cue for cue in scene.cues_in("inversion", scene.sentence.start, scene.sentence.start + 2)), None)
    if first is None or scene.folded[: scene.sentence.end].rstrip().endswith("?"):
        return None
    return first.pattern.text if any(0 < p.start - first.end <= INVERSION_CHARS for p in scene.parties) else None


def _modal_behind(scene: Scene, hit: Hit, end: int) -> str | None:
    """A modal that a noun of a deed is the subject of ("an attack on X would bring in Y")."""
    if not hit.voice.is_noun or not scene.lexicon.is_positional:
        return None
    for cue in scene.cues_in("hypothetical", hit.end, end):
        is_verb = any(modal.start == cue.start for modal in scene.cues_in("modal", hit.end, end))
        is_near = len(scene.words_between(hit.end, cue.start)) <= MODAL_WORDS
        if is_verb and is_near and not any(hit.end <= h.start < cue.start for h in scene.hits):
            return cue.pattern.text
    return None


def _is_reported_future(scene: Scene, cue: Match) -> bool:
    """In "said it would send" the word is the future of somebody's speech, unless the sentence sets a condition."""
    if cue.pattern.text not in scene.lexicon.future_words:
        return False
    others = [other for other in scene.cues_of("hypothetical") if other.start != cue.start]
    return not any(other.pattern.text not in scene.lexicon.future_words for other in others)


def _is_main_clause(scene: Scene, hit: Hit, opened: int) -> bool:
    """After "if ..., " the main clause follows; a verbal act there is said now."""
    return "," in scene.folded[opened : hit.start] and not load_codebook()[hit.trigger.type].is_material


def _allegation(scene: Scene, hit: Hit, start: int, end: int) -> str | None:
    charges = [h for h in scene.hits if h.trigger.mode == "allege"] if hit.trigger.type in REPORTABLE else []
    for other in charges:
        if scene.order == "sov" and hit.end <= other.start < end:
            return other.trigger.key
        is_before = other.end <= hit.start and not scene.has_case_endings
        if hit.trigger.type == "THREATEN" and other.voice.is_noun and not hit.voice.is_noun:
            continue  # "denied the accusations and warned Y"
        is_parted = is_before and _is_parted(scene, other.end, hit.start, ("coordinate", "adverbial", "stop"))
        if is_before and (not is_parted or _is_said_on(scene, other, hit)):
            return other.trigger.key
    if load_codebook()[hit.trigger.type].is_material:
        if (framed := _framed_as_alleged(scene, hit)) is not None:
            return framed
        opening = scene.border_before(hit.start)
        if scene.order == "vso" and opening is not None and opening.kind == "complement":
            start = scene.sentence.start  # "يشتبه في أن": what is suspected stands behind "that"
        for cue in scene.cues_in("allegation", start, end):
            if hit.start <= cue.start < hit.end:
                continue  # the word is the deed ("claimed two lives")
            is_behind = cue.start >= hit.end and scene.order == "svo"
            if not is_behind or len(scene.words_between(hit.end, cue.start)) <= ALLEGED_BEHIND_WORDS:
                return cue.pattern.text
    return None
