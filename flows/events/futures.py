"""What says that an act is still to come: its own form, a word beside it, a verb behind it."""

from __future__ import annotations

from itertools import islice

from flows.events.cases import WORD
from flows.events.inflection import Voice
from flows.events.lexicon import Match
from flows.events.scene import Hit, Scene

SPOKEN = frozenset({"ACCUSE", "REQUEST", "THREATEN", "SUPPORT"})  # said by whoever is speaking, not what is agreed on
PREVERBAL_REACH_WORDS = 24
SCHEDULED_WORDS = 3  # "talks between X and Y" and the like do not stand between


def cue_behind(scene: Scene, hit: Hit, kind: str, reach: int) -> str | None:
    """A cue of this kind within a few words behind the hit, in its clause."""
    _, end = scene.clause_of(hit.start)
    for cue in scene.cues_in(kind, hit.end, end):
        is_near = len(scene.words_between(hit.end, cue.start)) <= reach
        if is_near and not any(hit.end <= other.start < cue.start for other in scene.hits):
            return cue.pattern.text
    return None


def future_of(scene: Scene, hit: Hit) -> str | None:
    """What says that the hit is still to come, None where nothing does; found once, since many rules ask for it."""
    if hit.start not in scene.futures:
        scene.futures[hit.start] = _find_future(scene, hit)
    return scene.futures[hit.start]


def _find_future(scene: Scene, hit: Hit) -> str | None:
    start, _ = scene.clause_of(hit.start)
    if hit.trigger.type == "REJECT" and scene.has_form(hit, "negative"):
        return None
    if scene.order == "sov" and scene.nouns != "last" and hit.trigger.type == "THREATEN":
        return None  # "پاسخ خواهد داد", it will answer: the threat is made now
    if scene.has_case_endings and hit.trigger.type == "THREATEN":
        return None
    if scene.has_form(hit, "future") and not (hit.voice.is_noun and scene.lexicon.is_doer_genitive):
        return scene.folded[hit.start : hit.end]
    if scene.order == "vso" and not _may_be_future(scene, hit):
        return None
    if scene.order == "sov" and (behind := cue_behind(scene, hit, "future", 4)):
        return behind
    if scene.order == "free" and hit.voice.is_noun and (behind := _told_behind(scene, hit)):
        return behind
    if scene.order == "svo" and hit.voice.is_noun and (behind := _scheduled_behind(scene, hit)):
        return behind
    for cue in scene.cues_in("future", start, hit.start + 1) if not scene.has_case_endings else ():
        if (
            not _is_begun(scene, cue)
            and not _governs_noun(scene, cue, hit)
            and cue.end <= hit.start
            and (
                scene.order == "sov" or len(scene.words_between(cue.end, hit.start)) <= _reach(scene, cue.pattern.text)
            )
            and (not _verb_between(scene, cue.end, hit) or _is_chained(scene, hit))
            and not _is_disposal(scene, cue)
            and not _goes_to_side(scene, cue, hit)
        ):
            return cue.pattern.text
    border = scene.border_before(hit.start)
    if scene.lexicon.is_preverbal and border is not None and scene.lexicon.is_word("joining", border.word):
        before = [h for h in scene.hits if h.end <= border.start]
        return future_of(scene, before[-1]) if before else None
    return None


def _is_begun(scene: Scene, cue: Match) -> bool:
    """ "Began to share", "continued to": a bare "to" behind such a verb says nothing of the future."""
    begun = [other for other in scene.cues_of("light") if 0 <= cue.start - other.end <= 1]
    return len(cue.pattern.text) <= 2 and bool(begun)


def _governs_noun(scene: Scene, cue: Match, hit: Hit) -> bool:
    """ "In answer to X's tariffs", "led to the arrest": a bare "to" before a noun says nothing of the future."""
    is_bare = len(cue.pattern.text) <= 2 and not scene.lexicon.is_preverbal
    return scene.lexicon.is_positional and is_bare and hit.voice.is_noun


