"""The patterns of time of one language, made from CLDR's names (through Babel) and the language's file in data/.

Patterns are for folded text: no case, no accents, ASCII digits, the same length as the original.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick
from babel import localedata

from flows.events.folding import Answers, translate
from flows.events.sides.matching import fold_character
from flows.events.times.records import Precision

DATA = Path(__file__).parent / "data"
_DIGITS = {
    ord(digit): str(value) for zero in "٠۰०０" for value, digit in enumerate(map(chr, range(ord(zero), ord(zero) + 10)))
} | {ord("٬"): ",", ord("٫"): "."}  # thousands and decimals where Arabic digits are written
_NEVER = r"(?!)"
# How many characters around one of its words a pattern may match or look at, by its name: none is wider.
REACHES = {"weekday": 140, "day_month": 100, "solar": 100}
REACH = 80
TABLES = ("days", "numbers", "solar_months", "ordinals", "told_days", "near_months")
# Vowel signs of Devanagari and Arabic script continue a word, which \w does not know.
MARKS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u064b-\u065f\u0670"


def _fold_character(code: int) -> str:
    folded = fold_character(code)
    return _DIGITS.get(ord(folded), folded)


_FOLDED = Answers(_fold_character)


@lru_cache(maxsize=8)  # the rooms of one article fold the same text
def fold_times(text: str) -> str:
    """The text folded, with ASCII digits, of the same length."""
    return translate(text, _FOLDED)


def fold_lines(text: str) -> str:
    """The same, with the ends of lines kept."""
    folded, at = fold_times(text), 0
    lines = []
    for line in text.split("\n"):
        lines.append(folded[at : at + len(line)])
        at += len(line) + 1
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Ties:
    """The words that tie a counted day to what is named beside it."""

    last: tuple[str, ...]  # ending it, with more to come ("a day after ...")
    following: tuple[str, ...]  # right behind it ("al día siguiente de ...")
    before: tuple[str, ...]  # right before it, where what it is tied to comes first
    pointing: tuple[str, ...]  # in their place they point back to what was told ("a day after that")
    either: tuple[str, ...]  # ending a count from today or from a day told before, as one reads it


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language's patterns; names map from folded surface to value."""

    lang: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    solar_months: Mapping[str, int]
    days: Mapping[str, int]
    units: Mapping[str, Precision]
    numbers: Mapping[str, str]
    ordinals: Mapping[str, int]  # days of a month in words
    cased: frozenset[str]  # folded names that want a capital in the text
    next_words: frozenset[str]
    last_words: frozenset[str]
    after_words: frozenset[str]
    recent_words: frozenset[str]  # before a noun: it was some days ago
    told_days: Mapping[str, int]  # words for a day counted from another one
    near_months: Mapping[str, int]  # words for this month and those beside it, before a day's number
    ties: Ties
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    future_before: re.Pattern[str]
    meanwhile: frozenset[str]  # opening what is done at the same time
    owning: tuple[str, ...]  # endings of a time that says whose day it is, as an adjective does
    day_marks: tuple[str, ...]  # what says "on" behind a weekday
    titled: re.Pattern[str]  # right behind a weekday that is a part of a name ("Friday Briefing")
    anchors: AhoCorasick  # words of which every match of a pattern holds one
    anchored: tuple[frozenset[str], ...]  # the patterns that each of these words may stand in

    def find_likely(self, folded: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Every match of every pattern, in the order of the patterns, each looked for only around its words."""
        around: dict[str, list[tuple[int, int]]] = {}
        edged = f"{folded} "
        for index, start, end in self.anchors.find_matches_as_indexes(folded, overlapping=True):
            if edged[end].isalpha() and edged[end - 1].isascii() and edged[end - 1].isalpha():
                continue  # "mar" is no month in "marah": in Latin letters every pattern ends its words
            for name in self.anchored[index]:
                reach = REACHES.get(name, REACH)
                _widen(around.setdefault(name, []), max(0, start - reach), end + reach)
        if around:
            for name, pattern in self.patterns:
                for low, high in around.get(name, ()):
                    for match in pattern.finditer(folded, low, high):
                        yield name, match


def _widen(windows: list[tuple[int, int]], low: int, high: int) -> None:
    """Adds a window to some that are parted and in order; it ends behind them all."""
    while windows and low <= windows[-1][1]:
        before, after = windows.pop()
        low, high = min(low, before), max(high, after)
    windows.append((low, high))


def _alternation(words: Iterable[str]) -> str:
    found = sorted({re.escape(word) for word in words if word}, key=len, reverse=True)
    return "(?:" + "|".join(found) + ")" if found else _NEVER


def _cldr(lang: str, kind: str) -> dict[str, int]:
    """Names of months (1-12) or days (Monday 0), wide in both forms and abbreviated where they are no plain word."""
    # Of a copy: Babel keeps what a locale inherits in what all of them share, so that Persian had Urdu's weekdays
    # ("week" is their Saturday) where Urdu had been read before.
    own: Any = deepcopy(localedata.load(lang))
    names: dict[str, int] = {}
    table: Any = localedata.LocaleDataDict(own)[kind]
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in table.get(form, {}).get(width, {}).items():
                bare = str(name).rstrip(".")
                if width == "wide" or (len(bare) >= 3 and lang in ("en", "id", "ms", "es") and kind == "months"):
                    names.setdefault(bare, int(number))
    return names


def _cased_names(names: Iterable[str]) -> set[str]:
    return {fold_times(name) for name in names if name[:1].isupper()}


@cache
def grammar(lang: str) -> Grammar:
    """The grammar of a language with a file in data/; built once."""
    with (DATA / f"{lang}.toml").open("rb") as file:
        words: dict[str, Any] = tomllib.load(file)
    months = _cldr(lang, "months") | words.get("months", {})
    weekdays = _cldr(lang, "days") | words.get("weekdays", {})
    units: dict[str, Precision] = {
        fold_times(word): unit for unit in ("day", "week", "month", "year") for word in words["units"].get(unit, ())
    }

    def folded(table: Mapping[str, Any]) -> dict[str, Any]:
        return {fold_times(str(key)): value for key, value in table.items()}

    lists = {key: [fold_times(word) for word in value] for key, value in words.items() if isinstance(value, list)}
    tables = {key: folded(words.get(key, {})) for key in TABLES}
    for key, offset in (("same_day", 0), ("day_after", 1), ("day_before", -1)):
        tables["told_days"] |= dict.fromkeys(lists.get(key, ()), offset)
    anchored = _anchors(lang, lists, list(folded(months)), list(folded(weekdays)), tables, units)
    return Grammar(
        lang=lang,
        months=folded(months),
        weekdays=folded(weekdays),
        solar_months=tables["solar_months"],
        days=tables["days"],
        units=units,
        numbers=tables["numbers"],
        ordinals=tables["ordinals"],
        cased=frozenset(() if lang == "tr" else _cased_names([*months, *weekdays])),
        next_words=frozenset(lists.get("next", [])),
        last_words=frozenset(lists.get("last", [])),
        after_words=frozenset(word for key in ("after", "ahead", "after_lead") for word in lists.get(key, ())),
        recent_words=frozenset(lists.get("recent", [])),
        told_days=tables["told_days"],
        near_months=tables["near_months"],
        ties=_ties(lists),
        patterns=_patterns(lang, lists, list(folded(months)), list(folded(weekdays)), tables, units),
        meanwhile=frozenset(lists.get("meanwhile", [])),
        owning=tuple(lists.get("owning", [])),
        day_marks=tuple(f" {word}" for word in lists.get("day_marks", [])) or ("\0",),
        titled=re.compile(rf" {_alternation(lists.get('titled', []))}(?!\w)"),
        future_before=re.compile(_future_before(lang, lists.get("on_cue", []), lists.get("on_cue_unless", []))),
        anchors=AhoCorasick(list(anchored)),
        anchored=tuple(map(frozenset, anchored.values())),
    )


def _ties(lists: Mapping[str, list[str]]) -> Ties:
    """The words of a language's `tied_` lists; those before a count are endings where they begin with a star."""
    last, following, before, pointing, either = (
        tuple(lists.get(f"tied_{key}", ())) for key in ("last", "next", "before", "pointing", "either")
    )
    return Ties(last, following, tuple(w[1:] if w[:1] == "*" else f" {w}" for w in before), pointing, either)


def _future_before(lang: str, words: Iterable[str], unless: Iterable[str]) -> str:
    """A word that looks ahead, some way before a time, and no other right before it; Chinese words have no edges."""
    if lang == "zh":
        return rf"{_alternation(words)}[^.,;，。；]{{0,30}}$"
    other = "".join(rf"(?<!{re.escape(word)} )" for word in unless)
    return rf"(?<!\w){other}{_alternation(words)}(?!\w)[^.,;۔।؛،]{{0,60}}$"


def _anchors(
    lang: str,
    lists: Mapping[str, list[str]],
    months: list[str],
    weekdays: list[str],
    tables: Mapping[str, Mapping[str, Any]],
    units: Mapping[str, Precision],
) -> dict[str, set[str]]:
    """What every match of a pattern holds one of, by word: the patterns, of which a sentence then needs a few."""
    gaps = (" ", "") if lang == "zh" else (" ",)

    def several(*names: str) -> list[str]:
        return [word for name in names for word in lists.get(name, ())]

    def pairs(first: Iterable[str], then: Iterable[str]) -> list[str]:
        return [f"{one}{gap}{other}" for one, gap, other in product(first, gaps, list(then))]

    amounts = [*units, *(key for key, value in tables["numbers"].items() if " " in str(value))]
    near = several("last", "next", "this")
    by_pattern: dict[str, Iterable[str]] = {
        "iso": ["-" + digit for digit in string.digits],
        "numeric": [mark + digit for mark, digit in product("./", string.digits)],
        "cjk": ["月"],
        "slash": ["(" + digit for digit in string.digits],
        **dict.fromkeys(("day_month", "month_day", "month_year", "month_alone", "month_tail"), months),
        "cjk_month": ["月"],
        "solar": tables["solar_months"],
        "weekday": weekdays,
        "day_word": tables["days"],
        "unit_lead": pairs(near, units),
        "unit_tail": pairs(units, near),
        "ago": pairs(amounts, several("ago")),
        "ago_lead": several("ago_lead"),
        "ahead": pairs(amounts, several("ahead")),
        "anaphoric": pairs(amounts, several("after", "before")),
        "anaphoric_lead": several("after_lead", "before_lead"),
        "told_day": tables["told_days"],
        **dict.fromkeys(("year", "year_tail", "year_alone", "cjk_year"), ("19", "20")),
        "solar_year": ("13", "14"),
        "cjk_day": "日号號",
    }
    found: dict[str, set[str]] = {}
    for name, words in by_pattern.items():
        for word in filter(None, words):
            found.setdefault(word, set()).add(name)
    return found


def _patterns(
    lang: str,
    lists: Mapping[str, list[str]],
    months: list[str],
    weekdays: list[str],
    tables: Mapping[str, Mapping[str, Any]],
    units: Mapping[str, Precision],
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Named patterns; the longest match of all wins, so their order does not matter."""
    sure_month = _alternation(set(months) - set(lists.get("unsure_months", ())))
    month, weekday, unit = _alternation(months), _alternation(weekdays), _alternation(units)
    part, number = _alternation(lists.get("day_parts", [])), _alternation(tables["numbers"])
    last, following, this = (_alternation(lists.get(key, [])) for key in ("last", "next", "this"))
    this = rf"(?<!日){this}" if lang == "zh" else this  # 日本周一: Japan on Monday
    after, before = _alternation(lists.get("after", [])), _alternation(lists.get("before", []))
    ago, ahead = _alternation(lists.get("ago", [])), _alternation(lists.get("ahead", []))
    glue = r"(?:و|ب|ل|ف|ال|وال|لل|بال)?" if lang in ("ar", "fa", "ur") else ""
    left, right = (r"", r"") if lang == "zh" else (rf"(?<![\w{MARKS}]){glue}", rf"(?![\w{MARKS}])")
    gap = r" ?" if lang == "zh" else r" "
    count = rf"(?P<count>{number}|\d{{1,3}})"
    slash = r"\(? ?(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))? ?\)?"
    ordinal = r"(?:st|nd|rd|th|er|º|°)?"
    joiner = r"(?: (?:of|de|del|من))?"
    day = rf"(?P<day>\d{{1,2}}|{_alternation(tables['ordinals'])})"
    joins = _alternation(lists.get("day_joins", []))
    first = rf"(?:(?P<first>\d{{1,2}}){ordinal}(?: ?[-–—] ?| {joins} ?))?"  # "16 and 17 May" begins on the 16th
    counters = _alternation(lists.get("counters", []))
    whole = _alternation(key for key, value in tables["numbers"].items() if " " in str(value))
    after_lead, before_lead = (_alternation(lists.get(key, [])) for key in ("after_lead", "before_lead"))
    solar = _alternation(tables["solar_months"])
    # "The night of Friday, Saturday" is told of Saturday, as "the night to Saturday" is elsewhere.
    next_day = rf"(?: (?P<second>{weekday})(?!\w))?" if lang == "ar" else ""
    amount = rf"(?:{count}{gap}?(?:{counters})?(?P<unit>{unit})|(?P<whole>{whole}))"
    sources = {
        "iso": r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
        "numeric": r"(?<![\d/.])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})(?![\d/])",
        "cjk": r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号號]",
        "slash": rf"\((?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:/(?P<year>\d{{4}}|\d{{2}}))?\)(?: {part}(?!\w))?",
        "day_month": rf"(?<![\w.,]){first}{day}{ordinal}{joiner} {glue}(?P<name>{month}){right}\.?"
        rf"(?:,?{joiner} (?P<year>\d{{4}})(?!\d))?",
        "month_day": rf"{left}(?P<name>{month})\.? (?P<day>\d{{1,2}}){ordinal}(?![\d\w]|[.,]\d)"
        rf"(?:,? (?P<year>\d{{4}})(?!\d))?",
        "month_year": rf"{left}(?P<name>{month}){joiner},? (?P<year>\d{{4}})(?!\d)",
        "month_alone": rf"{left}{_alternation(lists.get('month_lead', []))}{gap}(?P<name>{month}){right}(?!,? ?\d)"
        if "month_lead" in lists
        else _NEVER,
        "month_tail": rf"(?<![\w{MARKS}])(?<!\d )(?P<name>{sure_month})"
        rf"(?= ?{_alternation(lists.get('month_tail', []))}{right})"
        if "month_tail" in lists
        else _NEVER,
        "cjk_month": r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)年|(?P<last>去)年)?"
        r"(?<!\d)(?P<month>1[0-2]|[1-9])月份?(?![\d日号號])"
        if lang == "zh"
        else _NEVER,
        "solar": rf"(?<!\w){first}{day} (?P<name>{solar}){right}"
        rf"(?: ?(?:ماه)?,? ?(?P<year>1[2-5]\d\d))?",
        "weekday": rf"{left}(?:(?P<lead>{last}|{following}|{this}){gap})?(?P<name>{weekday}){right}{next_day}"
        rf"(?:,? ?{part}(?!\w))?(?:,? {slash})?(?: {part}(?!\w))?"
        rf"(?:{gap}(?P<week>{unit})?(?(week){gap})(?P<tail>{last}|{following}){right})?",
        "day_word": rf"{left}(?P<word>{_alternation(tables['days'])}){right}",
        "unit_lead": rf"{left}(?P<lead>{last}|{following}|{this}){gap}(?P<unit>{unit}){right}",
        "unit_tail": rf"{left}(?P<unit>{unit}){gap}(?P<tail>{last}|{following}|{this}){right}",
        "ago": rf"{left}{amount}{gap}(?:{ago}){right}" if "ago" in lists else _NEVER,
        "ago_lead": rf"{left}{_alternation(lists.get('ago_lead', []))}{gap}{amount}{right}",
        "ahead": rf"{left}{amount}{gap}(?P<tail>{ahead}){right}",
        "anaphoric": rf"{left}{amount}{gap}(?P<tail>{after}|{before}){right}",
        "anaphoric_lead": rf"{left}(?P<tail>{after_lead}|{before_lead}){gap}{amount}{right}",
        "told_day": rf"{left}(?P<word>{_alternation(tables['told_days'])}){right}",
        "year": rf"{left}{_alternation(lists.get('year_lead', []))}{gap}?(?P<year>(?:19|20)\d\d)(?![\d\w/-]|[.,]\d)",
        "year_alone": r"(?<![\d\w/.,:-])(?P<year>19\d\d)(?![\d\w/%-]|[.,]\d)",
        "solar_year": rf"{left}{_alternation(lists.get('year_lead', []))}{gap}(?P<year>1[34]\d\d)(?![\d\w/-]|[.,]\d)"
        if tables["solar_months"]
        else _NEVER,
        "year_tail": rf"(?<![\d/-])(?P<year>(?:19|20)\d\d)(?= ?{_alternation(lists.get('year_tail', []))}{right})",
        "cjk_day": rf"(?:(?P<month_word>{_alternation(tables['near_months'])})|(?<![\d月第]))(?P<day>\d{{1,2}})"
        r"[日号號](?![内间內間])"
        if lang == "zh"
        else _NEVER,
        "cjk_year": r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?!\d)",
    }
    return tuple((name, re.compile(source)) for name, source in sources.items() if not source.startswith(_NEVER))
