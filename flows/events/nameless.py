"""Who acts without a name: gunmen, attackers, a suicide bomber. Their deed is nobody's that the text names.

"X suspended the treaty with Y, a day after gunmen killed 26 people": a clause whose own subject is such a word has a
subject, so that it takes none from the main clause or the sentence before. Without this the deed is laid at the door of
whoever is spoken of. A word that a side owns ("Z's gunmen", "gunmen from Z") is that side's, and is left alone.
"""

from __future__ import annotations

from flows.events.codebook import HARMS
from flows.events.discourse import Discourse, Roles, is_same_side
from flows.events.frozen import replace
from flows.events.lexicon import Match
from flows.events.parties import Party
from flows.events.scene import Hit, Scene

LATELY = 6  # sides named last, among which the group may be
UNNAMED = "actor:somebody unnamed"
OWNER_WORDS = 2  # between the word and whose they are ("gunmen from X", "Y's masked gunmen")
BESIDE_WORDS = 2  # between a noun or a verb that comes first and the word behind it ("attack by two gunmen")
OWNING = (None, "subject", "genitive", "source", "agent")
ACTED_ON = ("object", "goal", "with", "place", "source", "between")  # such a phrase is not who acts


def has_nameless_doer(scene: Scene, hit: Hit, discourse: Discourse) -> bool:
    """Whether somebody without a name does what a hit tells, by a word in its own clause.

    Behind a sentence about an armed group the word may mean that group ("the rebels"): then he is no stranger.
    """
    known = discourse.subject is not None and discourse.subject.kind == "group"
    is_first = scene.border_before(hit.start) is None
    return _doer(scene, hit) is not None and not (known and is_first)


def leave_nameless(scene: Scene, hit: Hit, roles: Roles, discourse: Discourse) -> Roles:
    """The roles, without an actor who only stands before the nameless one that the deed is told of."""
    if _is_mourned(scene, hit, roles):
        return replace(roles, actor=None, actor_rule=UNNAMED, carried=0)
    is_guessed = roles.actor is not None and not roles.is_symmetric and has_nameless_doer(scene, hit, discourse)
    cue = _doer(scene, hit) if is_guessed else None
    if cue is None or roles.actor is None:
        return roles
    if not roles.carried and cue.end <= roles.actor.start and roles.actor.end <= hit.start:
        return roles  # he stands nearer
    if not roles.carried and roles.actor_rule == "actor:by-phrase":
        return roles
    target = None if roles.target_rule == "target:other side in play" else roles.target
    return replace(roles, actor=None, target=target, actor_rule=UNNAMED, carried=0)


def name_plotters(scene: Scene, hit: Hit, roles: Roles, discourse: Discourse) -> Roles:
    """The roles of an attack being prepared by "terrorists", as those of the armed group that the text named last.

    Only of what is prepared: whoever has struck without a name stays a stranger.
    """
    words = [word for word in scene.cues_in("nameless", scene.sentence.start, hit.start) if word.end <= hit.start]
    group = next((side for side in discourse.recent[:LATELY] if side.kind == "group"), None)
    if hit.trigger.type != "ASSAULT" or not words or group is None or roles.is_symmetric:
        return roles
    by_others = roles.actor is not None and words[-1].end <= roles.actor.start
    if by_others or (roles.target is None and roles.actor is None):
        return roles
    struck = roles.target
    if struck is None or is_same_side(struck, group):
        struck = roles.actor  # who was taken for the doer is who tells of the plot
    return replace(roles, actor=group, target=struck, actor_rule="actor:the group named last", carried=1)


def _is_mourned(scene: Scene, hit: Hit, roles: Roles) -> bool:
    """Whether the actor only consoles others over the harm that is told ("sent condolences over an attack on Y")."""
    if roles.actor is None or hit.trigger.type not in HARMS:
        return False
    begin, end = scene.sentence.start, scene.sentence.end
    words = list(scene.lexicon.kinds["mourning"].finditer(scene.folded, begin, end))
    if scene.order == "svo":  # who is struck may be mourned in the next clause
        words = [word for word in words if word.start() < hit.start]
    is_nearer = any(word.end() <= roles.actor.start and roles.actor.end <= hit.start for word in words)
    return bool(words) and not is_nearer


def _doer(scene: Scene, hit: Hit) -> Match | None:
    """The word for who did it: before its verb, or right behind a noun or a verb that comes first; None for none."""
    start, end = scene.clause_of(hit.start)
    words = scene.cues_in("nameless", start, end)
    if hit.trigger.mode == "arrest":  # whose police it was, the sentence before does not say
        words = [*words, *scene.cues_in("police", start, end)]
    if not words:
        return None
    words = [w for w in words if not _is_owned(scene, w, start, end)]
    before = [w for w in words if w.end <= hit.start and _may_act(scene, w, hit, start)]
    behind = [w for w in words if w.start >= hit.end and _acts_behind(scene, w, hit)]
    return before[-1] if before else behind[0] if behind else None


def _is_owned(scene: Scene, word: Match, start: int, end: int) -> bool:
    """Whether a side beside the word says whose they are, or is named by it."""
    for party in scene.parties:
        if not party.sides or party.end < start or party.start >= end:
            continue
        if party.start < word.end and word.start < party.end:
            return True
        if party.case in OWNING and _is_beside(scene, word, party):
            return True
    return False


def _is_beside(scene: Scene, word: Match, party: Party) -> bool:
    low, high = (party.end, word.start) if party.end <= word.start else (word.end, party.start)
    gap = scene.folded[low:high]
    if "," in gap or any(low <= hit.start < high for hit in scene.hits):
        return False
    is_aside = ("source",) if scene.lexicon.is_preverbal else ("source", "agent")  # "遭X武装分子袭击": X's
    if party.end <= word.start and party.case in is_aside:
        return False
    reach = OWNER_WORDS if scene.lexicon.has_boundaries else 1
    return len(scene.words_between(low, high)) <= (reach if party.start >= word.end or party.case else 1)


def _may_act(scene: Scene, word: Match, hit: Hit, start: int) -> bool:
    """Whether a word before a verb can be its subject: no verb before it has it as object, no case of one acted on."""
    if any(start <= other.start and other.end <= word.start and not other.voice.is_noun for other in scene.hits):
        return False
    if scene.has_case_endings and any(word.end <= other.start < hit.start for other in scene.hits):
        return False  # "saldırganların saldırısından sonra X": whoever owns the first deed
    if any(p.end <= word.start <= p.end + 1 and p.pattern.label in ACTED_ON for p in scene.prepositions):
        return False
    if any(scene.word_behind(word.end, case) for case in ACTED_ON):
        return False
    if hit.voice.is_passive:
        return scene.lexicon.is_preverbal or scene.word_behind(word.end, "agent")
    return not hit.voice.is_noun or (scene.order == "sov" and scene.nouns == "last") or scene.has_case_endings


def _acts_behind(scene: Scene, word: Match, hit: Hit) -> bool:
    """Whether a word right behind a hit says who did it: behind a noun or a passive, or where the verb comes first."""
    if scene.lexicon.is_preverbal or "," in scene.folded[hit.end : word.start]:
        return False
    if len(scene.words_between(hit.end, word.start)) > BESIDE_WORDS:
        return False
    between = [p.pattern.label for p in scene.prepositions if hit.end <= p.start < word.start]
    if hit.voice.is_noun:
        is_owner_behind = scene.nouns == "first" or scene.lexicon.is_doer_genitive
        return "agent" in between or (is_owner_behind and set(between) <= {"genitive"})
    if hit.voice.is_passive:
        return "agent" in between
    return scene.order in ("vso", "free") and not between
