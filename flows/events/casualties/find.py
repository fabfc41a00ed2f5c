"""Finds how many were killed or injured, as a minimum and, where the text gives one, a maximum.

What is not done here: adding up counts or deciding which event they belong to. A vague count ("dozens", "puluhan")
has its lower bound and no maximum.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ahocorasick_rs import AhoCorasick

from flows.events.frozen import frozen
from flows.events.times.grammar import MARKS, fold_lines, fold_times

DATA = Path(__file__).parent / "data"
_LANGUAGES = frozenset(path.stem for path in DATA.glob("*.toml"))
# A count and its verb stand in one clause; more text than this between them and they are strangers.
_REACH = 70
_AHEAD = 45  # how far behind its verb a count may begin
_WIDEST = 80  # how long a count may be
_MOST = 5_000_000
_NAMED_WORDS = 2

CasualtyKind = Literal["killed", "injured"]


@frozen
class CasualtySpan:
    """A count of people killed or injured; offsets are characters, end exclusive; maximum None where open."""

    start: int
    end: int
    kind: CasualtyKind
    minimum: int
    maximum: int | None


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's folded words and patterns."""

    counts: re.Pattern[str]
    outcomes: re.Pattern[str]
    outcome_words: AhoCorasick  # those words alone: most texts hold none
    kinds: Mapping[str, CasualtyKind]
    before: frozenset[str]
    people: re.Pattern[str]
    numbers: Mapping[str, int]
    thousands: re.Pattern[str]  # "3 bin 500": digits beside the word for a thousand
    vague: Mapping[str, int]
    at_least: frozenset[str]
    at_most: frozenset[str]
    including: re.Pattern[str]  # "including a child": a part of a count, not a count
    included: re.Pattern[str]  # the same where it is said behind ("एक बच्चे समेत")
    passive: re.Pattern[str]  # "were" before a verb that otherwise takes an object
    joiners: re.Pattern[str]  # "and" right behind a verb begins another count, which is not its object


@frozen
class _Count:
    start: int
    end: int
    minimum: int
    maximum: int | None
    is_of_people: bool


def _alternation(words: Iterable[str]) -> str:
    found = sorted({re.escape(word) for word in words if word}, key=len, reverse=True)
    return "(?:" + "|".join(found) + ")" if found else "(?!)"


def _compounds(numbers: Mapping[str, int], gap: str) -> str:
    """A pattern of counts over a hundred told in several words ("doscientas treinta", "mil cien")."""
    units = _alternation(word for word, value in numbers.items() if value < 100)
    hundreds = _alternation(word for word, value in numbers.items() if value in range(100, 1000, 100))
    thousands = _alternation(word for word, value in numbers.items() if value in range(1000, 10000, 1000))
    below = rf"{hundreds}{gap}{units}"
    return rf"(?:{below}|{thousands}{gap}(?:{below}|{hundreds}|{units}))"


