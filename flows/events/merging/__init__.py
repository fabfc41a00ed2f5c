"""Mentions become events: which clauses tell of one happening, and what they say of it together.

Knows nothing of texts, languages or storage. The reading is a pure function of the set of mentions and labels: no order
of arrival, no clock and no random number enters it; `now` only stamps the revision log. Mentions meet only inside a
*block* (`block_of`): same claim class, near types, direction and sides; and only within some days (`days`). So a caller
may merge step by step: it looks up what lies near in the same block, and gets what one run over everything gives.
"""

from flows.events.merging.bonds import Bond
from flows.events.merging.counting import BlockDays, list_days_to_read, update_days
from flows.events.merging.days import asks_days, resolve_days
from flows.events.merging.grouping import Block, ReportedMention, block_of, key_of
from flows.events.merging.homes import (
    Home,
    Homes,
    find_homes,
    gather_days,
    gather_homes,
    gather_wide,
    list_changed,
)
from flows.events.merging.merge import Merged, list_likely_ids, merge_groups, merge_mentions, part_groups

__all__ = [
    "Block",
    "BlockDays",
    "Bond",
    "Home",
    "Homes",
    "Merged",
    "ReportedMention",
    "asks_days",
    "block_of",
    "find_homes",
    "gather_days",
    "gather_homes",
    "gather_wide",
    "key_of",
    "list_changed",
    "list_days_to_read",
    "list_likely_ids",
    "merge_groups",
    "merge_mentions",
    "part_groups",
    "resolve_days",
    "update_days",
]
