"""Mentions become events: which clauses tell of one happening, and what they say of it together.

Knows nothing of texts, languages or storage. The reading is a pure function of the set of mentions: no order of
arrival, no clock and no random number enters it; `now` only stamps the revision log. Mentions meet only inside a
*block* (`block_of`): same claim class, near types, direction and sides. A caller that merges step by step hands over
every current mention of the blocks it touches, and gets what one run over everything would have given.
"""

from flows.events.merging.grouping import Block, ReportedMention, block_of
from flows.events.merging.merge import Merged, merge_mentions

__all__ = ["Block", "Merged", "ReportedMention", "block_of", "merge_mentions"]
