"""Which triggers are meant where, and in which voice: the neighbours of a form decide between its senses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from flows.events.borders import BORDER_KINDS
from flows.events.cases import WORD
from flows.events.inflection import Voice
from flows.events.lexicon import Match
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

NEAR_REACH_CHARS = 90
PARTICLE_CHARS = 8  # the longest particle with the blank before it
AGENT_REACH_WORDS = 8  # between the word before an agent and its verb, in languages that put both before the verb
LIGHT_REACH_WORDS = 1  # between a noun and the light verb that makes it one ("حمله" ... "کرد")
PERFECT_REACH_WORDS = 3  # between "a" and the participle ("a fermement condamné")
SUBJECT_REACH_WORDS = 2  # between a subject and its verb
QUOTED_NAME_WORDS = 2  # before the last one
QUOTES_OPENED = ("'", '"', "‘", "“")
QUOTES_CLOSED = ("'", '"', "’", "”")
NOTHING_NEAR = 99
CLAUSE_ENDS = (
    "finite", "conjunction", "complement", "coordinate", "adverbial", "relative", "negation", "attribution", "pronoun",
)  # fmt: skip
SECOND_FORM_WORDS = 2  # of a form joined to another ("stormed and set ablaze")
SMALL_WORDS = ("determiner", "conjunction")  # between which a participle is an adjective


def choose_hits(scene: Scene, triggers: Sequence[Match], sides: Sequence[SideSpan]) -> list[Hit]:
    """One hit a place: of the senses of a form, the one whose neighbours are there; else the one that asks for none.

    Of forms that overlap, the longest of which one sense holds. Triggers stand in order, of those that begin alike the
    longest first; so do the hits.
    """
    by_place: dict[tuple[int, int], list[Match]] = {}
    for match in triggers:
        by_place.setdefault((match.start, match.end), []).append(match)
    hits = scene.hits  # the voice of a form hangs on the verbs before it
    taken = 0  # where the last hit ends: within it no shorter form is another
    for (start, end), matches in by_place.items():
        best = _best_sense(scene, start, end, matches) if start >= taken else None
        if best is None or best.pattern.trigger is None:
            continue
        if not (_is_mere_noun(scene, start, best, sides) or _is_adjective(scene, start, end, best)):
            voice = _voice(scene, start, end, Voice(best.pattern.label), sides)
            at = _noun_end(scene, start, end) if voice is Voice.NOUN else end
            hits.append(Hit(start, at, best.pattern.trigger, voice))
            taken = end
    return hits


def _is_mere_noun(scene: Scene, start: int, match: Match, sides: Sequence[SideSpan]) -> bool:
    """Whether a verb's form is a noun here: behind an article, or with no subject ("Fire at factory")."""
    if match.pattern.label != Voice.ACTIVE or not scene.lexicon.is_analytic:
        return False
    verb = match.pattern.text.partition(" ")[0]
    is_plural = verb == match.pattern.text and scene.lexicon.is_word("plural", verb)
    if is_plural:
        is_first = start - scene.sentence.start <= 1
        return is_first or _is_behind_article(scene, start) or _ends_quoted_name(scene, start, start + len(verb), sides)
    if scene.lexicon.is_word("inflected", verb):
        return False
    is_first = start - scene.sentence.start <= 1
    return is_first or any(cue.end + 1 == start for cue in scene.cues_of("determiner"))


def _is_behind_article(scene: Scene, start: int) -> bool:
    """Whether a word that only stands before nouns ends right before an offset; "that" also opens a clause."""
    words = [cue for cue in scene.cues if cue.end + 1 == start]
    openings = ("relative", "complement", "pronoun")
    is_open = any(cue.pattern.label in openings for cue in words)
    return not is_open and any(cue.pattern.label == "determiner" for cue in words)


