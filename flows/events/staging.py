"""Lay an article out as scenes: one automaton pass over the whole text, then everything sorted into its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from flows.events.casualties import CasualtySpan, find_casualties
from flows.events.datelines import find_datelines
from flows.events.folding import fold
from flows.events.inflection import Voice
from flows.events.lexicon import Lexicon, Match
from flows.events.parties import WORD, Markers, Party, group_parties
from flows.events.places import PlaceSpan, find_places
from flows.events.scene import Border, Hit, Scene
from flows.events.segments import Sentence, split_sentences
from flows.events.sides import SideSpan, find_people, find_sides, learn_people
from flows.events.times import TimeSpan, find_times

BORDER_KINDS = ("complement", "adverbial", "coordinate", "attribution", "attribution_after")
NEAR_REACH_CHARS = 90
AGENT_REACH_WORDS = 8  # between the word before an agent and its verb, in languages that put both before the verb
AFTER = ("后", "後", "之后", "之後")  # "A空袭后B召回大使": parts clauses only where a subject follows
BLANK = re.compile(r"(?<=[\u3400-\u9fff\w])[ \u3000](?=[\u3400-\u9fff])")  # parts the clauses of a Chinese headline
LIGHT_REACH_WORDS = 1  # between a noun and the light verb that makes it one ("حمله" ... "کرد")
PERFECT_REACH_WORDS = 3  # between "a" and the participle ("a fermement condamné")
SUBJECT_REACH_WORDS = 2  # between a subject and its verb
NOTHING_NEAR = 99
TRAILING_CHARS = 50  # a speaker named at the end of a sentence is named briefly


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


SpanT = TypeVar("SpanT", bound=_Span)


@dataclass(frozen=True, slots=True)
class Article:
    """A text laid out: scenes in order, with what was found in the whole of it."""

    text: str
    folded: str
    scenes: tuple[Scene, ...]
    sides: tuple[SideSpan, ...]
    casualties: tuple[CasualtySpan, ...]
    topics: tuple[Match, ...]


def stage_article(text: str, title_length: int, lexicon: Lexicon, published: datetime | None) -> Article:
    """The scenes of a text; `title_length` is 0 where it has no title line."""
    folded = fold(text)
    sentences = split_sentences(text, title_length, lexicon)
    named = _all_sides(text, lexicon.language)
    matches = lexicon.find(folded, [(span.start, span.end) for span in named])
    datelines = find_datelines(text, title_length, named)
    times = _outside(find_times(text, lexicon.language, published), [(side.start, side.end) for side in named])
    # A part of the day may be spelled like a state (Urdu "شام", evening and Syria).
    sides = _outside(named, [*datelines, *((time.start, time.end) for time in times)])
    places = _outside(find_places(text, lexicon.language, named), datelines)
    casualties = find_casualties(text, lexicon.language)
    scenes = tuple(
        _build_scene(
            sentence,
            text,
            folded,
            _within(matches, sentence),
            _within(sides, sentence),
            _usable_places(_within(places, sentence), _within(times, sentence), folded, lexicon),
            _within(times, sentence),
            lexicon,
        )
        for sentence in sentences
    )
    topics = tuple(topic for scene in scenes for topic in scene.topics)
    return Article(text, folded, scenes, tuple(sides), tuple(casualties), topics)


def _usable_places(
    places: Sequence[PlaceSpan], times: Sequence[TimeSpan], folded: str, lexicon: Lexicon
) -> list[PlaceSpan]:
    """Places that are not opposed ("anti-Iran") and no part of a time (Persian "دوشنبه" is Monday and Dushanbe)."""
    return [
        place
        for place in places
        if not _is_opposed(place, folded, lexicon) and not any(t.start <= place.start < t.end for t in times)
    ]


def _outside(spans: Sequence[SpanT], datelines: Sequence[tuple[int, int]]) -> list[SpanT]:
    """Spans in none of these intervals, which are sorted and do not overlap."""
    starts = [start for start, _ in datelines]
    kept = []
    for span in spans:
        at = bisect_right(starts, span.start) - 1
        if at < 0 or span.start >= datelines[at][1]:
            kept.append(span)
    return kept


def _all_sides(text: str, language: str) -> list[SideSpan]:
    spans = find_sides(text, language)
    people = find_people(text, learn_people(text, language, spans))
    taken = list(spans)
    starts = [span.start for span in taken]
    for person in people:
        at = bisect_left(starts, person.start)
        around = taken[max(0, at - 2) : at + 2]
        if not any(span.start < person.end and person.start < span.end for span in around):
            taken.insert(at, person)
            starts.insert(at, person.start)
    return taken


def _within(spans: Sequence[SpanT], sentence: Sentence) -> list[SpanT]:
    low = bisect_left(spans, sentence.start, key=lambda span: span.start)
    high = bisect_left(spans, sentence.end, key=lambda span: span.start)
    return [span for span in spans[low:high] if span.end <= sentence.end]


def _build_scene(
    sentence: Sentence,
    text: str,
    folded: str,
    matches: list[Match],
    sides: list[SideSpan],
    places: list[PlaceSpan],
    times: list[TimeSpan],
    lexicon: Lexicon,
) -> Scene:
    covered = [(span.start, span.end) for span in sides]
    triggers = [m for m in matches if m.pattern.kind == "trigger" and not _is_covered(m, covered)]
    cues = [m for m in matches if m.pattern.kind == "cue"]
    prepositions = [m for m in matches if m.pattern.kind == "preposition"]
    if lexicon.is_doer_genitive:
        cues = _without_relatives(cues, triggers, sides, folded)
    opening = _opening(sentence, cues, prepositions, times)
    borders = _find_borders(sentence, folded, opening, triggers, times, lexicon, sides)
    if lexicon.raw["cues"].get("finite"):
        borders = sorted([*borders, *_finite_borders(folded, cues, triggers)], key=lambda border: border.start)
    scene = Scene(
        sentence,
        text,
        folded,
        [],
        cues,
        prepositions,
        [m for m in matches if m.pattern.kind == "topic"],
        [],
        borders,
        places,
        times,
        lexicon,
    )
    scene.hits = _choose_hits(scene, triggers, sides)
    stops = [border.start for border in borders]
    is_free = lexicon.order == "free"
    stops += [hit.start for hit in scene.hits if is_free or hit.voice is not Voice.NOUN]
    stops += [cue.start for cue in cues if is_free and cue.pattern.label == "light"]
    opposed = [span for span in sides if _is_opposed(span, folded, lexicon)]
    usable = [span for span in sides if span not in opposed]
    markers = Markers(
        prepositions,
        [m for m in matches if m.pattern.kind == "postposition"],
        lexicon.endings,
        sorted(stops),
        [(time.start, time.end) for time in times],
        lexicon,
        lexicon.nouns == "first",
        [hit.start for hit in scene.hits] if lexicon.nouns == "first" else (),
        _own_phrases(scene) if lexicon.nouns == "last" and not scene.has_case_endings else (),
        lexicon.order == "sov",
    )
    conjunctions = [cue for cue in cues if cue.pattern.label == "conjunction"]
    parties = group_parties(usable, markers, conjunctions, folded, sentence.start, sentence.end)
    parties += [Party(span.start, span.end, (span,), "goal", "span", span.start) for span in opposed]
    scene.parties = sorted([*parties, *_anaphors(scene, parties, markers.postpositions)], key=lambda party: party.start)
    return scene


def _own_phrases(scene: Scene) -> list[int]:
    """Where nouns of acts and names of places begin: the case word behind one is its own, not its owner's."""
    places = [place.start for place in scene.places if place.precision != "country"]
    return [*places, *(hit.start for hit in scene.hits if hit.voice.is_noun)]


