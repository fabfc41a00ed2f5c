"""Events that GDELT coded: its export lines read, and set in the words of our codebook and list of sides.

They are another coder's reading and are kept apart from ours; nothing here makes a mention or moves an index.
Source: GDELT Event Codebook 2.0 (19 February 2015), the order of columns and what they mean.
"""

from flows.events.gdelt.read import COLUMN_COUNT, COLUMN_COUNT_OF_1_0, gdelt_event_of_line

__all__ = ["COLUMN_COUNT", "COLUMN_COUNT_OF_1_0", "gdelt_event_of_line"]
