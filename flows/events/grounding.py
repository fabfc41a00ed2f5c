"""When: the times of a clause, tied to its trigger (where it was: see `placing`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from flows.events.claims import HISTORICAL_AFTER
from flows.events.inflection import Voice
from flows.events.lexicon import Match
from flows.events.scene import Border, Hit, Scene
from flows.events.times import TimeSpan, resolve_relative
from flows.events.times.grammar import grammar
from flows.events.when import When, distance, is_deadline, publication_day, when_of

WORDS_ON_DEEDS = ("ACCUSE", "REQUEST", "CONCEDE")
DATED_DEEDS = ("ASSAULT", "COERCE", "MOBILIZE")
WORDS = ("ACCUSE", "REQUEST", "REJECT", "CONCEDE", "THREATEN", "SUPPORT")
SPOKEN_OF = (*DATED_DEEDS, "SANCTION", "RETREAT", "AID", "PROTEST", "COOPERATE")
COMMAS = (",", "،", "，")
TIED_WORDS = 4  # "two days after the announcement of the sanctions"
OWNED_WORDS = 4  # between "Tuesday's" and the attack
# What is looked back on without a day is seldom older than two weeks; older things are given their month.
LED_UP_WITHIN = timedelta(days=13)


def part_of(scene: Scene, hit: Hit) -> tuple[int, int]:
    """The clause of a hit, or its share where two deeds are named side by side ("the strike of X and the strike of Y").

    Only languages whose nouns stand before all that is said of them, or behind it all, can be parted so.
    """
    start, end = scene.clause_of(hit.start)
    if scene.has_case_endings and hit.voice.is_noun:
        rivals = [h for h in scene.hits if start <= h.start < end and h.trigger.type == hit.trigger.type]
        before = max([start, *(h.end for h in rivals if h.start < hit.start)])
        return (before, hit.end) if len(rivals) > 1 else (start, end)
    if scene.nouns != "first" or not hit.voice.is_noun:
        return start, end
    alike = [h.start for h in scene.hits if h.voice.is_noun and h.trigger.type == hit.trigger.type]
    alike = [at for at in alike if start <= at < end]
    following = [at for at in alike if at > hit.start]
    return (hit.start if hit.start != min(alike) else start, min(following, default=end))


def find_when(scene: Scene, hit: Hit, published: date | None, previous: date | None) -> When:
    """The time of a hit: in its clause, else (for the main clause) in its sentence, else the day of publication.

    `previous` is the day of the event told before; "a day after" counts from it or from the sentence's main clause.
    """
    start, end = part_of(scene, hit)
    offset = _opening_offset(scene, start)
    here = [t for t in scene.times if start <= t.start < end or _opens_with(scene, start, t)] if scene.times else []
    here = [t for t in here if _is_before(t) or not is_deadline(scene, t)] if here else here
    here = [t for t in here if not _is_of_other_noun(scene, hit, t)] if here else here
    told = [t for t in here if t.kind != "anaphoric" and not _is_of_relative(scene, hit, t)] if here else here
    if (said := _day_of_words(scene, hit, told, published)) is not None:
        return said
    if (tied := _tied_day(scene, hit, published, previous)) is not None:
        return tied
    if told:
        nearest = min(told, key=lambda t: _remoteness(scene, hit, t))
        if (settled := _settle(scene, hit, nearest, published)) is not None:
            return settled
        return publication_day(published)
    if offset is not None and offset.offset_days is not None:
        anchor = _anchor(scene, start, published, previous)
        if anchor is not None:
            day = anchor - timedelta(days=offset.offset_days)
            rule, is_guess = "counted from the clause it is tied to", scene.sentence.is_title
            return When(day, day + timedelta(days=1), "day", rule, is_borrowed=is_guess)
    for span in here:
        ahead = None if (span.offset_days or 0) > 0 and scene.order == "sov" else published
        anchor = _day_before_it(scene, span) or (_said_on(scene, hit, span) if span.offset_days else None)
        anchor = anchor or previous or ahead
        if span.kind == "anaphoric" and anchor is not None and not _opens_clause(scene, span):
            resolved = resolve_relative(span, anchor)
            return when_of(scene, resolved, "counted from the event before")
    return _when_of_sentence(scene, hit, start, end, published)


def _remoteness(scene: Scene, hit: Hit, span: TimeSpan) -> tuple[bool, bool, bool, int, bool]:
    """How little a time beside a hit is its own; where nouns come first what stands behind one is said of it.

    Where nouns wear cases and verbs come last, what stands behind a noun is said of the verb.
    """
    is_before = scene.nouns == "first" and span.start < hit.start
    is_of_verb = scene.has_case_endings and hit.voice is Voice.NOUN and span.start >= hit.end
    return (
        _is_inserted(scene, hit, span),
        _is_of_other(scene, hit, span),
        is_of_verb,
        distance(span, hit),
        is_before,
    )


def _tied_day(scene: Scene, hit: Hit, published: date | None, previous: date | None) -> When | None:
    """The day of a deed that another one is counted from ("two days after the raid"): so long before that one's day."""
    span = next((t for t in scene.times if t.tie == "tied" and t.precision == "day" and _ties(scene, t, hit)), None)
    if span is None or span.offset_days is None or _has_own_day(scene, hit, span):
        return None
    days = [t.starts_on for t in scene.times if t.kind != "anaphoric" and t.precision == "day" and t.starts_on]
    known = [day for day in days if published is None or day <= published]
    points_back = span.offset_days < 0 or scene.cues_in("demonstrative", scene.sentence.start, span.start)
    is_verbless = _opening_offset(scene, scene.clause_of(hit.start)[0]) is None
    anchor = max(known, default=None) or (previous if points_back else None) or (published if is_verbless else None)
    if anchor is None:
        return None
    day = anchor - timedelta(days=span.offset_days)
    return When(day, day + timedelta(days=1), "day", "counted from the deed it is tied to", is_borrowed=not known)