def _is_covered(match: Match, covered: Sequence[tuple[int, int]]) -> bool:
    return any(
        start <= match.start and match.end <= end and (start, end) != (match.start, match.end) for start, end in covered
    )


def _is_opposed(span: _Span, folded: str, lexicon: Lexicon) -> bool:
    before = folded[max(0, span.start - 6) : span.start]
    return any(before.endswith(word) for word in lexicon.raw["cues"].get("anti", ()))


def _anaphors(scene: Scene, parties: Sequence[Party], postpositions: Sequence[Match]) -> list[Party]:
    return [
        Party(cue.start, cue.end, (), _case_of_anaphor(cue, postpositions), cue.pattern.label, cue.end)
        for cue in scene.cues
        if cue.pattern.label in ("both", "pronoun")
        and not any(p.start < cue.end and cue.start < p.end for p in parties)
    ]


def _case_of_anaphor(cue: Match, postpositions: Sequence[Match]) -> str | None:
    """The case that the word right behind a pronoun gives, or the pronoun itself where it ends in that word."""
    behind = next((word for word in postpositions if 0 <= word.start - cue.end <= 1), None)
    if behind is not None and behind.pattern.label != "genitive":
        return behind.pattern.label
    return "subject" if cue.pattern.text.endswith(("ने", " نے")) else None