def _ends_quoted_name(scene: Scene, start: int, end: int, sides: Sequence[SideSpan]) -> bool:
    """Whether a form ends a few quoted words that name no side: what something is called ("'terrorist targets'")."""
    if scene.text[end : end + 1] not in QUOTES_CLOSED:
        return False
    opened = max(scene.text.rfind(mark, scene.sentence.start, start) for mark in QUOTES_OPENED)
    if opened < 0 or any(opened < side.start < start for side in sides):
        return False
    return 1 <= len(scene.words_between(opened + 1, start)) <= QUOTED_NAME_WORDS


def _is_adjective(scene: Scene, start: int, end: int, match: Match) -> bool:
    """Whether a participle only describes the noun behind it: "the stalled talks", "20 detained migrants"."""
    text = match.pattern.text
    if match.pattern.label not in ("participle", "passive") or not scene.lexicon.is_analytic or " " in text:
        return False
    following = WORD.match(scene.folded, end + 1)
    small = [*scene.prepositions, *(c for c in scene.cues if c.pattern.label in SMALL_WORDS)]
    if following is None or any(word.start == end + 1 for word in small) or not following.group().isalpha():
        return False
    relatives = {cue.end for cue in scene.cues if cue.pattern.label in ("relative", "pronoun")}
    before = [
        word.end for word in small if word.pattern.label not in ("conjunction", "agent") and word.end == start - 1
    ]
    is_counted = scene.word_before(start).isdigit()
    return bool(before and before[0] not in relatives) or is_counted


def _noun_end(scene: Scene, start: int, end: int) -> int:
    """Where a noun ends that is listed with the word behind it ("raid on"), which says the case of what follows."""
    behind = next((word.start for word in scene.prepositions if word.end == end and word.start > start), None)
    return end if behind is None else behind - 1


def _best_sense(scene: Scene, start: int, end: int, matches: Sequence[Match]) -> Match | None:
    if scene.times and _is_before_day(scene, start, end):
        return None
    low, (_, high) = _opening_of(scene, start), scene.clause_of(start)
    window = max(low, start - NEAR_REACH_CHARS), min(high, end + NEAR_REACH_CHARS)
    best: tuple[int, Match] | None = None
    for match in matches:
        trigger = match.pattern.trigger
        if trigger is None or (trigger.apart and _distance(scene, trigger.apart, start, end, window) >= 0):
            continue
        reach = (window[0], start) if trigger.is_led else window
        distance = _distance(scene, trigger.near, start, end, reach) if trigger.near else NEAR_REACH_CHARS
        distance = min(distance, 0) if trigger.is_led else distance  # whoever leads decides
        if distance >= 0 and (best is None or distance < best[0]):
            best = (distance, match)
    return best[1] if best else None


def _is_before_day(scene: Scene, start: int, end: int) -> bool:
    """Whether the word that ends a trigger says when ("were hit by fire on Monday"), and not at whom."""
    if not any([time.start == end + 1 for time in scene.times]):
        return False
    return any(word.end == end and word.start > start for word in scene.prepositions)


def _opening_of(scene: Scene, at: int) -> int:
    """Where a clause begins with the verb of saying before it ("X claims that Y ..."), which may be a neighbour."""
    low, _ = scene.clause_of(at)
    if not scene.lexicon.is_analytic:
        return low
    for border in reversed(scene.borders):
        if border.end <= low and low - border.end <= 1 and border.kind in ("attribution", "complement"):
            low = border.start
    return low


def _distance(scene: Scene, words: frozenset[str], start: int, end: int, window: tuple[int, int]) -> int:
    """Characters between a trigger and the nearest of some words that lies in a window, -1 for none."""
    best = -1
    for word in words.intersection(scene.neighbours) if scene.neighbours else ():
        for at in scene.neighbours[word]:
            if window[0] <= at and at + len(word) <= window[1] + 1:
                gap = start - at if at < start else max(0, at - end)
                best = gap if best < 0 else min(best, gap)
    return best


