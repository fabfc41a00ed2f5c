"""Lay an article out as scenes: one automaton pass over the whole text, then everything sorted into its sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Protocol, TypeVar

from flows.events.again import lengthen_groups, name_groups_again
from flows.events.borders import find_borders, finite_borders, opening_of, without_opening, without_relatives
from flows.events.cases import Markers
from flows.events.casualties import CasualtySpan, find_casualties
from flows.events.datelines import find_datelines
from flows.events.folding import fold
from flows.events.frozen import frozen
from flows.events.hits import choose_hits
from flows.events.inflection import Voice
from flows.events.lexicon import Lexicon, Match
from flows.events.parted import with_parted
from flows.events.parties import Party, group_parties
from flows.events.places import PlaceSpan, find_places
from flows.events.scene import Hit, Scene
from flows.events.segments import Sentence, split_sentences
from flows.events.sides import SideSpan, find_people, find_sides, learn_people
from flows.events.sponsors import blank, find_sponsors, names_sponsors
from flows.events.times import TimeSpan, find_times
from flows.events.venues import as_host


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


ANAPHORS = ("both", "pronoun", "group")
FIRST_CHARS = 60  # between "first" and the year that it is counted from
SINCE_CHARS = 15
MADE_CHARS = 20  # "de fabrication" and the like, before who made it
PLACE_WORDS = 3  # "... and Y province" between a place and the word that says where
START = attrgetter("start")
SpanT = TypeVar("SpanT", bound=_Span)


@frozen
class Article:
    """A text laid out: scenes in order, with what was found in the whole of it."""

    text: str
    folded: str
    scenes: tuple[Scene, ...]
    sides: tuple[SideSpan, ...]
    casualties: tuple[CasualtySpan, ...]
    topics: tuple[Match, ...]


def stage_article(
    text: str, title_length: int, lexicon: Lexicon, published: datetime | None, *, needs_act: bool = False
) -> Article:
    """The scenes of a text; `title_length` is 0 where it has no title line.

    With `needs_act` a text in which no trigger stands gets no scenes: whoever asks for reports alone needs none, and
    most of the wire is such text.
    """
    folded = fold(text)
    named = None if lexicon.has_boundaries else _all_sides(text, lexicon)
    raw = lexicon.search(folded)
    if names_sponsors(raw, lexicon):
        named = _all_sides(text, lexicon) if named is None else named
        sponsors = find_sponsors(named, folded, lexicon)
        named = _outside(named, sponsors)
        text, folded = blank(text, sponsors, lexicon), blank(folded, sponsors, lexicon)
        raw = lexicon.search(folded) if sponsors else raw
    told = find_times(text, lexicon.language, published)
    raw = with_parted(raw, folded, told, lexicon)
    words = lexicon.find(raw, folded, [(span.start, span.end) for span in named or ()])
    if needs_act and all(word.pattern.trigger is None for word in words):
        return Article(text, folded, (), (), (), ())
    named = _all_sides(text, lexicon) if named is None else named
    sentences = split_sentences(text, title_length, lexicon)
    matches = _by_sentence(words, sentences)
    datelines = find_datelines(text, title_length, named)
    times = _outside(told, [(side.start, side.end) for side in named])
    times = [_counted_from(time, folded, lexicon) for time in times if not _is_last_before(time, folded, lexicon)]
    # A part of the day may be spelled like a state (Urdu "شام", evening and Syria).
    sides = _outside(named, [*datelines, *((time.start, time.end) for time in times)])
    sides = name_groups_again(lengthen_groups(sides, title_length, folded), words, sentences, folded)
    places = _outside(find_places(text, lexicon.language, named), datelines)
    sides = _without_parts(sides, places)
    casualties = find_casualties(text, lexicon.language)
    spans_found = (_by_sentence(spans, sentences) for spans in (sides, places, times))
    neighbours = lexicon.find_neighbours(raw, folded, [(sentence.start, sentence.end) for sentence in sentences])
    found = zip(sentences, matches, *spans_found, neighbours, strict=True)
    scenes = tuple(
        _build_scene(
            sentence,
            text,
            folded,
            matches_here,
            sides_here,
            _usable_places(places_here, times_here, folded, lexicon),
            times_here,
            neighbours_here,
            lexicon,
        )
        for sentence, matches_here, sides_here, places_here, times_here, neighbours_here in found
    )
    topics = tuple(topic for scene in scenes for topic in scene.topics)
    return Article(text, folded, scenes, tuple(sides), tuple(casualties), topics)


def _usable_places(
    places: Sequence[PlaceSpan], times: Sequence[TimeSpan], folded: str, lexicon: Lexicon
) -> list[PlaceSpan]:
    """Places that are not opposed ("anti-Iran") and no part of a time (Persian "دوشنبه" is Monday and Dushanbe)."""
    if not places:
        return []
    return [
        place
        for place in places
        if not _is_opposed(place, folded, lexicon)
        and not (times and any(t.start <= place.start < t.end for t in times))
    ]


def _outside(spans: Sequence[SpanT], datelines: Sequence[tuple[int, int]]) -> list[SpanT]:
    """The spans, which stand in order, that begin in none of these intervals."""
    starts = [span.start for span in spans]
    within = [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in datelines]
    left_out = {at for low, high in within if low < high for at in range(low, high)}
    return [span for at, span in enumerate(spans) if at not in left_out] if left_out else list(spans)


def _without_parts(sides: Sequence[SideSpan], places: Sequence[PlaceSpan]) -> list[SideSpan]:
    """The sides without towns whose name is but a word of another country's ("Dera" of "Dera Ismail Khan").

    Places stand in order and don't overlap.
    """
    starts = [place.start for place in places]
    kept = []
    for side in sides:
        place = places[at - 1] if side.kind == "place" and (at := bisect_right(starts, side.start)) else None
        if place is None or side.end > place.end or place.country_code == side.country_code:
            kept.append(side)
    return kept


def _is_last_before(time: TimeSpan, folded: str, lexicon: Lexicon) -> bool:
    """Whether a year or month only says since when nothing like the deed was ("the first flight since 2021")."""
    if time.kind != "absolute" or time.precision not in ("year", "month"):
        return False
    return all(
        lexicon.holds(kind, folded, max(0, time.start - reach), time.end + reach)
        for kind, reach in (("since", SINCE_CHARS), ("first", FIRST_CHARS))
    )


def _counted_from(time: TimeSpan, folded: str, lexicon: Lexicon) -> TimeSpan:
    """The time, told from the deed before it where its ending says so ("X'den iki gün sonra", two days after X)."""
    if time.kind != "relative" or (time.offset_days or 0) <= 0:
        return time
    word = folded[folded.rfind(" ", 0, max(0, time.start - 1)) + 1 : max(0, time.start - 1)]
    if not lexicon.is_word("counted_from", word):
        return time
    return replace(time, kind="anaphoric", starts_on=None, ends_on=None)


def _all_sides(text: str, lexicon: Lexicon) -> list[SideSpan]:
    spans = find_sides(text, lexicon.language)
    people = find_people(text, learn_people(text, lexicon.language, spans, lexicon.opening_words))
    if not people:
        return spans
    taken = list(spans)
    starts = [span.start for span in taken]
    for person in people:
        at = bisect_left(starts, person.start)
        around = taken[max(0, at - 2) : at + 2]
        if not any(span.start < person.end and person.start < span.end for span in around):
            taken.insert(at, person)
            starts.insert(at, person.start)
    return taken


def _by_sentence(spans: Sequence[SpanT], sentences: Sequence[Sentence]) -> list[list[SpanT]]:
    """The spans, which stand in order, that each sentence holds; one that runs across its end is in none."""
    starts = list(map(START, spans))
    found: list[list[SpanT]] = []
    for sentence in sentences:
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        found.append([span for span in spans[low:high] if span.end <= sentence.end] if low < high else [])
    return found


def _build_scene(
    sentence: Sentence,
    text: str,
    folded: str,
    matches: list[Match],
    sides: list[SideSpan],
    places: list[PlaceSpan],
    times: list[TimeSpan],
    neighbours: dict[str, list[int]],
    lexicon: Lexicon,
) -> Scene:
    starts = [side.start for side in sides]
    by_kind: defaultdict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_kind[match.pattern.kind].append(match)
    triggers = by_kind["trigger"]
    if sides:
        triggers = [match for match in triggers if not _is_covered(match, sides, starts)]
    cues = by_kind["cue"]
    if lexicon.is_analytic and sides:  # "due to X's strikes": because of them
        opened = {side.start - 1 for side in sides}
        cues = [cue for cue in cues if not (cue.end in opened and lexicon.is_word("reason", cue.pattern.text))]
    if not lexicon.has_boundaries:  # "若" is "if", and the first letter of Rakhine
        cues = [cue for cue in cues if not _is_covered(cue, sides, starts)]
    prepositions = [word for word in by_kind["preposition"] if not _parts_numbers(word, folded)]
    if lexicon.is_doer_genitive:
        cues = without_relatives(cues, triggers, sides, folded)
    labels = {cue.pattern.label for cue in cues}  # which most sentences have few of
    if "relative" in labels:  # "for which X blames Y": it governs the relative word, and not whoever follows that
        relatives = {cue.start for cue in cues if cue.pattern.label == "relative"}
        prepositions = [word for word in prepositions if word.end + 1 not in relatives]
    opening = cues
    if "adverbial" in labels:
        opening = opening_of(sentence, cues, prepositions, times, triggers, sides)
        prepositions = without_opening(prepositions, opening, sentence)
    borders = find_borders(sentence, folded, opening, triggers, times, lexicon, sides)
    if lexicon.has_cues("finite"):
        borders = sorted([*borders, *finite_borders(folded, cues, triggers)], key=lambda border: border.start)
    makers = [span for span in sides if _is_maker(span, folded, lexicon)]
    topics = by_kind["topic"]
    if topics:  # the "League" of states plays nothing
        topics = [topic for topic in topics if not _is_covered(topic, sides, starts)]
    if makers:
        places = [place for place in places if not any(span.start <= place.start < span.end for span in makers)]
    scene = Scene(
        sentence,
        text,
        folded,
        [],
        cues,
        prepositions,
        topics,
        [],
        borders,
        places,
        times,
        lexicon,
        neighbours,
    )
    scene.postpositions = by_kind["postposition"]
    scene.hits = choose_hits(scene, triggers, sides)
    if lexicon.is_nested:  # what ends a verb's own phrase ("hand over") says no case of what follows
        verbs = [hit for hit in scene.hits if not hit.voice.is_noun]
        prepositions = [w for w in prepositions if w.pattern.label == "agent" or not _is_within(w, verbs)]
        scene.prepositions = prepositions
    stops = [border.start for border in borders]
    opens = any(border.kind == "adverbial" and border.start == sentence.start for border in borders)
    if opens and folded.count(", ", sentence.start, sentence.end) == 1:  # "Pasca Putusan X, Y Serang Z"
        stops.append(folded.index(", ", sentence.start))
    is_free = lexicon.order == "free"
    stops += [hit.start for hit in scene.hits if is_free or hit.voice is not Voice.NOUN]
    if is_free:
        stops += [cue.start for cue in scene.cues_of("light")]
    if lexicon.order == "svo":  # "one X killed and another hurt by Y": no list of two
        stops += [cue.start for cue in scene.cues_of("victim")]
    opposed = [span for span in sides if _is_opposed(span, folded, lexicon)]
    usable = [span for span in sides if span not in opposed and span not in makers] if opposed or makers else sides
    told_as_nouns = [hit for hit in scene.hits if hit.voice.is_noun]
    if told_as_nouns:
        usable = [_behind_noun(span, told_as_nouns, text) for span in usable]
    nouns = [hit.start for hit in scene.hits] if lexicon.nouns == "first" else []
    postpositions = scene.postpositions
    # Asked for behind a party alone, where a language may say its case there.
    is_asked = lexicon.nouns == "last" and (postpositions or lexicon.endings) and not lexicon.has_case_endings
    owned = _own_phrases(scene, sides) if is_asked else []
    spans = [(time.start, time.end) for time in times] if times else []
    markers = Markers(prepositions, postpositions, sorted(stops), spans, lexicon, nouns, owned)
    parties = group_parties(usable, markers, scene.cues_of("conjunction"), folded, sentence.start, sentence.end)
    if scene.cues_of("mediation"):
        parties = [part for party in parties for part in _part_broker(party, cues, lexicon, folded)]
    if opposed:
        parties += [Party(span.start, span.end, (span,), "goal", "span", span.start) for span in opposed]
    if scene.is_postposed or lexicon.is_positional:
        parties = [_of_place(scene, _within_place(scene, party)) for party in parties]
    parties = [as_host(scene, party) for party in parties]
    scene.parties = sorted([*parties, *_anaphors(scene, parties, postpositions)], key=START)
    return scene


def _parts_numbers(word: Match, folded: str) -> bool:
    """Whether a case word belongs to a count ("between 12 and 15 soldiers", "12 to 15"): it says nothing of whom."""
    if not folded[word.end : word.end + 2].strip().isdigit():
        return False
    return word.pattern.label == "between" or folded[max(0, word.start - 2) : word.start].strip().isdigit()


def _is_maker(span: SideSpan, folded: str, lexicon: Lexicon) -> bool:
    """Whether a name only says where a thing was made ("Iranian-made drones"): who made it did nothing here."""
    if lexicon.has_words("made_behind") and lexicon.kinds["made_behind"].match(folded, span.end):
        return True
    return lexicon.last_of("made_before", folded, max(0, span.start - MADE_CHARS), span.start) is not None


def _behind_noun(span: SideSpan, hits: Sequence[Hit], text: str) -> SideSpan:
    """A side less the word it shares with a noun of an act before it ("artillerie X" of "tirs d'artillerie X")."""
    for hit in hits:
        if hit.start < span.start < hit.end < span.end:
            start = hit.end + (text[hit.end] == " ")
            return replace(span, start=start, name=text[start : span.end])
    return span


def _is_within(word: Match, verbs: Sequence[Hit]) -> bool:
    return any([verb.start < word.start and word.end <= verb.end for verb in verbs])


def _first_behind_comma(party: Party, folded: str) -> int:
    """Which side of a list stands first behind its last comma, where two or more do ("X and Y, A and B"); else 1."""
    sides = sorted(party.sides, key=lambda side: side.start)
    behind = [n for n in range(1, len(sides) - 1) if "," in folded[sides[n - 1].end : sides[n].start]]
    return behind[-1] if behind and sides == list(party.sides) else 1


def _part_broker(party: Party, cues: Sequence[Match], lexicon: Lexicon, folded: str) -> list[Party]:
    """A list of sides less the first ones where those mediate ("with the mediation of X, Y and Z agreed").

    Not where the mediator stands before the word for it. Of two sides the first is a mediator only after "by".
    """
    if lexicon.is_preverbal or (lexicon.order, lexicon.nouns) == ("sov", "last") or len(party.sides) < 2:
        return [party]
    near = [c for c in cues if c.pattern.label == "mediation" and 0 <= party.start - c.end <= 1]
    is_broker = len(party.sides) > 2 or any(lexicon.is_word("brokered", c.pattern.text) for c in near)
    if not near or not is_broker or party.kind != "span":
        return [party]
    after = _first_behind_comma(party, folded)
    brokers, rest = party.sides[:after], party.sides[after:]
    return [
        replace(party, end=brokers[-1].end, sides=brokers, case=party.case or "other"),
        replace(party, start=rest[0].start, sides=rest, case=None),
    ]


def _own_phrases(scene: Scene, sides: Sequence[SideSpan]) -> list[int]:
    """Where nouns of acts and names of places begin: the case word behind one is its own, not its owner's.

    A side that shares a word with the noun ("रूसी मिसाइल" of "रूसी मिसाइल हमले") ends where the noun's own case begins.
    """
    places = [place.start for place in scene.places if place.precision != "country"]
    nouns = [hit for hit in scene.hits if hit.voice.is_noun]
    shared = [side.end for side in sides for hit in nouns if side.start < hit.start < side.end <= hit.end]
    return [*places, *shared, *(hit.start for hit in nouns)]


def _within_place(scene: Scene, party: Party) -> Party:
    """A state right behind its town and a comma ("in Homs, Syria, killed") only says where, as the town does."""
    if party.case is not None or not scene.lexicon.is_positional:
        return party
    if not scene.folded.endswith(", ", 0, party.start):
        return party
    if any(0 < hit.start - party.end <= 1 and not hit.voice.is_noun for hit in scene.hits):
        return party  # "after a raid in Homs, Syria closed its border": he acts
    towns = [p for p in scene.places if p.end == party.start - 2 and p.country_code == party.code]
    return replace(party, case="place", case_at=towns[0].start) if towns else party


def _of_place(scene: Scene, party: Party) -> Party:
    """A state that owns the place in or on which something is ("in X's province Y") has the case of the place."""
    if not scene.is_postposed or party.case != "genitive" or not party.sides:
        return party
    near = [p for p in scene.places if party.end <= p.start and len(scene.words_between(party.end, p.start)) <= 4]
    near = [p for p in near if p.country_code == party.sides[0].country_code and p.precision != "country"]
    at = next((w.start for w in scene.postpositions if near and w.start >= near[0].end), None)
    if at is None or not near or len(scene.words_between(near[0].end, at)) > PLACE_WORDS:
        return party
    case = next((case for case in ("place", "goal") if scene.word_behind(at, case)), None)
    return replace(party, case=case, case_at=at) if case else party


def _is_covered(match: Match, sides: Sequence[SideSpan], starts: Sequence[int]) -> bool:
    """Whether a match is a part of the name of a side; names stand in order and don't overlap."""
    at = bisect_right(starts, match.start) - 1
    if at < 0 or match.end > sides[at].end:
        return False
    return match.start > sides[at].start or match.end < sides[at].end


