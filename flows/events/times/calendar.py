"""Days, weeks, months and years as intervals with an exclusive end; years and days the text leaves unsaid."""

from __future__ import annotations

from datetime import date, timedelta

from flows.events.times.records import Precision

Interval = tuple[date, date]


def day_interval(on: date) -> Interval | None:
    """The one day; None for the last day Python knows, which has no exclusive end."""
    return (on, on + timedelta(days=1)) if on < date.max else None


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(anchor: date, days: int) -> date | None:
    """The day so many days away, None beyond the calendar."""
    try:
        return anchor + timedelta(days=days)
    except OverflowError:
        return None


def shifted_interval(anchor: date, count: int, unit: Precision) -> Interval | None:
    """The day, week (Monday first), month or year that lies `count` units from the anchor's."""
    if unit == "day":
        on = shifted(anchor, count)
        return day_interval(on) if on else None
    if unit == "week":
        monday = shifted(anchor, 7 * count - anchor.weekday())
        after = shifted(monday, 7) if monday else None
        return (monday, after) if monday and after else None
    if unit == "month":
        index = anchor.year * 12 + anchor.month - 1 + count
        return month_interval(index // 12, index % 12 + 1)
    return year_interval(anchor.year + count)


def month_interval(year: int, month: int) -> Interval | None:
    """The month from its first day to the next month's."""
    first = safe_date(year, month, 1)
    after = safe_date(year + month // 12, month % 12 + 1, 1)
    return (first, after) if first and after else None


def year_interval(year: int) -> Interval | None:
    """The year from 1 January to the next."""
    first, after = safe_date(year, 1, 1), safe_date(year + 1, 1, 1)
    return (first, after) if first and after else None


def nearest_year_date(
    month: int, day: int, published: date, *, is_future: bool, weekday: int | None = None
) -> date | None:
    """The date of this day and month nearest to publication, the past preferred unless the text looks ahead.

    A future day counts as twice as far, so that "31 May" read in April is next month and "19 December" read in
    January is last month. A weekday written beside it decides between years.
    """
    candidates = [safe_date(published.year + shift, month, day) for shift in (-2, -1, 0, 1)]
    known = [on for on in candidates if on]
    if weekday is not None:
        known = [on for on in known if on.weekday() == weekday] or known

    def distance(on: date) -> float:
        days = (on - published).days
        if days > 0:
            return days * (0.5 if is_future else 2.0)
        return -days * (3.0 if is_future and days < -14 else 1.0)

    return min(known, key=distance, default=None)


def weekday_date(weekday: int, published: date, *, weeks: int = 0, is_future: bool = False) -> date | None:
    """The most recent such weekday on or before publication; the next one after it where the text looks ahead."""
    back = (published.weekday() - weekday) % 7
    if is_future:
        return shifted(published, 7 - back)
    return shifted(published, 7 * weeks - back)


def solar_hijri_date(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a solar Hijri one (33-year arithmetic cycle; exact for 1244-1501 SH)."""
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year <= 1600) or (month > 6 and day > 30):
        return None
    elapsed = year + 1595
    days = -355668 + 365 * elapsed + elapsed // 33 * 8 + (elapsed % 33 + 3) // 4 + day
    days += (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    # `days` counts from the start of the Gregorian era as day 1 of year 1 minus 366, as in the arithmetic of jalaali.
    gregorian_year = 400 * (days // 146097)
    days %= 146097
    if days > 36524:
        days -= 1
        gregorian_year += 100 * (days // 36524)
        days %= 36524
        if days >= 365:
            days += 1
    gregorian_year += 4 * (days // 1461)
    days %= 1461
    if days > 365:
        gregorian_year += (days - 1) // 365
        days = (days - 1) % 365
    first = safe_date(gregorian_year, 1, 1)
    return shifted(first, days) if first else None


def nearest_solar_hijri(month: int, day: int, published: date) -> date | None:
    """The Gregorian date of a solar Hijri day and month, in the year nearest to publication."""
    candidates = [solar_hijri_date(published.year - 621 + shift, month, day) for shift in (-1, 0, 1)]
    return min((on for on in candidates if on), key=lambda on: abs((on - published).days), default=None)
