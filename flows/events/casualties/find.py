"""Finds how many were killed or injured, as a minimum and, where the text gives one, a maximum.

What is not done here: adding up counts or deciding which event they belong to. A vague count ("dozens", "puluhan")
has its lower bound and no maximum.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from flows.events.casualties.counts import Count, read_count
from flows.events.casualties.words import LANGUAGES, CasualtyKind, CasualtyWords, load_words
from flows.events.frozen import frozen
from flows.events.times.grammar import fold_lines, fold_times

# A count and its verb stand in one clause; more text than this between them and they are strangers.
_REACH = 70
_AHEAD = 45  # how far behind its verb a count may begin
_WIDEST = 80  # how long a count may be
_TALLY_REACH = 100  # between the noun of a sum and its number
_MORE_REACH = 20  # between a count and the word that says that others were counted before
_RAISED_REACH = 40  # how far before its number the verb that raises a sum may begin
_SUM_REACH = 20  # between a count and "in all"
_NAMED_WORDS = 2
_PAIRED_WORDS = 4  # from one person to how many others ("a woman and her two")
_BESIDE = 6  # between a verb and the count of what it befell ("shot down 14 drones")
_LOST_REACH = 30  # between a verb of losing that comes first and its object stands its subject
_OBJECT_MARK = 12  # "خود را", between an object and its verb
_OBJECT_WORDS = 6  # between a verb and its object, where its subject or its own phrases stand there


@frozen
class CasualtySpan:
    """A count of people killed or injured; offsets are characters, end exclusive; maximum None where open."""

    start: int
    end: int
    kind: CasualtyKind
    minimum: int
    maximum: int | None
    is_sum: bool = False  # of all that were told of before ("nine in all")


def find_casualties(text: str, lang: str | None) -> list[CasualtySpan]:
    """Counts of people killed or injured, by start; empty where the text gives none. Never raises."""
    base = (lang or "en").lower()[:2]
    words = load_words(base if base in LANGUAGES else "en")
    found_words = words.told_words.find_matches_as_indexes(fold_times(text), overlapping=True)
    if not found_words:
        return []
    folded = fold_lines(text)  # a count and its verb stand in one line
    starts = sorted({at for _, at, _ in found_words})
    outcomes, tallies = (_find_at(pattern, starts, folded) for pattern in (words.outcomes, words.tallies))
    outcomes = [outcome for outcome in outcomes if _is_spelled(outcome, words, text)]
    if not outcomes and not tallies:
        return []
    lines = _lines_of(sorted([*outcomes, *tallies], key=lambda match: match.start()), folded)
    found = [match for low, high in lines for match in words.counts.finditer(folded, low, high)]
    outcomes = [outcome for outcome in outcomes if not _is_of_things(outcome, found, words, folded)]
    counts = [count for match in found if (count := read_count(match, words, folded))]
    counts = [count for at, count in enumerate(counts) if all(count.start < c.start for c in counts[at + 1 : at + 2])]
    counts = [
        count
        for count, behind in zip(counts, [*counts, None][1:], strict=True)
        if not _is_article_before(count, behind, words, folded)
    ]
    counts = _out_of(counts, words, folded)
    counts = [
        count for at, count in enumerate(counts) if not (at and _is_counted(counts[at - 1], count, words, folded))
    ]
    counts = [count for count in counts if not _is_part(count, outcomes, words, folded)]
    used: set[int] = set()
    spans = _raised_to(outcomes, tallies, counts, words, folded, used)
    spans += _fill_tallies(tallies, counts, words, folded, used)
    summed = list(spans)
    for outcome in outcomes:
        if any(span.start <= outcome.start() < span.end for span in summed):
            continue
        count = _nearest(outcome, counts, outcomes, words, folded, used)
        if count is None:
            continue
        used.add(count.start)
        if (other := _joined_with(count, outcome, counts, outcomes, words, folded, used)) is not None:
            used.add(other.start)
            count = _sum_of(count, other)
        start, end = min(count.start, outcome.start()), max(count.end, outcome.end())
        is_sum = bool(words.summed.search(folded, max(0, count.start - _SUM_REACH), count.end + _SUM_REACH))
        kind = words.kinds[outcome.group()]
        spans.append(CasualtySpan(start, end, kind, count.minimum, count.maximum, is_sum))
    spans.sort(key=lambda span: (span.start, span.end))
    return [
        replace(span, is_sum=span.is_sum or _counts_others_too(span, at, spans, words, folded))
        for at, span in enumerate(spans)
    ]


def _counts_others_too(
    span: CasualtySpan, at: int, spans: Sequence[CasualtySpan], words: CasualtyWords, folded: str
) -> bool:
    """Whether a sum counts those too who died before the "two more" of its sentence."""
    if words.tallies.match(folded, span.start) is None:
        return False
    before = [one for one in spans[max(0, at - 2) : at] if one.kind == span.kind and one.minimum < span.minimum]
    return any(
        "\n" not in folded[one.end : span.start]
        and words.more.search(folded, max(0, one.start - _MORE_REACH), one.end + _MORE_REACH)
        for one in before
    )


def _is_spelled(outcome: re.Match[str], words: CasualtyWords, text: str) -> bool:
    """Whether a verb stands in the text in its own letters, where it would be another word without ("oldu", "öldü")."""
    begins = next((begin for begin in words.spelled if outcome.group().startswith(fold_times(begin))), None)
    if begins is None or text.isascii():
        return True
    return text[outcome.start() :].lower().startswith(begins)


def _is_of_things(outcome: re.Match[str], found: Sequence[re.Match[str]], words: CasualtyWords, folded: str) -> bool:
    """Whether a verb befell things that are counted right beside it ("shot down 14 drones")."""
    at = bisect_left(found, outcome.start() - _BESIDE - _WIDEST, key=lambda match: match.start())
    for match in found[at:]:
        if match.start() > outcome.end() + _BESIDE:
            return False
        thing = words.things.match(folded, match.end())
        if thing is None or match["number"] in words.articles:
            continue
        if match.start() >= outcome.end() and outcome.group() in words.before:
            between = folded[outcome.end() : match.start()]
            return _is_one_clause(between) and words.joiners.match(between) is None
        if words.is_verb_last and 0 <= outcome.start() - thing.end() <= 1:
            return True
    return False


def _is_article_before(count: Count, behind: Count | None, words: CasualtyWords, folded: str) -> bool:
    """Whether a one counts something else than people, who are counted behind it ("une frappe fait 12 morts")."""
    if count.minimum != 1 or count.is_alone or behind is None or not behind.is_of_people:
        return False
    people = words.people.match(folded, count.end)
    is_dead = words.outcomes.search(folded, count.end, behind.start) is not None  # "un mort", "un camarógrafo murió"
    return people is not None and people.end() > behind.end and not is_dead


def _out_of(counts: Sequence[Count], words: CasualtyWords, folded: str) -> list[Count]:
    """The counts, how many there were joined to how many of them it befell ("40 of the 120 hostages")."""
    kept: list[Count] = []
    for count in counts:
        if kept and count.is_of_people and words.out_of.fullmatch(folded[kept[-1].end : count.start]):
            kept[-1] = replace(kept[-1], end=count.end, is_of_people=True)
        else:
            kept.append(count)
    return kept


def _is_counted(before: Count, count: Count, words: CasualtyWords, folded: str) -> bool:
    """Whether what would be one person named without a number is whom the number before it counts ("пять солдат")."""
    if not count.is_alone or before.is_alone:
        return False
    between = folded[before.end : count.start]
    is_told = words.outcomes.fullmatch(between.strip()) is not None  # "قتل جنديان وأصيب ثالث"
    return between == " " or (before.is_of_people and not is_told and _is_noun_phrase(before, count, folded))


def _is_noun_phrase(before: Count, count: Count, folded: str) -> bool:
    """Whether only an adjective parts a number from whom it counts ("три азербайджанских солдата")."""
    return re.fullmatch(r" [^\W\d]{4,} ", folded[before.end : count.start]) is not None


def _is_part(count: Count, outcomes: Sequence[re.Match[str]], words: CasualtyWords, folded: str) -> bool:
    """Whether a count is a part of another one: "two of them children", if nothing is said to befall just these."""
    listed = words.listed.search(folded, max(0, count.start - 70), count.start)
    if listed and not any(listed.start() <= outcome.start() < listed.end() for outcome in outcomes):
        return True
    if (parted := words.parted.match(folded, count.end)) is None:
        return False
    closed = re.compile(r"[,.;:()\n]|$").search(folded, parted.end())
    end = closed.start() if closed else len(folded)
    return not any(parted.end() <= outcome.start() < end for outcome in outcomes)


def _raised_to(
    outcomes: Sequence[re.Match[str]],
    tallies: Sequence[re.Match[str]],
    counts: Sequence[Count],
    words: CasualtyWords,
    folded: str,
    used: set[int],
) -> list[CasualtySpan]:
    """The sums whose noun stands behind them ("raising to five the number of soldiers killed")."""
    spans: list[CasualtySpan] = []
    for count in counts:
        starts = (count.start, count.number_start)  # "to" may also be read as a part of the count ("eleva a siete")
        if not any(words.raised.search(folded, max(0, at - _RAISED_REACH), at) for at in starts):
            continue
        told = [t for t in (*tallies, *outcomes) if 0 <= t.start() - count.end <= _REACH]
        first = min(told, key=lambda match: match.start(), default=None)
        if first is not None and _is_one_sentence(folded[count.end : first.start()]):
            kind = words.kinds[first.group()]
            spans.append(CasualtySpan(count.start, first.end(), kind, count.minimum, count.maximum, is_sum=True))
            used.add(count.start)
    return spans


def _fill_tallies(
    tallies: Sequence[re.Match[str]],
    counts: Sequence[Count],
    words: CasualtyWords,
    folded: str,
    used: set[int],
) -> list[CasualtySpan]:
    """The sums told of ("the death toll rose to 21"); every number up to theirs is used up by it."""
    spans: list[CasualtySpan] = []
    for tally in tallies:
        for count in counts:
            between = folded[tally.end() : count.number_start]
            if count.start < tally.end() or count.start in used or not _is_one_sentence(between):
                continue
            if len(between) > _TALLY_REACH:
                break
            is_made = words.raised.search(folded, max(0, tally.start() - _RAISED_REACH), tally.start()) is not None
            if is_made or words.reaching.search(between) or (count.maximum or 0) > count.minimum:
                # "from 12 to 19" reads like a span; what the sum has come to is its end
                least = count.minimum if count.maximum is None else count.maximum
                spans.append(CasualtySpan(tally.start(), count.end, words.kinds[tally.group()], least, count.maximum))
                used.update(other.start for other in counts if tally.start() <= other.start <= count.start)
                break
    return spans


def _lines_of(told: Sequence[re.Match[str]], folded: str) -> list[tuple[int, int]]:
    """The lines that tell an outcome or a sum, in order: what is counted in others became nobody's."""
    found: list[tuple[int, int]] = []
    for match in told:
        if not found or match.start() > found[-1][1]:
            end = folded.find("\n", match.end())
            found.append((folded.rfind("\n", 0, match.start()) + 1, end if end >= 0 else len(folded)))
    return found