def _has_own_day(scene: Scene, hit: Hit, span: TimeSpan) -> bool:
    """Whether the clause of a deed that another is counted from says its own day behind it ("... on Sunday")."""
    if scene.order != "svo" or scene.lexicon.is_preverbal or hit.start < span.end:
        return False
    _, end = scene.clause_of(hit.start)
    days = [t for t in scene.times if t.kind != "anaphoric" and t.precision == "day" and hit.end <= t.start < end]
    return any(not any(hit.end <= h.start < t.start for h in scene.hits) for t in days)


def _ties(scene: Scene, span: TimeSpan, hit: Hit) -> bool:
    """Whether a count is tied to a hit: right behind it, or before it where what it is tied to comes first."""
    comes_first = scene.is_postposed or scene.has_case_endings or scene.lexicon.is_preverbal
    low, high = (hit.end, span.start) if comes_first else (span.end, hit.start)
    return low <= high and is_tied_near(scene, low, high) and not any(low <= h.start < high for h in scene.hits)


def is_tied_near(scene: Scene, low: int, high: int) -> bool:
    """Whether no comma and few words stand between a count and what it is tied to."""
    if any(mark in scene.folded[low:high] for mark in COMMAS):
        return False
    return scene.lexicon.is_preverbal or len(scene.words_between(low, high)) <= TIED_WORDS


def _settle(scene: Scene, hit: Hit, told: TimeSpan, published: date | None) -> When | None:
    """The time of a hit that a day stands beside, by whose day it is: the deed's, or that of the words on it."""
    whole = when_of(scene, told, "time in the clause")
    if told.starts_on is None:
        return whole
    spans = [t for t in scene.times if t.kind != "anaphoric" and t.precision != "year" and not is_deadline(scene, t)]
    if hit.trigger.type in SPOKEN_OF:
        words = _words_of(scene, hit)
        if not words or not _is_day_of_words(scene, told, hit, words):
            return whole
        own = [t for t in spans if t.starts_on and t.starts_on < told.starts_on]
        own = [t for t in own if not _is_day_of_words(scene, t, hit, words)]
        if own:
            return when_of(scene, min(own, key=lambda t: distance(t, hit)), "its own day, not that of the words on it")
        return replace(whole, is_borrowed=True)
    deeds = [h for h in scene.hits if h is not hit and h.trigger.type in SPOKEN_OF]
    if (
        hit.trigger.type not in WORDS
        or hit.voice.is_noun
        or all(_is_day_of_words(scene, told, d, [hit]) for d in deeds)
    ):
        return whole
    days = [t for t in spans if t.precision == "day"]
    later = [t for t in days if published and t.starts_on and told.starts_on < t.starts_on <= published]
    words = [hit, *scene.cues_of("attribution")]
    later = [t for t in later if all(_is_day_of_words(scene, t, d, words) for d in deeds)]
    if later:
        return when_of(scene, max(later, key=lambda t: t.starts_on or date.min), "the later day: that of the words")
    return None if told.kind == "counted" and (told.offset_days or 0) < 0 else replace(whole, is_borrowed=True)


