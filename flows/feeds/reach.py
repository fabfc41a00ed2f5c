"""How far back one answer of a feed tells: the days whose news it held.

A feed that is asked again after a weekend still shows what came on Saturday. So a day counts as read when a later
answer reaches back to it, not only when somebody asked on that day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from warehouse.records import Entry

# An entry pinned for months says nothing of the days since: beyond this nobody's feed is trusted to be whole.
REACH_DAYS = 7


def list_days_read(
    entries: Iterable[Entry] | None, *, at: datetime, last_answer_at: datetime | None = None
) -> list[date]:
    """The days (UTC) whose news this answer held, oldest first; at least the day of the answer, at most a week.

    A day is held when the answer goes on from the one before, or shows an entry older than that day.

    Args:
        entries: what the body shows; None where the server says that nothing changed.
        at: aware UTC, when it answered.
        last_answer_at: when it answered before; None: never, or not known.

    Returns:
        No day where the body is empty: such a feed is dead, whatever it answers.
    """
    told = None if entries is None else [one.published_at_utc for one in entries]
    if told == []:
        return []
    dated = [one for one in told or () if one is not None and one <= at]
    oldest = min(dated, default=None)
    first = at.date()
    if oldest is not None:
        first = min(first, oldest.date() + timedelta(days=1))
    if last_answer_at is not None and (told is None or (oldest is not None and oldest <= last_answer_at)):
        first = min(first, last_answer_at.date())
    first = max(first, at.date() - timedelta(days=REACH_DAYS - 1))
    return [first + timedelta(days=number) for number in range((at.date() - first).days + 1)]