def _without_relatives(
    cues: Sequence[Match], triggers: Sequence[Match], sides: Sequence[SideSpan], folded: str
) -> list[Match]:
    """The cues, of two readings of one word ("que") only one: relative right behind a name that no verb has yet."""
    both = {(cue.start, cue.end) for cue in cues if cue.pattern.label == "relative"}
    both &= {(cue.start, cue.end) for cue in cues if cue.pattern.label == "complement"}
    kept = []
    for cue in cues:
        if cue.pattern.label in ("relative", "complement") and (cue.start, cue.end) in both:
            named = [span for span in sides if span.end <= cue.start and folded[span.end : cue.start].strip(" ,") == ""]
            is_said = any(other.pattern.label == "attribution" and other.end <= cue.start for other in cues)
            is_said = is_said or any(match.end <= cue.start for match in triggers)
            if (cue.pattern.label == "relative") != (bool(named) and not is_said):
                continue
        kept.append(cue)
    return kept


def _opening(
    sentence: Sentence, cues: Sequence[Match], prepositions: Sequence[Match], times: Sequence[TimeSpan]
) -> list[Match]:
    """The cues without those that, being prepositions too, open a clause only at a sentence's head ("after X,")."""
    also = {(word.start, word.end) for word in prepositions}
    return [
        cue
        for cue in cues
        if cue.pattern.label != "adverbial"
        or (cue.start, cue.end) not in also
        or _opens_sentence(Border(cue.start, cue.end, "adverbial", cue.pattern.text), sentence, times)
    ]


def _find_borders(
    sentence: Sentence,
    folded: str,
    cues: Sequence[Match],
    triggers: Sequence[Match],
    times: Sequence[TimeSpan],
    lexicon: Lexicon,
    sides: Sequence[SideSpan] = (),
) -> list[Border]:
    found = [
        Border(cue.start, cue.end, cue.pattern.label, cue.pattern.text)
        for cue in cues
        if cue.pattern.label in BORDER_KINDS and not any(t.start < cue.start and cue.end < t.end for t in times)
    ]
    if lexicon.order == "svo":
        found = [border for border in found if not _is_relative_here(border, cues, triggers)]
    if not lexicon.has_boundaries:
        found = [border for border in found if _is_border_here(border, sides, cues)]
    found += [
        Border(at, at + 1, "stop", folded[at])
        for at in range(sentence.start, sentence.end)
        if folded[at] in ";:；：" and not (folded[at - 1 : at].isdigit() and folded[at + 1 : at + 2].isdigit())
    ]
    if sentence.is_title:
        found += _headline_verbs(folded, triggers)
    if not lexicon.has_boundaries:
        found += _unspaced_borders(sentence, folded, cues, sides)
        for border in [b for b in found if b.kind == "adverbial" and b.start > sentence.start + 1]:
            found += _main_clause(border, sentence, folded, triggers, lexicon.order)
    found += _trailing_speakers(sentence, folded, cues) if not (lexicon.order == "sov" and lexicon.endings) else []
    found += _leading_speakers(sentence, folded, cues)
    found.sort(key=lambda border: border.start)
    if found and found[0].kind == "adverbial" and _opens_sentence(found[0], sentence, times):
        main = _main_clause(found[0], sentence, folded, triggers, lexicon.order)
        return sorted([*found, *main], key=lambda border: border.start)
    return found