def _find_at(pattern: re.Pattern[str], starts: Sequence[int], folded: str) -> list[re.Match[str]]:
    """What a pattern finds, asked only where one of its words begins."""
    found: list[re.Match[str]] = []
    for start in starts:
        match = pattern.match(folded, start) if not found or start >= found[-1].end() else None
        if match:
            found.append(match)
    return found


def _nearest(
    outcome: re.Match[str],
    counts: list[Count],
    outcomes: list[re.Match[str]],
    words: CasualtyWords,
    folded: str,
    used: set[int],
) -> Count | None:
    """The count this verb or noun is about: after a verb that takes an object, else before it, else close after."""
    takes_object = outcome.group() in words.before
    takes_object = takes_object and not words.passive.search(folded, max(0, outcome.start() - 15), outcome.start())
    low = bisect_left(counts, outcome.start() - _REACH - _WIDEST, key=lambda count: count.start)
    high = bisect_right(counts, outcome.end() + _AHEAD, key=lambda count: count.start)
    near = [c for c in counts[low:high] if c.start not in used]
    near = [c for c in near if not c.is_alone or _is_of_one(outcome, c, words, folded)]
    after = [c for c in near if 0 <= c.number_start - outcome.end() <= _AHEAD]
    before = [c for c in near if 0 <= outcome.start() - c.end <= _REACH]
    after = [c for c in after if _is_one_clause(folded[outcome.end() : max(c.start, outcome.end())])]
    after = [c for c in after if _is_marked(c, words, folded) or not _is_joiner_between(outcome, c, words, folded)]
    before = [c for c in before if _is_one_sentence(folded[c.end : outcome.start()])]
    before = [c for c in before if not _is_other_between(outcome, c, outcomes)]
    after = [c for c in after if not _is_other_between(outcome, c, outcomes)]
    if outcome.group() in words.losing:
        return _lost(outcome, after, before, words, folded)
    if outcome.group() in words.taking:
        return after[0] if after and words.lives.match(folded, after[0].end) else None
    if takes_object and after and (after[0].is_of_people or after[0].start - outcome.end() <= 12):
        return after[0]
    close = [c for c in before if c.is_of_people or _is_beside(folded[c.end : outcome.start()], words)]
    if close and (close[-1].is_of_people or len(folded[close[-1].end : outcome.start()].strip()) == 0):
        return close[-1]  # "left 1,250 people homeless and 17 dead"
    return next((c for c in reversed(close) if c.is_of_people), close[-1] if close else None)