@cache
def _words(lang: str) -> _Words:
    with (DATA / f"{lang}.toml").open("rb") as file:
        raw: dict[str, Any] = tomllib.load(file)
    lists = {key: [fold_times(word) for word in value] for key, value in raw.items() if isinstance(value, list)}
    numbers = {fold_times(word): int(value) for word, value in raw["numbers"].items()}
    vague = {fold_times(word): int(value) for word, value in raw.get("vague", {}).items()}
    kinds: dict[str, CasualtyKind] = {word: "injured" for word in lists["injured"]}
    kinds |= {word: "killed" for word in lists["killed"]}
    left, right = ("", "") if lang == "zh" else (rf"(?<![\w{MARKS}-])", rf"(?![\w{MARKS}])")
    left = rf"(?:{left}|(?<=(?<!\w)و))" if lang == "ar" else left  # "and" is glued to a count: و30
    modifier = _alternation([*lists["at_least"], *lists["at_most"], *lists["about"]])
    digits = r"\d{1,3}(?:[.,]\d{3})+|\d{1,7}"
    # "more than" and "about" behind the number ("10 से अधिक", "250 के करीब")
    behind = _alternation([*lists.get("at_least_behind", []), *lists.get("about_behind", [])])
    thousands = rf"\d{{1,3}} {_alternation(lists.get('thousands', []))}(?: \d{{1,3}})?(?![\w.,])"
    gap = " ?" if lang == "zh" else " "
    compounds = "(?!)" if lang == "zh" else _compounds(numbers, gap)  # which Han lists as they are written
    number = rf"{thousands}|{digits}|{compounds}|{_alternation(numbers)}|{_alternation(vague)}"
    case = rf"(?:['’]{_alternation(lists.get('number_cases', []))}{right})?"  # "80'den fazla"
    # A number of days, shells or places is no number of people.
    other = r"(?![日月年时時点點号號岁歲枚架艘辆輛处處座起轮輪次度万萬亿億周週天小分])" if lang == "zh" else ""
    counts = (
        rf"{left}(?:(?P<modifier>{modifier}){gap})?(?:{modifier}{gap})?(?<![\d.,:/-])(?P<number>{number})"
        rf"(?:(?: ?- ?| to | sampai | hingga )(?P<upper>{digits}))?(?![\d%:/-]|[.,]\d){right}{other}{case}"
        rf"(?:{gap}(?P<behind>{behind}){right})?"
    )
    verbs = [*lists["killed"], *lists["injured"], *lists["before"]]
    for word in lists["before"]:
        kinds.setdefault(word, "killed")
    return _Words(
        counts=re.compile(counts),
        outcomes=re.compile(rf"{left}{_alternation(verbs)}{right}"),
        outcome_words=AhoCorasick([verb for verb in verbs if verb]),
        kinds=kinds,
        before=frozenset(lists["before"]),
        people=re.compile(rf"(?:[ -]?[\w{MARKS}'-]+){{0,2}}?[ ]?{left}{_alternation(lists['people'])}{right}"),
        numbers=numbers,
        thousands=re.compile(r"(\d{1,3}) \D+(\d{1,3})?"),
        vague=vague,
        at_least=frozenset([*lists["at_least"], *lists.get("at_least_behind", [])]),
        at_most=frozenset(lists["at_most"]),
        including=re.compile(rf"{left}{_alternation(lists.get('including', []))}{gap}?$"),
        included=re.compile(rf" [\w{MARKS}'-]+(?: [\w{MARKS}'-]+)? {_alternation(lists.get('included', []))}{right}"),
        passive=re.compile(rf"(?<!\w){_alternation(lists.get('passive', []))}{gap}$"),
        joiners=re.compile(rf"^{gap}?{_alternation(lists.get('joiners', []))}(?!\w)"),
    )


def find_casualties(text: str, lang: str | None) -> list[CasualtySpan]:
    """Counts of people killed or injured, by start; empty where the text gives none. Never raises."""
    base = (lang or "en").lower()[:2]
    words = _words(base if base in _LANGUAGES else "en")
    folded = fold_lines(text)  # a count and its verb stand in one line
    outcomes = _find_outcomes(words, folded)
    if not outcomes:
        return []
    lines = _lines_of(outcomes, folded)
    found = (match for low, high in lines for match in words.counts.finditer(folded, low, high))
    counts = [count for match in found if (count := _read_count(match, words, folded))]
    spans: list[CasualtySpan] = []
    used: set[int] = set()
    for outcome in outcomes:
        count = _nearest(outcome, counts, outcomes, words, folded, used)
        if count is None:
            continue
        used.add(count.start)
        start, end = min(count.start, outcome.start()), max(count.end, outcome.end())
        spans.append(CasualtySpan(start, end, _kind(outcome, words), count.minimum, count.maximum))
    return sorted(spans, key=lambda span: (span.start, span.end))


def _lines_of(outcomes: Iterable[re.Match[str]], folded: str) -> list[tuple[int, int]]:
    """The lines that tell an outcome, in order: what is counted in others became nobody's."""
    found: list[tuple[int, int]] = []
    for outcome in outcomes:
        if not found or outcome.start() > found[-1][1]:
            end = folded.find("\n", outcome.end())
            found.append((folded.rfind("\n", 0, outcome.start()) + 1, end if end >= 0 else len(folded)))
    return found


def _find_outcomes(words: _Words, folded: str) -> list[re.Match[str]]:
    """What the pattern of outcomes finds, asked only where one of its words begins."""
    found: list[re.Match[str]] = []
    starts = {start for _, start, _ in words.outcome_words.find_matches_as_indexes(folded, overlapping=True)}
    for start in sorted(starts):
        match = words.outcomes.match(folded, start) if not found or start >= found[-1].end() else None
        if match:
            found.append(match)
    return found