def _voice(scene: Scene, start: int, end: int, voice: Voice, sides: Sequence[SideSpan]) -> Voice:
    """What an ambiguous form is here: verb or noun, active or passive."""
    if scene.order == "sov" and voice in (Voice.EITHER, Voice.PARTICIPLE, Voice.NOUN):
        return _voice_of_verb_behind(scene, end, voice, sides)
    if scene.is_postposed and not voice.is_noun and _is_named_act(scene, end):
        return voice.gerund
    if voice is Voice.ACTIVE and scene.is_postposed and _ends_in_owner(scene, end):
        return Voice.NOUN
    if scene.lexicon.is_preverbal:
        return _voice_behind_phrases(scene, start, end, voice, sides)
    if voice is Voice.EITHER:
        return _noun_or_verb(scene, start, end, sides)
    if scene.lexicon.is_doer_genitive and voice.is_passive and _is_named(scene, start, end):
        return Voice.NOUN  # "la embestida de un buque"
    if voice is Voice.PARTICIPLE:
        return _active_or_passive(scene, start, end)
    if voice is Voice.PASSIVE and _is_past(scene, start):
        return Voice.ACTIVE
    return Voice.NOUN if voice is Voice.ACTIVE and _is_named(scene, start, end) else voice


def _is_past(scene: Scene, start: int) -> bool:
    """Whether "has" or "had" stands before a participle, and no "been": "has not withdrawn its troops"."""
    cue = _last_cue(scene, start, ("past", "auxiliary"), 2)
    return cue is not None and cue.pattern.label == "past"


def _is_named(scene: Scene, start: int, end: int) -> bool:
    """Whether an article before and "of" behind make a verb's form a noun: "the killing of X"."""
    is_before = any(c.end + 1 == start for c in scene.cues_of("determiner"))
    behind = (p.start for p in scene.prepositions if p.pattern.label == "genitive" and p.start > end)
    return is_before and any(len(scene.words_between(end, at)) <= 1 for at in behind)  # "the killing there of"


def _ends_in_owner(scene: Scene, end: int) -> bool:
    """Whether the last word of a form is "of" and not "did": something else than the clause's end follows it."""
    is_particle = scene.lexicon.is_owning_particle(scene.folded[max(0, end - PARTICLE_CHARS) : end].rpartition(" ")[2])
    if not is_particle or scene.folded[end : end + 1] != " " or WORD.match(scene.folded, end + 1) is None:
        return False
    return not any(cue.start == end + 1 and cue.pattern.label in CLAUSE_ENDS for cue in scene.cues)


def _is_named_act(scene: Scene, end: int) -> bool:
    """Whether a form is an infinitive that a case word follows ("टक्कर मारने की निंदा"): it names an act."""
    word = scene.folded[max(0, end - NEAR_REACH_CHARS) : end].rpartition(" ")[2]
    behind = [w for w in scene.postpositions if w.start == end + 1]
    return bool(behind) and scene.lexicon.forms["gerund"].fullmatch(word) is not None


def _voice_of_verb_behind(scene: Scene, end: int, voice: Voice, sides: Sequence[SideSpan]) -> Voice:
    """Where verbs come last a noun is told by the light verb or auxiliary right behind it, if there is one."""
    for cue in scene.cues:
        if cue.start < end or cue.pattern.label not in ("light", "auxiliary"):
            continue
        if len(scene.words_between(end, cue.start)) > LIGHT_REACH_WORDS or "," in scene.folded[end : cue.start]:
            break
        if scene.nouns == "first" and any(end <= side.start < cue.start for side in sides):
            break  # a noun with its owner behind it stays one ("became the target of the shelling of X")
        found = Voice.PASSIVE if cue.pattern.label == "auxiliary" else Voice.ACTIVE
        word = WORD.match(scene.folded, cue.start)
        is_gerund = word is not None and scene.lexicon.forms["gerund"].fullmatch(word.group()) is not None
        return found.gerund if is_gerund else found
    if voice is Voice.PARTICIPLE:
        return Voice.ACTIVE
    return Voice.NOUN if voice is Voice.EITHER else voice