def _words_of(scene: Scene, hit: Hit) -> list[Hit | Match]:
    """What a sentence says about deeds: its verbs of words, denials and attributions."""
    types = (*WORDS, "RETREAT") if hit.trigger.type == "COERCE" else WORDS  # who is freed was seized before
    spoken = [h for h in scene.hits if h is not hit and h.trigger.type in types and not h.voice.is_noun]
    return [*spoken, *scene.cues_of("denial"), *scene.cues_of("attribution")]


def _is_day_of_words(scene: Scene, span: TimeSpan, deed: Hit, words: Sequence[Hit | Match]) -> bool:
    """Whether a day is that of the words on a deed.

    It is if it stands nearer to them; if it stands between the two and its language puts a day behind its verb (or,
    with the verb last, before it); or if it stands behind the subject where the deed is told between that and its verb.
    """
    if span.kind == "counted" and (span.offset_days or 0) < 0:
        return False  # words on a deed come after it
    is_last = scene.order == "sov" or scene.lexicon.is_preverbal
    clause = scene.clause_of(span.start)
    is_beside = scene.order != "sov" and clause == scene.clause_of(deed.start)  # there a clause may hold another one
    for word in words:
        if is_beside and clause != scene.clause_of(word.start):
            continue
        first, then = (deed, word) if is_last else (word, deed)
        if first.end <= span.start and span.end <= then.start:
            if is_last or scene.clause_of(word.start) == clause:
                return True
            continue
        is_behind = then.end <= span.start and span.end <= first.start
        if is_behind and not any(mark in scene.folded[then.end : span.start] for mark in COMMAS):
            continue
        if distance(span, word) < distance(span, deed):
            return True
        if is_last and span.end <= deed.start < word.start and _follows_subject(scene, span):
            return True
    return False


def _follows_subject(scene: Scene, span: TimeSpan) -> bool:
    """Whether a time stands right behind the sentence's first party, and that is its subject."""
    first = scene.parties[0] if scene.parties else None
    if first is None or first.end > span.start or not first.is_nominative:
        return False
    return len(scene.words_between(first.end, span.start)) <= 1


def _is_before(span: TimeSpan) -> bool:
    """Whether a time counts back from another event ("the day before")."""
    return span.kind == "anaphoric" and (span.offset_days or 0) < 0


def _day_of_words(scene: Scene, hit: Hit, told: Sequence[TimeSpan], published: date | None) -> When | None:
    """The day of words on a deed dated in the same clause: the later one ("on Friday accused X of ... in May")."""
    if hit.trigger.type not in WORDS_ON_DEEDS or hit.voice.is_noun or len(told) < 2 or published is None:
        return None
    start, end = scene.clause_of(hit.start)
    is_on_deed = any(start <= h.start < end and h.trigger.type in DATED_DEEDS for h in scene.hits)
    days = [t for t in told if t.precision == "day" and t.starts_on is not None and t.starts_on <= published]
    if not is_on_deed or not days:
        return None
    return when_of(scene, max(days, key=lambda t: t.starts_on or date.min), "the later day: that of the words")


def _is_of_relative(scene: Scene, hit: Hit, span: TimeSpan) -> bool:
    """Whether a time stands in a relative clause behind the hit ("freed X, whose army came in 1910")."""
    if not scene.lexicon.is_positional or span.start < hit.end:
        return False
    marks = [c for kind in ("relative", "whose") for c in scene.cues_in(kind, hit.end, span.start)]
    return any(scene.folded[max(0, c.start - 2) : c.start] == ", " for c in marks)


def _is_inserted(scene: Scene, hit: Hit, span: TimeSpan) -> bool:
    """Whether a comma parts a time from the hit, as in "X, enemies since 1990, signed Y on Friday"."""
    low, high = (span.end, hit.start) if span.end <= hit.start else (hit.end, span.start)
    return scene.lexicon.is_positional and "," in scene.folded[low:high]


def _is_of_other(scene: Scene, hit: Hit, span: TimeSpan) -> bool:
    """Whether another deed stands between a time and the hit, where nouns come first and times follow their deeds."""
    if scene.nouns != "first" or scene.order != "svo" or span.end > hit.start or not hit.voice.is_noun:
        return False
    return any(span.end <= h.start < hit.start for h in scene.hits)