def _is_border_here(border: Border, sides: Sequence[SideSpan], cues: Sequence[Match]) -> bool:
    """A word like "later" behind a subject opens no clause, one like "announced" only before another subject."""
    if border.kind == "complement" or border.word in AFTER:
        return any(side.start == border.end for side in sides)
    subjects = [side.end for side in sides] + [cue.end for cue in cues if cue.pattern.label in ("both", "pronoun")]
    return border.kind != "coordinate" or border.start not in subjects


def _unspaced_borders(
    sentence: Sentence, folded: str, cues: Sequence[Match], sides: Sequence[SideSpan]
) -> list[Border]:
    """Where Chinese parts its clauses: at a blank of a headline, at a comma that a new subject follows."""
    starts = {side.start for side in sides}
    starts |= {cue.start for cue in cues if cue.pattern.label in ("both", "pronoun") and cue.pattern.text != "其"}
    commas = [at for at in range(sentence.start, sentence.end) if folded[at] == "," and at + 1 in starts]
    gaps = BLANK.finditer(folded, sentence.start, sentence.end)
    return [Border(at, at + 1, "stop", ",") for at in commas] + [
        Border(gap.start(), gap.end(), "stop", " ") for gap in gaps
    ]


def _finite_borders(folded: str, cues: Sequence[Match], triggers: Sequence[Match]) -> list[Border]:
    """Where verbs come last, a comma or an "and" right behind a finite one ends its clause."""
    verbs = {cue.end for cue in cues if cue.pattern.label == "finite"}
    verbs |= {match.end for match in triggers if match.pattern.label in (Voice.ACTIVE, Voice.PASSIVE)}
    found = [Border(end, end + 1, "coordinate", ",") for end in verbs if folded[end : end + 1] == ","]
    found += [
        Border(cue.start, cue.end, "coordinate", cue.pattern.text)
        for cue in cues
        if cue.pattern.label == "conjunction" and any(0 <= cue.start - end <= 2 for end in verbs)
    ]
    return found


def _headline_verbs(folded: str, triggers: Sequence[Match]) -> list[Border]:
    """The comma right before a second verb of a headline's subject ("X accuses Y of Z, cuts ties")."""
    verbs = [m for m in triggers if m.pattern.label in ("active", "participle", "either")]
    return [Border(v.start - 2, v.start - 1, "coordinate", ",") for v in verbs if folded[v.start - 2 : v.start] == ", "]


def _is_relative_here(border: Border, cues: Sequence[Match], triggers: Sequence[Match]) -> bool:
    """Whether a word that may open what is said stands right before a verb: "a strike that killed five"."""
    if border.kind != "complement":
        return False
    labels = {cue.pattern.label for cue in cues if cue.start == border.start}
    verbs = (m for m in triggers if m.pattern.label in ("active", "participle", "either", "passive"))
    helpers = (cue for cue in cues if cue.pattern.label in ("auxiliary", "modal"))
    return "relative" in labels and any(word.start == border.end + 1 for word in (*verbs, *helpers))


def _trailing_speakers(sentence: Sentence, folded: str, cues: Sequence[Match]) -> list[Border]:
    """The comma before a speaker named last (", the ministry said"): who speaks there is no object."""
    found = []
    for cue in cues:
        is_last = cue.pattern.label == "attribution" and sentence.end - cue.end <= TRAILING_CHARS
        comma = folded.rfind(",", max(sentence.start, cue.start - TRAILING_CHARS), cue.start) if is_last else -1
        if comma >= 0:
            found.append(Border(comma, comma + 1, "stop", ","))
    return found


def _leading_speakers(sentence: Sentence, folded: str, cues: Sequence[Match]) -> list[Border]:
    """The comma behind a speaker named first ("According to the ministry, ..."): what follows makes no list with it."""
    first = next((cue for cue in cues if cue.pattern.label == "attribution_after"), None)
    if first is None or first.start - sentence.start > 2:
        return []
    comma = folded.find(",", first.end, min(sentence.end, first.end + TRAILING_CHARS))
    return [Border(comma, comma + 1, "stop", ",")] if comma >= 0 else []


def _opens_sentence(border: Border, sentence: Sentence, times: Sequence[TimeSpan]) -> bool:
    """Whether the sentence begins with a subordinate clause ("If ...", "A day after ...")."""
    near = [span.start for span in times if span.start < border.end and span.end >= border.start - 2]
    return min([border.start, *near]) - sentence.start <= 2