def _goes_to_side(scene: Scene, cue: Match, hit: Hit) -> bool:
    """ "X's ambassador to Y returned": a bare "to" that a side follows says nothing of the verb behind that side."""
    is_bare = len(cue.pattern.text) <= 2 and not scene.lexicon.is_preverbal
    return is_bare and any(cue.end <= p.start and p.end <= hit.start and p.sides for p in scene.parties)


def _told_behind(scene: Scene, hit: Hit) -> str | None:
    """A word of the future behind a noun, in its clause and before any other verb ("встреча ... запланирована")."""
    _, end = scene.clause_of(hit.start)
    for cue in scene.cues_in("future", hit.end, end):
        return None if any(hit.end <= other.start < cue.start for other in scene.hits) else cue.pattern.text
    return None


def _scheduled_behind(scene: Scene, hit: Hit) -> str | None:
    """A participle of planning in the few words right behind a noun ("une rencontre ministérielle prévue")."""
    if not scene.lexicon.has_words("scheduled"):
        return None
    _, end = scene.clause_of(hit.start)
    following = min([end, *(h.start for h in scene.hits if h.start >= hit.end)])
    words = [word.group() for word in islice(WORD.finditer(scene.folded, hit.end, following), SCHEDULED_WORDS)]
    return next((word for word in words if scene.lexicon.is_word("scheduled", word)), None)


def _is_chained(scene: Scene, hit: Hit) -> bool:
    """Whether a word of the future spans all deeds of its clause ("将访问B,签署协议"); what is said is said now."""
    return scene.lexicon.is_preverbal and hit.trigger.type not in SPOKEN


def _is_disposal(scene: Scene, cue: Match) -> bool:
    """Whether a word of the future stands before a thing and says what is done to it ("将三名外交官驱逐")."""
    if not scene.lexicon.is_word("disposing", cue.pattern.text):
        return False
    following = scene.folded[cue.end : cue.end + 1]
    is_counted = following.isnumeric() or scene.lexicon.kinds["counting"].match(scene.folded, cue.end) is not None
    return is_counted or any(p.start == cue.end for p in scene.parties)


def _may_be_future(scene: Scene, hit: Hit) -> bool:
    """Whether the form itself allows it: a perfect ("قصفت") is done, whatever stands before it."""
    is_verb = hit.voice in (Voice.ACTIVE, Voice.PARTICIPLE)
    return not is_verb or scene.has_form(hit, "unfinished")


def _reach(scene: Scene, word: str) -> int:
    """How many words may stand between a word of the future and its verb; a bare "to" must stand beside it."""
    if scene.order == "sov":  # as far as the clause reaches
        return len(scene.folded)
    if scene.lexicon.is_preverbal:  # when, where and with whom all stand between them
        return PREVERBAL_REACH_WORDS
    return 1 if len(word) <= 2 else 6


def _verb_between(scene: Scene, at: int, hit: Hit) -> bool:
    return any(at <= other.start < hit.start and other.voice is not Voice.NOUN for other in scene.hits)


def is_set_out_for(scene: Scene, hit: Hit) -> bool:
    """Whether somebody has only set out for a meeting ("left for Y to meet its president"): it is still to come."""
    if hit.trigger.type != "CONSULT":
        return False
    start, end = scene.clause_of(hit.start)
    for cue in scene.cues_in("departing", start, end):
        met = [h for h in scene.hits if start <= h.start < end and h.trigger.type == "CONSULT"]
        if any((h.end <= cue.start or h.start >= cue.end) and not _is_joined(scene, cue, h) for h in met):
            return True
    return False


def _is_joined(scene: Scene, cue: Match, hit: Hit) -> bool:
    """Whether a verb is joined to one before it by "and" ("flew to Y and met its president"): it came to pass."""
    joins = scene.cues_in("conjunction", min(cue.end, hit.start), hit.start)
    is_glued = scene.order == "vso" and scene.folded[hit.start] == "و"
    return is_glued or any(len(scene.words_between(c.end, hit.start)) <= 1 for c in joins)