def _lost(
    outcome: re.Match[str], after: list[Count], before: list[Count], words: CasualtyWords, folded: str
) -> Count | None:
    """The count of armed men that a verb of losing has for its object, right behind it or, where it is last, before."""
    reach = _LOST_REACH if words.is_verb_first else 1
    behind = [c for c in after[:1] if c.start - outcome.end() <= reach and words.troops.match(folded, c.end)]
    ahead = [(c, words.troops.match(folded, c.end)) for c in before[-1:]]
    return next(
        (c for c, men in ahead if men and 0 <= outcome.start() - men.end() <= _OBJECT_MARK),
        behind[0] if behind else None,
    )


def _is_joiner_between(outcome: re.Match[str], count: Count, words: CasualtyWords, folded: str) -> bool:
    return words.joiners.match(folded[outcome.end() : max(count.start, outcome.end())]) is not None


def _is_marked(count: Count, words: CasualtyWords, folded: str) -> bool:
    """Whether a word before a number makes it an object, wherever it stands ("mató el lunes a cuatro")."""
    return folded[count.start : count.number_start].strip() in words.object_marks


def _joined_with(
    count: Count,
    outcome: re.Match[str],
    counts: list[Count],
    outcomes: list[re.Match[str]],
    words: CasualtyWords,
    folded: str,
    used: set[int],
) -> Count | None:
    """The count that "and" joins to another one of the same outcome ("a woman and her two children were killed")."""
    is_behind = count.start >= outcome.end()
    at = bisect_left(counts, count.start, key=lambda one: one.start)
    near = [counts[n] for n in ((at - 1, at + 1) if is_behind else (at - 1,)) if 0 <= n < len(counts)]
    near = [one for one in near if not is_behind or one.start >= outcome.end()]
    return next((one for one in near if _is_joined(count, one, outcome, counts, outcomes, words, folded, used)), None)