def _main_clause(
    opening: Border, sentence: Sentence, folded: str, triggers: Sequence[Match], order: str
) -> list[Border]:
    """The comma at which the main clause begins: the first one with a trigger before and after it."""
    first = next((match for match in triggers if match.start >= opening.end and match.start < sentence.end), None)
    comma = folded.find(",", first.end, sentence.end) if first else -1
    if comma < 0 and order != "svo":  # where verbs come last a comma ends even a clause that has no trigger
        comma = folded.find(",", opening.end, sentence.end)
    if comma < 0 or not any(comma < match.start < sentence.end for match in triggers):
        return []
    return [Border(comma, comma + 1, "main", ",")]


def _choose_hits(scene: Scene, triggers: Sequence[Match], sides: Sequence[SideSpan]) -> list[Hit]:
    """One hit a place: of the senses of a form, the one whose neighbours are there; else the one that asks for none."""
    by_place: dict[tuple[int, int], list[Match]] = {}
    for match in triggers:
        by_place.setdefault((match.start, match.end), []).append(match)
    hits = scene.hits  # the voice of a form hangs on the verbs before it
    for (start, end), matches in by_place.items():
        best = _best_sense(scene, start, end, matches)
        if best is not None and best.pattern.trigger is not None:
            voice = _voice(scene, start, end, Voice(best.pattern.label), sides)
            hits.append(Hit(start, end, best.pattern.trigger, voice))
    return sorted(hits, key=lambda hit: hit.start)


def _best_sense(scene: Scene, start: int, end: int, matches: Sequence[Match]) -> Match | None:
    low, high = scene.clause_of(start)
    window_start, window_end = max(low, start - NEAR_REACH_CHARS), min(high, end + NEAR_REACH_CHARS)
    best: tuple[int, Match] | None = None
    for match in matches:
        trigger = match.pattern.trigger
        if trigger is None or any(
            _distance(scene, word, start, end, window_start, window_end) >= 0 for word in trigger.apart
        ):
            continue
        distance = NEAR_REACH_CHARS
        if trigger.near:
            gaps = [_distance(scene, word, start, end, window_start, window_end) for word in trigger.near]
            distance = min((gap for gap in gaps if gap >= 0), default=-1)
        if distance >= 0 and (best is None or distance < best[0]):
            best = (distance, match)
    return best[1] if best else None


def _distance(scene: Scene, word: str, start: int, end: int, low: int, high: int) -> int:
    """Characters between a trigger and the nearest occurrence of a word (by its beginning) in a window, -1 for none."""
    best = -1
    at = scene.folded.find(word, low, high + 1)
    while at >= 0:
        if at == 0 or not scene.folded[at - 1].isalnum() or not word[0].isascii():
            gap = start - at if at < start else max(0, at - end)
            best = gap if best < 0 else min(best, gap)
        at = scene.folded.find(word, at + 1, high + 1)
    return best


def _voice(scene: Scene, start: int, end: int, voice: Voice, sides: Sequence[SideSpan]) -> Voice:
    """What an ambiguous form is here: verb or noun, active or passive."""
    if scene.order == "sov" and voice in (Voice.EITHER, Voice.PARTICIPLE, Voice.NOUN):
        return _voice_of_verb_behind(scene, end, voice, sides)
    if scene.lexicon.is_preverbal:
        return _voice_behind_phrases(scene, start, end, voice, sides)
    if voice is Voice.EITHER:
        return _noun_or_verb(scene, start, end, sides)
    if voice is Voice.PARTICIPLE:
        return _active_or_passive(scene, start, end)
    return Voice.NOUN if voice is Voice.ACTIVE and _is_named(scene, start, end) else voice


def _is_named(scene: Scene, start: int, end: int) -> bool:
    """Whether an article before and "of" behind make a verb's form a noun: "the killing of X"."""
    is_before = any(c.end + 1 == start and c.pattern.label == "determiner" for c in scene.cues)
    return is_before and any(p.start == end + 1 and p.pattern.label == "genitive" for p in scene.prepositions)


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
    if behind is not None and not scene.folded[end : behind.start].strip("了过過着著"):
        return Voice.ACTIVE
    cue = _last_cue(scene, start, ("determiner", "light", "noun_before", "auxiliary"), 3)
    if cue is not None:
        return Voice.PASSIVE if _last_cue(scene, start, ("auxiliary",), 4) else Voice.NOUN
    return Voice.ACTIVE if any(clause <= side.start and side.end <= start for side in sides) else Voice.NOUN