def _is_opposed(span: _Span, folded: str, lexicon: Lexicon) -> bool:
    return folded.endswith(lexicon.opposing, max(0, span.start - 6), span.start)


def _anaphors(scene: Scene, parties: Sequence[Party], postpositions: Sequence[Match]) -> list[Party]:
    if not any(scene.cues_of(kind) for kind in ANAPHORS):
        return []
    return [
        Party(cue.start, cue.end, (), _case_of_anaphor(cue, postpositions, scene.lexicon), cue.pattern.label, cue.end)
        for cue in scene.cues
        if cue.pattern.label in ANAPHORS
        and not any(p.start < cue.end and cue.start < p.end for p in parties)
        and not (cue.pattern.label == "group" and _is_named_beside(scene, cue, parties))
    ]


def _is_named_beside(scene: Scene, cue: Match, parties: Sequence[Party]) -> bool:
    """Whether a side right beside "the rebels" says whose they are, or which ("the rebels of X", "X's rebels")."""
    gaps = ((cue.end, p.start) if p.start >= cue.end else (p.end, cue.start) for p in parties if p.sides)
    return any("," not in scene.folded[low:high] and len(scene.words_between(low, high)) <= 1 for low, high in gaps)


def _case_of_anaphor(cue: Match, postpositions: Sequence[Match], lexicon: Lexicon) -> str | None:
    """The case that the word right behind a pronoun gives, or the pronoun itself where it ends in that word."""
    behind = next((word for word in postpositions if 0 <= word.start - cue.end <= 1), None)
    if behind is not None and behind.pattern.label != "genitive":
        return behind.pattern.label
    return "subject" if lexicon.is_word("ergative", cue.pattern.text) else None
