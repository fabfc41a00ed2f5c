"""What is only hoped for or doubted: "hopes that Y will lift the ban", "pessimistic about the talks with Y".

Whoever says so comments on an act and does none. What he hopes to do himself stays his plan ("hopes to visit Y").
"""

from __future__ import annotations

from flows.events.codebook import load_codebook
from flows.events.lexicon import Match
from flows.events.scene import Border, Hit, Scene

BEHIND_WORDS = 4  # between a noun and the hope for it, where the verb comes last: whom with, what about
JOINED_WORDS = 1  # "and condemned", "and has condemned"
PARTING = ("coordinate", "adverbial", "stop", "attribution_after")


def wish_of(scene: Scene, hit: Hit) -> str | None:
    """The word that makes a hit what somebody hopes for or doubts, None where none does."""
    is_verb_last = scene.order == "sov"
    for cue in scene.cues_of("wish"):
        if cue.end <= hit.start and _governs(scene, cue, hit):
            return cue.pattern.text
        if is_verb_last and hit.end <= cue.start and _closes(scene, cue, hit):
            return cue.pattern.text
    return None


def is_due(scene: Scene, hit: Hit) -> bool:
    """Whether a clause only says what ought to become of what its subject names ("cooperation should be deepened").

    Goodwill alone, named as a noun or by a relative clause behind one ("what was agreed must be followed up").
    """
    if load_codebook()[hit.trigger.type].quad not in (1, 2):
        return False
    start, end = scene.clause_of(hit.start)
    ought = next((cue for cue in scene.cues_in("ought", hit.end, end)), None)
    if ought is None or scene.folded.find(",", hit.end, ought.start) >= 0:
        return False
    is_owner_behind = scene.nouns == "first" or not scene.lexicon.is_analytic
    doers = [p for p in scene.parties if start <= p.start < ought.start and p.is_nominative and p.sides]
    is_named = hit.voice.is_noun or bool(scene.cues_in("relative", start, ought.start))
    return is_named and not (doers and not is_owner_behind and not hit.voice.is_noun)


def _governs(scene: Scene, cue: Match, hit: Hit) -> bool:
    """Whether what a word of hope speaks of stands behind it, up to the hit."""
    between = [b for b in scene.borders if cue.end <= b.start < hit.start]
    opened = next((b for b in between if b.kind == "complement"), None)
    if any(b.kind in PARTING for b in between) or _is_joined(scene, cue, hit):
        return False
    if opened is None and scene.order == "sov" and scene.nouns == "last":
        return False  # what is hoped for stands before the word, or behind "that"
    return opened is not None or _is_of_others(scene, cue, hit) or not _is_own_plan(scene, cue)


def _is_of_others(scene: Scene, cue: Match, hit: Hit) -> bool:
    """Whether somebody else stands before the verb as its subject ("hopes Y will", "希望Y取消")."""
    if scene.order == "vso":  # whose subject, the one who hopes, stands behind the word itself
        return False
    return any(cue.end <= p.start and p.end <= hit.start and p.is_nominative and p.sides for p in scene.parties)


def _is_own_plan(scene: Scene, cue: Match) -> bool:
    """Whether the word also says what its subject means to do ("hopes to")."""
    return any(other.start == cue.start for other in scene.cues_of("future"))


def _is_joined(scene: Scene, cue: Match, hit: Hit) -> bool:
    """Whether "and" opens a new verb between the word and a hit ("is hopeful and asked Y")."""
    if hit.voice.is_noun:
        return False
    joins = [c for c in scene.cues_in("conjunction", cue.end, hit.start)]
    return any(len(scene.words_between(c.end, hit.start)) <= JOINED_WORDS for c in joins)


def _closes(scene: Scene, cue: Match, hit: Hit) -> bool:
    """Whether a word of hope behind a hit takes it for its object, where verbs come last."""
    _, end = scene.clause_of(hit.start)
    is_near = cue.start < end and len(scene.words_between(hit.end, cue.start)) <= BEHIND_WORDS
    return is_near and not _is_parted(scene.borders, hit, cue) and not _has_verb_between(scene, hit, cue)


def _is_parted(borders: list[Border], hit: Hit, cue: Match) -> bool:
    return any(hit.end <= border.start < cue.start for border in borders)


def _has_verb_between(scene: Scene, hit: Hit, cue: Match) -> bool:
    return any(hit.end <= other.start < cue.start and not other.voice.is_noun for other in scene.hits)