def _voice_behind_phrases(scene: Scene, start: int, end: int, voice: Voice, sides: Sequence[SideSpan]) -> Voice:
    """Where agent and object may stand before the verb (Chinese): an agent there makes it passive ("遭X袭击").

    A side right behind an ambiguous form is its object; else a light verb or a word like "this" before makes it a noun.
    """
    clause = scene.clause_of(start)[0]
    agents = [p for p in scene.prepositions if p.pattern.label == "agent" and clause <= p.start and p.end <= start]
    if agents and "," not in scene.folded[agents[-1].end : start]:
        named = any(agents[-1].end <= side.start and side.end <= start for side in sides)
        if len(scene.words_between(agents[-1].end, start)) <= (AGENT_REACH_WORDS if named else 2):
            return Voice.PASSIVE
    if voice is Voice.NOUN and _last_cue(scene, start, ("auxiliary",), 4):
        return Voice.PASSIVE
    if voice is not Voice.EITHER:
        return voice
    behind = next((side for side in sides if side.start >= end), None)
    is_last = (
        behind is None or behind.start >= scene.clause_of(start)[1]
    )  # not "袭击中国"; "在也门空袭中炸死X" has a verb
    if is_last and scene.lexicon.is_word("within", scene.folded[end : end + 1]):
        return Voice.NOUN  # "在伊朗空袭中丧生": what people came to harm in
    if behind is not None and _is_aspect(scene, scene.folded[end : behind.start].strip()):
        return Voice.ACTIVE
    cue = _last_cue(scene, start, ("determiner", "light", "noun_before", "auxiliary"), 3)
    if cue is not None:
        return Voice.PASSIVE if _last_cue(scene, start, ("auxiliary",), 4) else Voice.NOUN
    return Voice.ACTIVE if any(clause <= side.start and side.end <= start for side in sides) else Voice.NOUN


def _is_aspect(scene: Scene, gap: str) -> bool:
    return not gap or scene.lexicon.is_word("aspect", gap)


def _last_cue(scene: Scene, at: int, kinds: Sequence[str], reach: int) -> Match | None:
    """The cue of one of these kinds among the few words before an offset."""
    for cue in reversed(scene.cues):
        if cue.end <= at and cue.pattern.label in kinds:
            return cue if len(scene.words_between(cue.end, at)) <= reach else None
    return None


def _noun_or_verb(scene: Scene, start: int, end: int, sides: Sequence[SideSpan]) -> Voice:
    if scene.lexicon.is_doer_genitive:
        return _noun_or_verb_by_article(scene, start, sides)
    is_marked = scene.lexicon.is_word("infinitive_mark", scene.word_before(start))
    if _last_cue(scene, start, ("modal", "future", "pronoun", "both"), 1) or is_marked:
        return Voice.ACTIVE
    if any(cue.end + 1 == start for cue in scene.cues_of("nameless")) and any(
        side.start >= end and scene.folded[end : side.start] in (" ", " a ", " the ") for side in sides
    ):
        return Voice.ACTIVE  # "gunmen attack X's base"
    if _last_cue(scene, start, ("determiner", "light", "noun_before"), 2):
        return Voice.NOUN
    if any(border.kind == "adverbial" and border.end + 1 == start for border in scene.borders):
        return Voice.NOUN  # "after strikes": no subject between
    if scene.lexicon.is_analytic and any(hit.end + 1 == start and not hit.voice.is_noun for hit in scene.hits):
        return Voice.NOUN  # "X condemns attack"
    if _is_governing(scene, start, end):
        return Voice.ACTIVE
    after = next((p for p in scene.prepositions if p.start - end in (0, 1)), None)
    before = next((span for span in reversed(sides) if span.end <= start), None)
    is_beside = before is not None and len(scene.words_between(before.end, start)) == 0
    if before is not None and is_beside and (before.kind == "demonym" or not before.head):
        return Voice.NOUN
    if before is not None and is_beside and _is_scene_of(scene, before):
        return Voice.NOUN
    if _is_owned(scene, before, start) or after is not None:
        return Voice.ACTIVE if is_beside and after is None else Voice.NOUN
    if before is not None and any(span.start >= end for span in sides):
        return Voice.ACTIVE
    return Voice.NOUN if before is None else Voice.ACTIVE


