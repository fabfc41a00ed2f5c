"""How much of each day could be read: the share of the usual outlet families, by which the indices are corrected.

Families are counted, not feeds or entries: it is by families that an event is corroborated, and a feed more of the same
family says nothing new. A family is usual on a day when it was read at least once in the two weeks until then, so feeds
that are added or given up become the custom within two weeks, and an outage does not.

Refused: counting what came against what usually comes. A quiet week would look like an outage, and would be corrected
into a loud one.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, timedelta

from warehouse.records import DailyCoverage

USUAL_DAYS = 14
# A slow feed is asked once a day, and a later answer may still hold the day. Until then only a failure is a loss.
OPEN_DAYS = 3


def compute_coverage(
    read: Mapping[date, Set[str]], failed: Mapping[date, Set[str]], *, since: date, today: date
) -> list[DailyCoverage]:
    """One row a day from `since` to `today` (both included) on which any family is usual, by day.

    Args:
        read: families by each day whose news could be read, at least from two weeks before `since` on.
        failed: families of which a feed failed, by day, at least for the last three days.
        since: the first day asked for.
        today: the day of now; of it and the two before, families neither read nor failed are not counted yet.
    """
    reach = [timedelta(days=number) for number in range(USUAL_DAYS)]
    days = {day + later for day in read for later in reach if since <= day + later <= today}
    rows = []
    for day in sorted(days):
        usual = frozenset().union(*(read.get(day - earlier, ()) for earlier in reach))
        heard = frozenset(read.get(day, ()))
        if (today - day).days < OPEN_DAYS:
            usual = heard | (usual & failed.get(day, frozenset()))
        if usual:
            # Tenths: a single feed that fails must not make every index of the day anew.
            share = round(len(heard) / len(usual), 1)
            rows.append(
                DailyCoverage(on_date=day, read_family_count=len(heard), usual_family_count=len(usual), share=share)
            )
    return rows