def _day_before_it(scene: Scene, span: TimeSpan) -> date | None:
    """The day a sentence names before "that day" ("19日称,以军当天空袭"), in languages that report so."""
    if not scene.lexicon.is_preverbal:
        return None
    earlier = [t for t in scene.times if t.end <= span.start and t.kind != "anaphoric" and t.precision == "day"]
    return earlier[-1].starts_on if earlier else None


def _said_on(scene: Scene, hit: Hit, span: TimeSpan) -> date | None:
    """The day named before "the day before", where another act stands beside it ("on Monday denied")."""
    earlier = [t for t in scene.times if t.end <= span.start and t.kind != "anaphoric" and t.precision == "day"]
    if not earlier:
        return None
    words: list[Hit | Match] = [*scene.hits, *scene.cues_of("denial"), *scene.cues_of("attribution")]
    is_of_words = any(distance(earlier[-1], word) < distance(earlier[-1], hit) for word in words)
    return earlier[-1].starts_on if is_of_words else None


def _when_of_sentence(scene: Scene, hit: Hit, start: int, end: int, published: date | None) -> When:
    """A time elsewhere in the sentence, unless it stands in a subordinate clause of its own."""
    border = _telling(scene, start)
    is_main = border is None or border.kind != "adverbial" or border.start == scene.sentence.start
    if is_main or (border and border.word in grammar(scene.lexicon.language).meanwhile) or _is_all_told(scene, hit):
        for span in scene.times:
            if _is_of_other_noun(scene, hit, span):
                continue
            other = _tying(scene, span.start) if not scene.has_case_endings else None
            is_free = other is None or other.kind != "adverbial" or other.start >= end
            is_free = is_free or (
                span.start >= end and scene.folded[max(0, span.start - 2) : span.start].strip() == ","
            )
            if span.kind != "anaphoric" and not is_deadline(scene, span) and is_free:
                return when_of(scene, span, "time in the sentence")
    return _background(scene, start, published) or _led_up(scene, hit, start, published) or publication_day(published)


def _is_all_told(scene: Scene, hit: Hit) -> bool:
    """Whether an attack is the one deed of a sentence that else tells what came of it ("died on Friday after ...")."""
    start, end = scene.clause_of(hit.start)
    return hit.trigger.type == "ASSAULT" and all(start <= h.start < end for h in scene.hits)


def _is_of_other_noun(scene: Scene, hit: Hit, span: TimeSpan) -> bool:
    """Whether a time owns another noun than the hit's ("condemned Tuesday's attack by Y")."""
    return is_owner(scene, span) and not _is_owned(scene, hit, span)


def is_owner(scene: Scene, span: TimeSpan) -> bool:
    """Whether a time owns the noun behind it ("Tuesday's deadly attack")."""
    if scene.lexicon.is_positional:
        return scene.folded.startswith("'s ", span.end)
    return scene.folded.endswith(grammar(scene.lexicon.language).owning, span.start, span.end)


def _is_owned(scene: Scene, hit: Hit, span: TimeSpan) -> bool:
    return hit.start >= span.end and len(scene.words_between(span.end, hit.start)) <= OWNED_WORDS


def _background(scene: Scene, start: int, published: date | None) -> When | None:
    """What led to an act of years ago ("cut ties in 2016, after ...") is as old as the dated act before it."""
    border = scene.border_before(start) if scene.times else None
    if border is None or border.kind != "adverbial" or published is None:
        return None
    earlier = [t for t in scene.times if t.end <= start and t.kind != "anaphoric" and t.starts_on]
    if earlier and all(t.starts_on and published - t.starts_on > HISTORICAL_AFTER for t in earlier):
        return when_of(scene, earlier[-1], "background: as old as the act told before it")
    return None


def _led_up(scene: Scene, hit: Hit, start: int, published: date | None) -> When | None:
    """What the rest came "after", or a "recent" deed, without a day: some day of the two weeks until publication.

    Left on the day of publication it would be a new blow each time that somebody looks back on it. What comes "after
    talks" comes out of them, the same day.
    """
    if published is None or scene.has_case_endings or hit.trigger.type == "CONSULT":
        return None
    rules, border = grammar(scene.lexicon.language), _telling(scene, start)
    came_before = border is not None and border.kind == "adverbial"
    came_before = came_before and bool({border.word, *border.word.split()} & rules.after_words) if border else False
    before = scene.words_between(start, hit.start)[-3:] if hit.voice.is_noun and rules.recent_words else []
    is_recent = not rules.recent_words.isdisjoint(before)
    is_known = scene.sentence.is_title and _is_explained(scene, hit)
    if not (came_before or is_recent or is_known) or (came_before and _is_what_harmed(scene, hit)):
        return None
    return When(published - LED_UP_WITHIN, published + timedelta(days=1), "week", "told as what came before")