def _is_scene_of(scene: Scene, side: SideSpan) -> bool:
    """Whether people came to harm "in" what stands behind a side: "killed in Hamas attack" tells no attack on Hamas."""
    if not any(word.end + 1 == side.start and word.pattern.label == "place" for word in scene.prepositions):
        return False
    start, _ = scene.clause_of(side.start)
    return side.kind == "group" or any(
        start <= h.start and h.trigger.type == "ASSAULT" and h.voice is Voice.PASSIVE for h in scene.hits
    )


def _is_owned(scene: Scene, before: SideSpan | None, start: int) -> bool:
    """Whether the side right before a form wears what makes it the owner of a noun ("X's strikes")."""
    return before is not None and scene.lexicon.is_word("owning", scene.folded[before.end : start])


def _noun_or_verb_by_article(scene: Scene, start: int, sides: Sequence[SideSpan]) -> Voice:
    """Where nouns keep their articles: a noun has one before it, a verb has its subject there."""
    before = next((span for span in reversed(sides) if span.end <= start), None)
    words = len(scene.words_between(before.end, start)) if before is not None else NOTHING_NEAR
    cue = _last_cue(scene, start, ("determiner", "light", "noun_before", "modal", "pronoun", "both", "relative"), 1)
    if cue is not None and (before is None or cue.start >= before.end):
        is_noun = cue.pattern.label in ("determiner", "light", "noun_before")
        return Voice.NOUN if is_noun else Voice.ACTIVE
    starts = start - scene.sentence.start <= 1
    if words <= SUBJECT_REACH_WORDS or (starts and scene.lexicon.is_inverted):
        preposition = _last_preposition(scene, before.end if before else scene.sentence.start, start)
        return Voice.NOUN if preposition else Voice.ACTIVE
    return Voice.NOUN


def _last_preposition(scene: Scene, low: int, high: int) -> bool:
    return any(low <= word.start and word.end <= high for word in scene.prepositions)


def _by_perfect(scene: Scene, start: int) -> Voice | None:
    """Where participles follow a word of the perfect or one of the passive, what the nearest says; else passive."""
    if not scene.lexicon.has_cues("perfect"):
        return None
    cue = _last_cue(scene, start, ("perfect", "auxiliary"), PERFECT_REACH_WORDS)
    if cue is None and (shared := _shared_voice(scene, start)) is not None:
        return shared
    return Voice.ACTIVE if cue is not None and cue.pattern.label == "perfect" else Voice.PASSIVE


def _shared_voice(scene: Scene, start: int) -> Voice | None:
    """The voice of the verb before an "and", with which a second participle shares its auxiliary."""
    opened, _ = scene.clause_of(start)
    joined = any(0 <= start - cue.end <= 1 for cue in scene.cues_in("conjunction", opened, start))
    told = [h for h in scene.hits if opened <= h.start < start and not h.voice.is_noun] if joined else []
    return told[-1].voice if told and scene.has_form(told[-1], "told") else None


def _is_behind_verb(scene: Scene, start: int) -> bool:
    """Whether the clause has its verb already, and neither a comma nor "and" opens a second one."""
    opened, _ = scene.clause_of(start)
    told = [h for h in scene.hits if opened <= h.start < start and h.voice is Voice.ACTIVE]
    joined = [
        c
        for c in scene.cues
        if c.pattern.label in ("conjunction", "relative") and told and told[-1].end <= c.start < start
    ]
    return bool(told) and not joined and "," not in scene.folded[told[-1].end : start]


