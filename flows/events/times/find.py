"""Finds when: dates, weekdays, words like "yesterday", and times told from another event.

What is not done here: choosing which time belongs to which event. Days are those of the publication's own calendar
day; a clock time within the day is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from flows.events.times.calendar import (
    Interval,
    day_interval,
    month_interval,
    nearest_solar_hijri,
    nearest_year_date,
    safe_date,
    shifted_interval,
    solar_hijri_date,
    weekday_date,
    year_interval,
)
from flows.events.times.grammar import DATA, Grammar, fold_times, grammar
from flows.events.times.records import Precision, TimeKind, TimeSpan

_LANGUAGES = frozenset(path.stem for path in DATA.glob("*.toml"))
LONGEST_RANGE = 14  # days from the first to the last day of "16 to 17 May"; a greater gap is a count before a day
RANGE_JOINERS = ("至", "到")
# What may stand between a weekday and its date.
BESIDE = re.compile(r"(?:,? ?\(?|,? (?:the|le|el|а|на|в|от|de|del|الموافق|مورخ|tarihli|tanggal|bertarikh) )")
YEAR = re.compile(r"\d{4}")
COUNTED = frozenset({"ago", "ago_lead", "ahead", "anaphoric", "anaphoric_lead", "told_day"})  # patterns
TIE_CHARS = 24
CLOSING = frozenset(',.;:!?)»”"،؛۔।，。；：')
_DAYS: dict[Precision, int] = {"day": 1, "week": 7, "month": 30, "year": 365}


def find_times(text: str, lang: str | None, published: datetime | None) -> list[TimeSpan]:
    """Times named in the text, by start, without overlap; the longest reading of a place wins.

    A weekday is the most recent one on or before publication, or the next where the text looks ahead; a day without
    year is the one nearest to publication. Without `published` such spans carry no dates. Never raises.
    """
    base = (lang or "en").lower()[:2]
    rules = grammar(base if base in _LANGUAGES else "en")
    folded = fold_times(text)
    on = published.date() if published else None
    read = (_read(name, match, rules, text, folded, on) for name, match in rules.find_likely(folded) if match.group())
    found = [span for span in read if span]
    return _without_range_ends(_with_weekdays(_longest(found), folded, rules, on), folded)


def _with_tie(span: TimeSpan, folded: str, rules: Grammar) -> TimeSpan:
    """A counted time with what it is counted from: the deed named beside it, or a day told before it."""
    if _is_tied(span, folded, rules):
        return replace(span, kind="anaphoric", starts_on=None, ends_on=None, tie="tied")
    is_either = span.precision == "day" and folded.endswith(rules.ties.either, span.start, span.end)
    return replace(span, tie="free") if span.kind == "anaphoric" or is_either else span


def _is_tied(span: TimeSpan, folded: str, rules: Grammar) -> bool:
    ties = rules.ties
    behind = folded[span.end : span.end + TIE_CHARS]
    if span.kind == "anaphoric" and folded.endswith(ties.last, span.start, span.end):
        return behind.strip() != "" and behind.lstrip()[0] not in CLOSING and not _begins(behind, ties.pointing)
    if span.kind == "anaphoric" or span.precision == "day":
        if _begins(behind, ties.following):
            return True
        *earlier, word = ("", *folded[max(0, span.start - TIE_CHARS) : span.start].split(" ")[:-1])
        if word and f" {word}".endswith(ties.before):
            return not (word in ties.pointing or (earlier and earlier[-1] in ties.pointing))
    return False


def _begins(behind: str, words: tuple[str, ...]) -> bool:
    """Whether one of these words stands right behind, as a whole word or as one that leans on the next ("d'un")."""
    text = behind.removeprefix(" ")
    found = [word for word in words if text.startswith(word)]
    return any(word.endswith("'") or not text[len(word) : len(word) + 1].isalpha() for word in found)


def _with_weekdays(spans: list[TimeSpan], folded: str, rules: Grammar, published: date | None) -> list[TimeSpan]:
    """The spans with a weekday and the date beside it made one ("Monday, June 10", "10 Haziran Pazartesi").

    A date without a year is then that of the nearest year in which it falls on the weekday.
    """
    kept: list[TimeSpan] = []
    for span in spans:
        before = kept[-1] if kept else None
        if before is None or not _is_one_day(before, span, folded, rules):
            kept.append(span)
            continue
        day, told = (span, before) if span.kind == "absolute" else (before, span)
        kept[-1] = replace(_on_weekday(day, told, folded, rules, published), start=before.start, end=span.end)
    return kept


def _is_one_day(before: TimeSpan, span: TimeSpan, folded: str, rules: Grammar) -> bool:
    """Whether a bare weekday and a date stand side by side, no more than a small word between."""
    gap = folded[before.end : span.start]
    if {before.kind, span.kind} != {"weekday", "absolute"} or BESIDE.fullmatch(gap) is None:
        return False
    day, told = (span, before) if span.kind == "absolute" else (before, span)
    written = folded[told.start : told.end]
    if told is before and written.endswith(rules.day_marks):
        return False  # "on Tuesday ... until 26 July": what says "on" ends the first of two days
    return day.precision == "day" and not any(char.isdigit() for char in written)


def _on_weekday(day: TimeSpan, told: TimeSpan, folded: str, rules: Grammar, published: date | None) -> TimeSpan:
    written = folded[told.start : told.end]
    names = [number for name, number in rules.weekdays.items() if name in written]
    has_year = YEAR.search(folded, day.start, day.end) is not None
    if day.starts_on is None or published is None or has_year or not names or day.starts_on.weekday() in names:
        return day
    is_future = day.starts_on > published
    on = nearest_year_date(day.starts_on.month, day.starts_on.day, published, is_future=is_future, weekday=names[0])
    interval = day_interval(on) if on else None
    return replace(day, starts_on=interval[0], ends_on=interval[1]) if interval else day


def _without_range_ends(spans: list[TimeSpan], folded: str) -> list[TimeSpan]:
    """Chinese "18日至19日": the first day of a range is when it began."""
    return [
        span
        for before, span in zip([None, *spans], spans, strict=False)
        if before is None or folded[before.end : span.start] not in RANGE_JOINERS
    ]


def resolve_relative(span: TimeSpan, anchor: date) -> TimeSpan:
    """The span with its interval, told from the anchor: another event's day (anaphoric) or publication (relative).

    A span without offset, or one that would leave the calendar, comes back as it is.
    """
    if span.offset_days is None:
        return span
    interval = shifted_interval(anchor, round(span.offset_days / _DAYS[span.precision]), span.precision)
    return replace(span, starts_on=interval[0], ends_on=interval[1]) if interval else span


def _longest(spans: list[TimeSpan]) -> list[TimeSpan]:
    kept: list[TimeSpan] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end - span.start > kept[-1].end - kept[-1].start:
            kept[-1] = span
    return kept


def _read(
    name: str, match: re.Match[str], rules: Grammar, text: str, folded: str, published: date | None
) -> TimeSpan | None:
    groups = match.groupdict()
    if (word := groups.get("name")) and word in rules.cased and not text[match.start("name")].isupper():
        return None
    # A cue in the title says nothing of a day in the text below it.
    line_start = max(match.start() - 90, text.rfind("\n", 0, match.start()) + 1)
    is_future = bool(rules.future_before.search(folded, line_start, match.start()))
    is_future = is_future or groups.get("tail") in rules.next_words or _follows(folded, match.end(), rules)
    span = _READERS[name](match, groups, rules, published, is_future)
    is_counted = name in COUNTED or (name == "day_word" and groups["word"] in rules.ties.either)
    return _with_tie(span, folded, rules) if span and is_counted else span


def _follows(folded: str, end: int, rules: Grammar) -> bool:
    """Whether a word like "mendatang" stands right after."""
    return any(folded.startswith(word, end + 1) for word in rules.next_words if rules.lang in ("id", "ms"))


def _span(
    match: re.Match[str], interval: Interval | None, precision: Precision, kind: TimeKind, offset: int | None = None
) -> TimeSpan:
    starts_on, ends_on = interval or (None, None)
    return TimeSpan(match.start(), match.end(), starts_on, ends_on, precision, kind, offset)


Groups = dict[str, str | None]
Reader = Callable[[re.Match[str], Groups, Grammar, date | None, bool], TimeSpan | None]


def _day_number(groups: Groups, rules: Grammar) -> int:
    """The day of a month, in digits or in words."""
    written = groups["day"] or "0"
    return rules.ordinals[written] if written in rules.ordinals else int(written)


def _year(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def _read_day(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    """Day and month, with or without year, in any order."""
    month = rules.months[groups["name"] or ""] if groups.get("name") else int(groups["month"] or 0)
    day, year = _day_number(groups, rules), _year(groups.get("year"))
    if month > 12 and day <= 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if year is None and published is None:
        return _span(match, None, "day", "absolute")
    on = safe_date(year, month, day) if year is not None else None
    if year is None and published:
        on = nearest_year_date(month, day, published, is_future=is_future)
    return _span(match, _from_first(on, on.day, groups), "day", "absolute") if on else None


def _from_first(last: date, number: int, groups: Groups) -> Interval | None:
    """The interval up to a day, by its number from the one before it where two are named ("16 and 17 May")."""
    interval = day_interval(last)
    first = int(groups.get("first") or 0)
    if interval is None or first < 1 or not number - LONGEST_RANGE <= first < number:
        return interval
    return last - timedelta(days=number - first), interval[1]


def _read_day_of_month(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    """ "17日" alone, or with "this month": of the month before where the day has not come yet, unless that is said."""
    day = int(groups["day"] or 0)
    if published is None or not 1 <= day <= 31:
        return None
    shift = 0 if day <= published.day + 1 or is_future else -1
    shift = rules.near_months.get(groups.get("month_word") or "", shift)
    on = nearest_year_date((published.month - 1 + shift) % 12 + 1, day, published, is_future=is_future or shift > 0)
    return _span(match, day_interval(on), "day", "absolute") if on else None


def _read_month(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    interval = month_interval(_year(groups["year"]) or 0, rules.months[groups["name"] or ""])
    return _span(match, interval, "month", "absolute") if interval else None


def _read_month_alone(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    """A month without a year ("in November"): the nearest, the past preferred unless the text looks ahead."""
    month = rules.months[groups["name"] or ""] if groups.get("name") else int(groups["month"] or 0)
    year = published.year - 1 if published and groups.get("last") else _year(groups.get("year"))
    if year is not None:
        return _span(match, month_interval(year, month), "month", "absolute")
    middle = nearest_year_date(month, 15, published, is_future=is_future) if published else None
    interval = month_interval(middle.year, month) if middle else None
    return _span(match, interval, "month", "absolute") if interval or published is None else None


def _read_solar(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    month, day = rules.solar_months[groups["name"] or ""], _day_number(groups, rules)
    if groups.get("year"):
        on = solar_hijri_date(int(groups["year"] or 0), month, day)
    else:
        on = nearest_solar_hijri(month, day, published) if published else None
    return _span(match, _from_first(on, day, groups) if on else None, "day", "absolute")


def _read_weekday(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    weekday = rules.weekdays[groups.get("second") or groups["name"] or ""]
    if rules.titled.match(match.string, match.end()):
        return None
    if published is None:
        return _span(match, None, "day", "weekday")
    on: date | None
    month, day = int(groups.get("month") or 0), int(groups.get("day") or 0)
    if 1 <= month <= 12 and 1 <= day <= 31:
        year = _year(groups.get("year"))
        on = safe_date(year, month, day) if year else None
        on = on or nearest_year_date(month, day, published, is_future=is_future, weekday=weekday)
    else:
        ahead = groups.get("lead") in rules.next_words or is_future
        back = groups.get("week") and groups.get("tail") in rules.last_words
        on = _last_week_day(weekday, published) if back else weekday_date(weekday, published, is_future=ahead)
        if on == published and {groups.get("lead"), groups.get("tail")} & rules.last_words:
            on = weekday_date(weekday, published, weeks=-1)
    return _span(match, day_interval(on), "day", "weekday") if on else None


def _last_week_day(weekday: int, published: date) -> date | None:
    """ "Friday last week": that weekday in the week before the one of publication."""
    interval = shifted_interval(published, -1, "week")
    found = shifted_interval(interval[0], weekday, "day") if interval else None
    return found[0] if found else None


def _read_day_word(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    offset = rules.days[groups["word"] or ""]
    interval = shifted_interval(published, offset, "day") if published else None
    return _span(match, interval, "day", "relative", offset)


def _read_unit(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    """ "last week", "bulan depan", "this year"."""
    unit = rules.units[groups["unit"] or ""]
    word = groups.get("lead") or groups.get("tail")
    count = 1 if word in rules.next_words else -1 if word in rules.last_words else 0
    if unit == "day" and (count == 0 or match.group() in rules.told_days):
        return None  # "the next day" is told from another one
    interval = shifted_interval(published, count, unit) if published else None
    return _span(match, interval, unit, "relative", count * _DAYS[unit])


def _amount(groups: Groups, rules: Grammar) -> tuple[int, Precision] | None:
    """How many of which unit: "two days", "sehari"."""
    if whole := groups.get("whole"):
        count, _, unit = rules.numbers[whole].partition(" ")
        return int(count), _UNITS[unit]
    counted = groups.get("count") or ""
    number = rules.numbers.get(counted, counted)
    if not number.isdigit() or not groups.get("unit"):
        return None
    return int(number), rules.units[groups["unit"] or ""]


_UNITS: dict[str, Precision] = {"day": "day", "week": "week", "month": "month", "year": "year"}


def _read_ago(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    if rules.lang == "zh" and (groups.get("count") or "").isdigit() and groups.get("unit") == "日":
        return None  # "26日前" is before the 26th
    return _counted(match, groups, rules, published, "relative", -1)


def _read_ahead(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    return _counted(match, groups, rules, published, "relative", 1)


def _read_anaphoric(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    sign = 1 if groups.get("tail") in rules.after_words else -1
    return _counted(match, groups, rules, None, "anaphoric", sign)


def _counted(
    match: re.Match[str], groups: Groups, rules: Grammar, anchor: date | None, kind: TimeKind, sign: int
) -> TimeSpan | None:
    amount = _amount(groups, rules)
    if amount is None:
        return None
    count, unit = amount
    interval = shifted_interval(anchor, sign * count, unit) if anchor and kind == "relative" else None
    return _span(match, interval, unit, kind, sign * count * _DAYS[unit])


def _read_told_day(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    return _span(match, None, "day", "anaphoric", rules.told_days[groups["word"] or ""])


def _read_year(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    interval = year_interval(int(groups["year"] or 0))
    return _span(match, interval, "year", "absolute") if interval else None


def _read_solar_year(
    match: re.Match[str], groups: Groups, rules: Grammar, published: date | None, is_future: bool
) -> TimeSpan | None:
    """A solar Hijri year, which begins on 20 or 21 March."""
    year = int(groups["year"] or 0)
    first, after = solar_hijri_date(year, 1, 1), solar_hijri_date(year + 1, 1, 1)
    return _span(match, (first, after) if first and after else None, "year", "absolute")


_READERS: dict[str, Reader] = {
    **dict.fromkeys(("iso", "numeric", "cjk", "slash", "day_month", "month_day"), _read_day),
    "cjk_day": _read_day_of_month,
    "month_year": _read_month,
    **dict.fromkeys(("month_alone", "month_tail", "cjk_month"), _read_month_alone),
    "solar": _read_solar,
    "weekday": _read_weekday,
    "day_word": _read_day_word,
    **dict.fromkeys(("unit_lead", "unit_tail"), _read_unit),
    **dict.fromkeys(("ago", "ago_lead"), _read_ago),
    "ahead": _read_ahead,
    **dict.fromkeys(("anaphoric", "anaphoric_lead"), _read_anaphoric),
    "told_day": _read_told_day,
    **dict.fromkeys(("year", "year_tail", "year_alone", "cjk_year"), _read_year),
    "solar_year": _read_solar_year,
}