def _is_joined(
    count: Count,
    other: Count,
    outcome: re.Match[str],
    counts: list[Count],
    outcomes: list[re.Match[str]],
    words: CasualtyWords,
    folded: str,
    used: set[int],
) -> bool:
    if other.start in used or not (other.is_of_people and count.is_of_people):
        return False
    first, second = (count, other) if count.start < other.start else (other, count)
    following = _outcome_from(first.end, outcomes)
    is_told_between = following is not None and following.start() < second.start
    # "and" may also be read as "more" before the second number ("और दो")
    is_paired = any(words.paired.fullmatch(folded[first.end : at]) for at in (second.start, second.number_start))
    if is_told_between or not is_paired:
        return False
    if first.minimum == 1 and len(folded[first.end : second.number_start].split()) > _PAIRED_WORDS:
        return False  # "attacked a military base and killed eight soldiers"
    is_last = other is second and second.start >= outcome.end()
    return not (is_last and _has_own_outcome(other, outcomes, counts, words, folded))


def _has_own_outcome(
    count: Count, outcomes: list[re.Match[str]], counts: list[Count], words: CasualtyWords, folded: str
) -> bool:
    """Whether another verb behind a count is said of it ("and three civilians were wounded")."""
    own = _outcome_from(count.end, outcomes)
    if own is None or not _is_one_clause(folded[count.end : own.start()]):
        return False
    low = bisect_left(counts, own.end(), key=lambda one: one.number_start)
    behind = low < len(counts) and counts[low].number_start - own.end() <= _AHEAD
    return not (own.group() in words.before and behind)


