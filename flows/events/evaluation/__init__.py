"""How good the coder is: its output held against labelled items, in figures by language, type and status.

The labelled items that come with the project lie in `labelled/`, one file a language, sentences of our own; those in
`held_out/` are held out: the coder is not tuned on them until said otherwise. Any JSONL file of the same form can be
measured. Nothing here changes what the coder does.
"""

from flows.events.evaluation.gold import GoldEvent, GoldItem, held_out_files, labelled_files, read_gold
from flows.events.evaluation.measure import Figure, match_events, measure_coder

__all__ = [
    "Figure",
    "GoldEvent",
    "GoldItem",
    "held_out_files",
    "labelled_files",
    "match_events",
    "measure_coder",
    "read_gold",
]
