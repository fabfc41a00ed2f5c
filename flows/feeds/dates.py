"""Reads the dates that feeds write, into aware UTC instants.

Handles RFC 822 with the zones feedparser takes for UTC (WIB, PKT, IRST, MSK, CEST), ISO 8601, month names of the
languages in `MONTH_LOCALES` (CLDR, through Babel), solar Hijri dates, Chinese, Japanese and Korean dates, and epochs.
What cannot be read is None, never a guess; a clock time without a zone is read in `default_zone`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from babel.dates import get_month_names

EARLIEST_YEAR = 1990  # before the web: placeholders such as 1 January 1970 and year 1
LATEST_YEAR = 2100
MONTH_LOCALES = ("en", "id", "ms", "es", "fr", "pt", "it", "de", "nl", "tr", "ru", "uk", "pl", "ar", "fa", "ur", "hi")
MONTH_LOCALES_MORE = ("bn", "ps", "vi", "he", "el", "az", "sv", "ro", "hu", "cs")

# Spellings of newsrooms that CLDR does not have.
EXTRA_MONTHS = {
    "pebruari": 2, "peb": 2, "mrt": 3, "agt": 8, "ags": 8, "agust": 8, "nop": 11, "nopember": 11, "sept": 9, "ogos": 8,
    "ogo": 8, "juli": 7, "كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7,
    "آب": 8, "أيلول": 9, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12,
}  # fmt: skip
SOLAR_HIJRI_MONTHS = {
    "فروردین": 1, "اردیبهشت": 2, "خرداد": 3, "تیر": 4, "مرداد": 5, "امرداد": 5, "شهریور": 6, "مهر": 7, "آبان": 8,
    "آذر": 9, "دی": 10, "بهمن": 11, "اسفند": 12,
}  # fmt: skip

# Minutes east of UTC. Names that mean several zones are read as news of this world uses them most; `IST` as India's.
ZONE_MINUTES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "wat": 60, "cest": 120, "eet": 120,
    "cat": 120, "sast": 120, "eest": 180, "msk": 180, "trt": 180, "eat": 180, "idt": 180, "irst": 210, "irdt": 270,
    "gst": 240, "azt": 240, "aft": 270, "pkt": 300, "uzt": 300, "ist": 330, "npt": 345, "bdt": 360, "mmt": 390,
    "wib": 420, "ict": 420, "wita": 480, "sgt": 480, "myt": 480, "hkt": 480, "pht": 480, "phst": 480, "awst": 480,
    "wit": 540, "jst": 540, "kst": 540, "acst": 570, "aest": 600, "acdt": 630, "aedt": 660, "nzst": 720, "nzdt": 780,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "ast": -240,
    "brt": -180, "art": -180,
}  # fmt: skip

ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_USUAL = re.compile(
    rf"(?:[A-Za-z]{{3}}, )?(?P<day>\d\d?) (?P<month>{'|'.join(ENGLISH_MONTHS)}) (?P<year>(?:19|20)\d\d) "
    r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d) "
    r"(?:GMT|UTC|Z|(?P<sign>[+-])(?P<hours>0\d|1[0-4]):?(?P<minutes>[0-5]\d))",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?"
    r"(?:[T\s,]+(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(?P<rest>\S.*)?)?$",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?\s*(\S+)?)?$", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s\-/,]*(?:de\s+)?"
    r"(?P<month>[^\d,\-/:]+?)[\s\-/,.]+(?P<year>\d{4}|\d{2})(?!\d|:)"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[^\d\s,:]+)[\s.]+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?:(?P<before>.*?)\s)?(?P<year>\d{4})(?!\d)(?P<after>.*)"
)
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]?")
_CLOCK = re.compile(r"(\d{1,2})[:.时時](\d{2})(?:分)?(?:[:.](\d{2}))?(?:[.,]\d+)?\s*(?:([ap])\.?m\b)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC|Z)?\s*([+\-−])\s*(\d{1,2}):?(\d{2})?(?!\d)", re.IGNORECASE)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}|\d{15,16}")


@cache
def month_numbers() -> dict[str, int]:
    """Month names, lower-case and without dots, to 1..12, in all languages read here."""
    found: dict[str, int] = {}
    for locale in reversed(MONTH_LOCALES + MONTH_LOCALES_MORE):
        for context in ("stand-alone", "format"):
            for width in ("abbreviated", "wide"):
                if locale == "fa" and width == "abbreviated":
                    continue
                for number, name in get_month_names(width, context, locale).items():
                    key = _month_key(str(name))
                    if not key.isdigit():
                        found[key] = int(number)
    return found | {_month_key(name): number for name, number in EXTRA_MONTHS.items()}


def parse_date(text: str, *, default_zone: timezone = UTC) -> datetime | None:
    """The UTC instant that a feed's date text names, or None where it cannot be read or is a placeholder.

    Args:
        text: as the feed wrote it; anything after the first 100 signs is ignored.
        default_zone: for a clock time that names no zone.
    """
    plain = _plain(text)
    if not plain:
        return None
    for read in (_read_usual, _read_epoch, _read_iso, _read_cjk, _read_words, _read_numeric):
        try:
            instant = read(plain, default_zone)
        except (ValueError, OverflowError):
            continue
        if instant is not None:
            instant = instant.astimezone(UTC)
            return instant if EARLIEST_YEAR <= instant.year <= LATEST_YEAR else None
    return None


def date_from_solar_hijri(year: int, month: int, day: int) -> datetime:
    """Midnight UTC of a solar Hijri day (33-year cycle, right for 1206-1497 AP).

    Raises:
        ValueError: there is no such day.
    """
    longest = 31 if month <= 6 else 30
    if not (1 <= month <= 12 and 1 <= day <= longest and 1206 <= year <= 1497):
        raise ValueError(f"no such solar Hijri day: {year}-{month}-{day}")
    # Days since 1 Farvardin 1206 (22 March 1827), leap years being those of the 33-year cycle.
    leap_days = sum(1 for each in range(1206, year) if each % 33 in (1, 5, 9, 13, 17, 22, 26, 30))
    before = (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
    return datetime(1827, 3, 22, tzinfo=UTC) + timedelta(days=(year - 1206) * 365 + leap_days + before + day - 1)


def _plain(text: str) -> str:
    if text.isascii():
        return " ".join(text[:100].split())
    digits = "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign for sign in text[:100]
    )
    return " ".join(digits.replace("،", ",").replace("‌", " ").replace("‏", "").replace("‎", "").split())


def _month_key(name: str) -> str:
    return name.casefold().replace(".", "").replace("ي", "ی").replace("ك", "ک").strip()


def _read_usual(text: str, _zone: timezone) -> datetime | None:
    """Reads what nine feeds of ten write, as the others would, only faster."""
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    month = ENGLISH_MONTHS.index(match["month"].lower()) + 1
    day, year, hour, minute, second = (int(match[name]) for name in ("day", "year", "hour", "minute", "second"))
    offset = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    local = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    return local + offset if match["sign"] == "-" else local - offset


def _read_epoch(text: str, _zone: timezone) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    whole = len(text.partition(".")[0])
    scale = {9: 1, 10: 1, 12: 1_000, 13: 1_000, 15: 1_000_000, 16: 1_000_000}[whole]
    return datetime.fromtimestamp(float(text) / scale, tz=UTC)


def _read_iso(text: str, zone: timezone) -> datetime | None:
    match = _ISO.match(text)
    if match:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"] or 1)
        return _instant(year, month, day, match["clock"] or "", match["rest"] or "", zone)
    match = _COMPACT.match(text)
    if match is None:
        return None
    clock = f"{match[4]}:{match[5]}:{match[6] or '00'}" if match[4] else ""
    return _instant(int(match[1]), int(match[2]), int(match[3]), clock, match[7] or "", zone)


def _read_cjk(text: str, zone: timezone) -> datetime | None:
    match = _CJK.search(text)
    if match is None:
        return None
    rest = text[match.end() :]
    is_afternoon = any(word in rest for word in ("下午", "晚上", "午後", "오후"))
    rest = rest.replace("点", ":").replace("點", ":")
    return _instant(int(match[1]), int(match[2]), int(match[3]), rest, rest, zone, is_afternoon=is_afternoon)


def _read_words(text: str, zone: timezone) -> datetime | None:
    """Reads `Mon, 23 Nov 2026 10:00:00 WIB`, `23-Nov-26`, `November 23, 2026 10:00 PM`, `۱۲ آذر ۱۴۰۵`."""
    for match in _DAY_FIRST.finditer(text):
        rest = text[match.end() :] or text[: match.start()]
        instant = _read_named_day(match["year"], match["month"], match["day"], rest, zone)
        if instant is not None:
            return instant
    for match in _MONTH_FIRST.finditer(text):
        rest = f"{match['before'] or ''} {match['after']}"
        instant = _read_named_day(match["year"], match["month"], match["day"], rest, zone)
        if instant is not None:
            return instant
    return None


def _read_named_day(year_text: str, name: str, day_text: str, rest: str, zone: timezone) -> datetime | None:
    key = _month_key(name.removesuffix(" de").strip())
    year = int(year_text) if len(year_text) == 4 else int(year_text) + (2000 if int(year_text) < 70 else 1900)
    if year < 1500 and key in SOLAR_HIJRI_MONTHS:
        return _instant(year, SOLAR_HIJRI_MONTHS[key], int(day_text), rest, rest, zone)
    month = month_numbers().get(key)
    return None if month is None else _instant(year, month, int(day_text), rest, rest, zone)


def _read_numeric(text: str, zone: timezone) -> datetime | None:
    """Reads 23/11/2026 day first, as most of the world writes it, and month first where only that can be."""
    match = _NUMERIC.search(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    day, month = (second, first) if second > 12 else (first, second)
    rest = text[match.end() :]
    return _instant(year, month, day, rest, rest, zone)


def _instant(
    year: int,
    month: int,
    day: int,
    clock_text: str,
    zone_text: str,
    default_zone: timezone,
    *,
    is_afternoon: bool = False,
) -> datetime:
    if 1206 <= year <= 1497:
        gregorian = date_from_solar_hijri(year, month, day)
        year, month, day = gregorian.year, gregorian.month, gregorian.day
    midnight = datetime(year, month, day, tzinfo=UTC)
    match = _CLOCK.search(clock_text)
    if match is None:
        return midnight
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if (is_afternoon or (match[4] or "").lower() == "p") and hour < 12:
        hour += 12
    elif (match[4] or "").lower() == "a" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError(f"no such time: {clock_text}")
    tail = zone_text[match.end() :] if zone_text is clock_text else zone_text
    local = midnight + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    return local - (read_zone(tail) or default_zone.utcoffset(None))


def read_zone(text: str) -> timedelta | None:
    """The offset that `+07:00`, `GMT+7` or a name such as `WIB` stands for; None where there is none."""
    match = _OFFSET.search(text)
    if match:
        digits = match[2] + (match[3] or "")
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        if hours > 14 or minutes > 59:
            return None
        offset = timedelta(hours=hours, minutes=minutes)
        return offset if match[1] == "+" else -offset
    for word in re.findall(r"[A-Za-z]+", text):
        minutes_east = ZONE_MINUTES.get(word.lower())
        if minutes_east is not None:
            return timedelta(minutes=minutes_east)
    return None