def _is_explained(scene: Scene, hit: Hit) -> bool:
    """Whether a headline asks about a deed that its readers know of ("Why did X strike Y?")."""
    explaining = scene.lexicon.kinds["explaining"]
    found = explaining.search(scene.folded, scene.sentence.start, scene.sentence.end)
    is_verb_last = scene.order == "sov"
    return found is not None and (is_verb_last or found.start() <= hit.start)


def _is_what_harmed(scene: Scene, hit: Hit) -> bool:
    """Whether a sentence tells but the harm that an attack did ("two people died after X shelled Y"): one news."""
    start, end = scene.clause_of(hit.start)
    others = [h for h in scene.hits if not start <= h.start < end]
    if hit.trigger.type != "ASSAULT" or not all(_tells_harm(scene, other) for other in others):
        return False
    return bool(others) or any(not start <= cue.start < end for cue in scene.cues_of("victim"))


def _tells_harm(scene: Scene, hit: Hit) -> bool:
    """Whether a verb of killing only counts victims: it is passive, or its clause names no side that did it."""
    start, end = scene.clause_of(hit.start)
    is_nameless = not any(start <= p.start < end and p.sides for p in scene.parties)
    return hit.trigger.type == "ASSAULT" and (hit.voice.is_passive or is_nameless)


def _opens_clause(scene: Scene, span: TimeSpan) -> bool:
    rest = scene.folded[span.end : min(scene.sentence.end, span.end + 4)]
    if scene.lexicon.is_analytic and (not rest.strip() or rest.startswith((".", ",", ";", " of "))):
        return False  # "the day before" is whole: no clause follows that it counts from
    return any(0 <= border.start - span.end <= 2 or border.end == span.end for border in scene.borders)


def _opens_with(scene: Scene, start: int, span: TimeSpan) -> bool:
    """Whether a clause opens with a day that is counted from no deed ("two days after the incident, ...")."""
    if span.kind != "counted" or span.end > start:
        return False
    border = _tying(scene, start)
    return border is not None and border.end <= start and border.start - 2 <= span.end and span.start < border.end


def _opening_offset(scene: Scene, start: int) -> TimeSpan | None:
    """The "a day after" right before a clause."""
    border = _tying(scene, start) if scene.times else None
    if border is None or border.kind != "adverbial":
        return None
    near = [t for t in scene.times if t.kind == "anaphoric" and t.start < border.end and t.end >= border.start - 2]
    return near[-1] if near else None


def _tying(scene: Scene, start: int) -> Border | None:
    """The border that ties a clause to another: before it ("a day after X"), behind it where verbs come last."""
    if not scene.has_case_endings:
        return scene.border_before(start)
    return next((border for border in scene.borders if border.start >= scene.clause_of(start)[1]), None)


def _telling(scene: Scene, start: int) -> Border | None:
    """The border that ties a clause to another; of what is said, that of the saying ("after X said it had struck")."""
    border = _tying(scene, start)
    if border is None or border.kind not in ("complement", "attribution") or scene.has_case_endings:
        return border
    saying = scene.border_before(scene.start_before(border))
    return saying if saying is not None and saying.kind == "adverbial" else border


def _anchor(scene: Scene, start: int, published: date | None, previous: date | None) -> date | None:
    main = [
        t
        for t in scene.times
        if t.kind != "anaphoric" and t.starts_on and not is_deadline(scene, t) and _is_main(scene, t)
    ]
    if main:
        return main[0].starts_on
    opener = scene.folded[scene.sentence.start : start]
    demonstrative = scene.cues_in("demonstrative", scene.sentence.start, start)
    if previous is not None and demonstrative and len(opener) < 80:
        return previous
    since = [t for t in scene.times if t.kind == "absolute" and t.end <= start and not is_deadline(scene, t)]
    if since and since[-1].starts_on:
        return since[-1].starts_on
    return published


def _is_main(scene: Scene, span: TimeSpan) -> bool:
    border = _tying(scene, span.start)
    return border is None or border.kind != "adverbial"