def _kind(outcome: re.Match[str], words: _Words) -> CasualtyKind:
    return words.kinds[outcome.group()]


def _number(written: str, words: _Words) -> int:
    if written in words.vague:
        return words.vague[written]
    if (parts := words.thousands.fullmatch(written)) is not None:
        return int(parts[1]) * 1000 + int(parts[2] or 0)
    if (summed := _compound(written, words)) is not None:
        return summed
    return int(re.sub(r"[.,]", "", written))


def _compound(written: str, words: _Words) -> int | None:
    """The sum of the numbers that a count told in several words is made of, None where it cannot be divided so."""
    if not written:
        return 0
    for end in range(len(written), 0, -1):
        if written[:end] in words.numbers and (rest := _compound(written[end:].lstrip(), words)) is not None:
            return words.numbers[written[:end]] + rest
    return None


def _read_count(match: re.Match[str], words: _Words, folded: str) -> _Count | None:
    minimum = _number(match["number"], words)
    upper = int(re.sub(r"[.,]", "", match["upper"])) if match["upper"] else None
    maximum: int | None = upper if upper is not None and upper >= minimum else minimum
    if match["number"] in words.vague or match["modifier"] in words.at_least or match["behind"] in words.at_least:
        maximum = upper
    elif match["modifier"] in words.at_most and upper is None:
        minimum, maximum = 0, minimum
    if minimum > _MOST or _is_year(match["number"]):
        return None
    of_people = bool(words.people.match(folded, match.end()))
    if words.including.search(folded, max(0, match.start() - 25), match.start()):
        return None
    if words.included.match(folded, match.end()):
        return None
    if match["number"] in ("a", "an") and not of_people:
        return None
    return _Count(match.start(), match.end(), minimum, maximum, of_people)


def _is_year(written: str) -> bool:
    return written.isdigit() and len(written) == 4 and 1900 <= int(written) < 2100


def _nearest(
    outcome: re.Match[str],
    counts: list[_Count],
    outcomes: list[re.Match[str]],
    words: _Words,
    folded: str,
    used: set[int],
) -> _Count | None:
    """The count this verb or noun is about: after a verb that takes an object, else before it, else close after."""
    takes_object = outcome.group() in words.before
    takes_object = takes_object and not words.passive.search(folded, max(0, outcome.start() - 15), outcome.start())
    low = bisect_left(counts, outcome.start() - _REACH - _WIDEST, key=lambda count: count.start)
    high = bisect_right(counts, outcome.end() + _AHEAD, key=lambda count: count.start)
    near = [c for c in counts[low:high] if c.start not in used]
    after = [c for c in near if 0 <= c.start - outcome.end() <= _AHEAD]
    before = [c for c in near if 0 <= outcome.start() - c.end <= _REACH]
    after = [c for c in after if _is_one_clause(folded[outcome.end() : c.start])]
    after = [c for c in after if not words.joiners.match(folded[outcome.end() : c.start])]
    before = [c for c in before if _is_one_sentence(folded[c.end : outcome.start()])]
    before = [c for c in before if not _is_other_between(outcome, c, outcomes)]
    after = [c for c in after if not _is_other_between(outcome, c, outcomes)]
    if takes_object and after and (after[0].is_of_people or after[0].start - outcome.end() <= 12):
        return after[0]
    close = [c for c in before if c.is_of_people or _is_beside(folded[c.end : outcome.start()])]
    if close:
        return next((c for c in reversed(close) if c.is_of_people), close[-1])
    return None


def _is_beside(between: str) -> bool:
    """Whether at most two words, who they are, part a count from what became of them ("three potters died")."""
    return len(between) <= 3 or (len(between.split()) <= _NAMED_WORDS and not re.search(r"[,.;:!?()。؛\n]", between))


def _is_one_clause(between: str) -> bool:
    return not re.search(r"[.;!?。؛\n]|, ", between)


def _is_one_sentence(between: str) -> bool:
    return not re.search(r"[.;!?。؛\n]", between)


def _is_other_between(outcome: re.Match[str], count: _Count, outcomes: list[re.Match[str]]) -> bool:
    low, high = min(count.end, outcome.end()), max(count.start, outcome.start())
    first = bisect_left(outcomes, low, key=lambda match: match.start())
    last = bisect_left(outcomes, high, key=lambda match: match.start())
    return any(other is not outcome for other in outcomes[first:last])