def _shares_passive(scene: Scene, start: int) -> bool:
    """Whether "and" joins a participle to a passive whose auxiliary it shares ("were held and their boats seized")."""
    if not scene.lexicon.is_analytic:
        return False
    opened, _ = scene.clause_of(start)
    told = [h for h in scene.hits if opened <= h.start < start and not h.voice.is_noun]
    return bool(told) and told[-1].voice is Voice.PASSIVE and bool(scene.cues_in("conjunction", told[-1].end, start))


def _is_governing(scene: Scene, start: int, end: int) -> bool:
    """A form behind "of" with an object of its own: "accused X of bombing a hospital"."""
    is_behind = any(p.pattern.label == "genitive" and p.end + 1 == start for p in scene.prepositions)
    return is_behind and any(c.start == end + 1 for c in scene.cues_of("determiner"))


def _stands_alone(scene: Scene, end: int, is_second: bool) -> bool:
    """Whether no object can follow: the line ends here, or a word that says where or when does."""
    rest = scene.folded[end : scene.sentence.end]
    words = (*scene.prepositions, *(cue for cue in scene.cues if cue.pattern.label in BORDER_KINDS))
    labels = ("genitive", "with") if is_second else ("goal", "genitive", "with")
    if not rest.strip(" .,") or any(w.start - end in (0, 1) and w.pattern.label not in labels for w in words):
        return True
    return scene.sentence.is_title and not is_second and _lacks_object(scene, end)


def _lacks_object(scene: Scene, end: int) -> bool:
    """Whether a comma, a day or a cause follows a form, or another form beside it that stands so ("hit and burned")."""
    if scene.folded.startswith(",", end) or any(time.start == end + 1 for time in scene.times):
        return True
    word = WORD.match(scene.folded, end + 1)
    if word is None:
        return False
    if any(cue.start == end + 1 for cue in scene.cues_of("conjunction")):
        behind = islice(WORD.finditer(scene.folded, word.end(), scene.sentence.end), SECOND_FORM_WORDS)
        return any(_stands_alone(scene, second.end(), False) for second in behind)
    return scene.lexicon.is_word("cause", word.group())


def _active_or_passive(scene: Scene, start: int, end: int) -> Voice:
    if (told := _by_perfect(scene, start)) is not None:
        return told
    if any(p.pattern.label == "agent" and start < p.start and p.end == end for p in scene.prepositions):
        return Voice.PASSIVE  # "shot by"
    agent = next((p for p in scene.prepositions if p.pattern.label == "agent" and p.start >= end), None)
    helper = _last_cue(scene, start, ("auxiliary",), 2)
    is_cut = helper is not None and scene.lexicon.is_analytic and "," in scene.folded[helper.end : start]
    is_marked = helper is not None and not is_cut  # "will be answered, X warned": the helper is another verb's
    if scene.nouns == "last" and _last_cue(scene, start, ("modal",), 0):
        return Voice.ACTIVE  # "will hit back": a form that is infinitive too
    if agent is not None and not is_marked and len(scene.words_between(end, agent.start)) <= 1:
        has_object = bool(scene.cues_in("determiner", end, agent.start))
        return Voice.ACTIVE if has_object else Voice.PASSIVE
    is_second = _is_behind_verb(scene, start) or _shares_passive(scene, start)
    is_harm = scene.lexicon.is_analytic and not _is_past(scene, start)  # "and eight wounded when", not "had wounded in"
    is_harm = is_harm and any(cue.start == start for cue in scene.cues_in("victim", start, end))
    if is_harm and scene.folded.startswith(", ", end) and not scene.cues_in("victim", end + 2, end + 3):
        return (
            Voice.PASSIVE
        )  # "two soldiers killed, three wounded in X's attack"; not "killed, wounded and captured Ys"
    if (scene.sentence.is_title or is_second or is_harm) and _stands_alone(scene, end, is_second):
        return Voice.PASSIVE  # headlines tell in the present what somebody does: "Two soldiers killed in X"
    return Voice.PASSIVE if is_marked else Voice.ACTIVE
