"""Everything that changes the warehouse: batches of records, each one transaction with its key.

Every function gives back whether the batch was committed now: False when its key was there before, and then nothing
was written. Sending a batch again is always safe. All raise WarehouseError as `Warehouse.apply` does; with
`is_retryable` the same call may simply be made again.
"""

from warehouse.write.articles import write_articles, write_captures, write_codings, write_stories
from warehouse.write.events import queue_labelled, write_events, write_labels
from warehouse.write.facts import set_meta
from warehouse.write.feeds import claim_feeds, write_feeds, write_next_polls, write_outlet_families, write_poll_round
from warehouse.write.indices import write_indexed_events, write_indices, write_later_indices, write_phases
from warehouse.write.method import write_method
from warehouse.write.readings import (
    reserve_llm_request,
    write_evaluations,
    write_gdelt_events,
    write_quarantine,
    write_second_readings,
)

__all__ = [
    "claim_feeds",
    "queue_labelled",
    "reserve_llm_request",
    "set_meta",
    "write_articles",
    "write_captures",
    "write_codings",
    "write_evaluations",
    "write_events",
    "write_feeds",
    "write_gdelt_events",
    "write_indexed_events",
    "write_indices",
    "write_labels",
    "write_later_indices",
    "write_method",
    "write_next_polls",
    "write_outlet_families",
    "write_phases",
    "write_poll_round",
    "write_quarantine",
    "write_second_readings",
    "write_stories",
]