def _last_cue(scene: Scene, at: int, kinds: Sequence[str], reach: int) -> Match | None:
    """The cue of one of these kinds among the few words before an offset."""
    for cue in reversed(scene.cues):
        if cue.end <= at and cue.pattern.label in kinds:
            return cue if len(scene.words_between(cue.end, at)) <= reach else None
    return None


def _noun_or_verb(scene: Scene, start: int, end: int, sides: Sequence[SideSpan]) -> Voice:
    if scene.lexicon.is_doer_genitive:
        return _noun_or_verb_by_article(scene, start, sides)
    if (
        _last_cue(scene, start, ("modal", "future", "pronoun", "both"), 1)
        or scene.folded[max(0, start - 3) : start] == "to "
    ):
        return Voice.ACTIVE
    if _last_cue(scene, start, ("determiner", "light", "noun_before"), 2):
        return Voice.NOUN
    if any(border.kind == "adverbial" and border.end + 1 == start for border in scene.borders):
        return Voice.NOUN  # "after strikes": no subject between
    if _is_governing(scene, start, end):
        return Voice.ACTIVE
    after = next((p for p in scene.prepositions if p.start - end in (0, 1)), None)
    before = next((span for span in reversed(sides) if span.end <= start), None)
    is_beside = before is not None and len(scene.words_between(before.end, start)) == 0
    if before is not None and is_beside and (before.kind == "demonym" or not before.head):
        return Voice.NOUN
    if scene.folded[max(0, start - 3) : start] == "'s " or after is not None:
        return Voice.ACTIVE if is_beside and after is None else Voice.NOUN
    if before is not None and any(span.start >= end for span in sides):
        return Voice.ACTIVE
    return Voice.NOUN if before is None else Voice.ACTIVE


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
    if not scene.lexicon.raw["cues"].get("perfect"):
        return None
    cue = _last_cue(scene, start, ("perfect", "auxiliary"), PERFECT_REACH_WORDS)
    return Voice.ACTIVE if cue is not None and cue.pattern.label == "perfect" else Voice.PASSIVE


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


def _is_governing(scene: Scene, start: int, end: int) -> bool:
    """A form behind "of" with an object of its own: "accused X of bombing a hospital"."""
    is_behind = any(p.pattern.label == "genitive" and p.end + 1 == start for p in scene.prepositions)
    return is_behind and any(c.start == end + 1 and c.pattern.label == "determiner" for c in scene.cues)


def _stands_alone(scene: Scene, end: int, is_second: bool) -> bool:
    """Whether no object can follow: the line ends here, or a word that says where or when does."""
    rest = scene.folded[end : scene.sentence.end]
    words = (*scene.prepositions, *(cue for cue in scene.cues if cue.pattern.label in BORDER_KINDS))
    labels = ("genitive", "with") if is_second else ("goal", "genitive", "with")
    return not rest.strip(" .,") or any(w.start - end in (0, 1) and w.pattern.label not in labels for w in words)


def _active_or_passive(scene: Scene, start: int, end: int) -> Voice:
    if (told := _by_perfect(scene, start)) is not None:
        return told
    agent = next((p for p in scene.prepositions if p.pattern.label == "agent" and p.start >= end), None)
    is_marked = _last_cue(scene, start, ("auxiliary",), 2) is not None
    if agent is not None and not is_marked and len(scene.words_between(end, agent.start)) <= 1:
        has_object = bool(scene.cues_in("determiner", end, agent.start))
        return Voice.ACTIVE if has_object else Voice.PASSIVE
    is_second = _is_behind_verb(scene, start)
    if (scene.sentence.is_title or is_second) and _stands_alone(scene, end, is_second):
        return Voice.PASSIVE  # headlines tell in the present what somebody does: "Two soldiers killed in X"
    return Voice.PASSIVE if is_marked else Voice.ACTIVE