def _outcome_from(offset: int, outcomes: list[re.Match[str]]) -> re.Match[str] | None:
    """The first outcome told at an offset or behind it."""
    at = bisect_left(outcomes, offset, key=lambda one: one.start())
    return outcomes[at] if at < len(outcomes) else None


def _sum_of(one: Count, other: Count) -> Count:
    first, second = sorted((one, other), key=lambda count: count.start)
    maximum = None if one.maximum is None or other.maximum is None else one.maximum + other.maximum
    minimum = one.minimum + other.minimum
    return Count(first.start, second.end, minimum, maximum, True, first.number_start, False)


def _is_of_one(outcome: re.Match[str], count: Count, words: CasualtyWords, folded: str) -> bool:
    """Whether one person named without a number stands beside a verb that is said of one."""
    low, high = min(count.end, outcome.end()), max(count.start, outcome.start())
    is_far = words.is_verb_first if count.start >= outcome.end() else words.is_verb_last
    reach = _OBJECT_WORDS if is_far else 1  # the verb's own phrases may stand between it and its object
    between = folded[low:high]
    return outcome.group() in words.alone_with and len(between.split()) <= reach and _is_one_clause(between)


def _is_beside(between: str, words: CasualtyWords) -> bool:
    """Whether at most two words, who they are, part a count from what became of them ("three potters died")."""
    named = [word for word in between.split() if word not in words.auxiliaries]
    return len(between) <= 3 or (len(named) <= _NAMED_WORDS and not re.search(r"[,.;:!?()。؛\n]", between))


def _is_one_clause(between: str) -> bool:
    return not re.search(r"[.;!?。؛\n，]|, ", between)


def _is_one_sentence(between: str) -> bool:
    return not re.search(r"[.;!?。؛\n]", between)


def _is_other_between(outcome: re.Match[str], count: Count, outcomes: list[re.Match[str]]) -> bool:
    low, high = min(count.end, outcome.end()), max(count.start, outcome.start())
    first = bisect_left(outcomes, low, key=lambda match: match.start())
    last = bisect_left(outcomes, high, key=lambda match: match.start())
    return any(other is not outcome for other in outcomes[first:last])
