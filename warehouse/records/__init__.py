"""The vocabulary everyone shares: one frozen record per public table, its fields the table's columns, in order.

Rooms of the pipeline meet only through these. Instants are aware UTC (`*_at_utc`), days are dates (`*_on`), an
imprecise date is an interval with an exclusive end. `None` means what the column comment in `schema/` says it means.
"""

from warehouse.records.articles import Article, ArticleCopy, ArticleRevision, ArticleSignature, Story, StoryKey
from warehouse.records.batches import Batch, Quarantined
from warehouse.records.events import (
    Alert,
    AlertStanding,
    DailyDyad,
    DailyState,
    Direction,
    DyadPhase,
    Event,
    EventDyad,
    EventMention,
    EventRevision,
    IndexedEvent,
    Mention,
    MergeKey,
    StandingMark,
    Status,
    WatchedDyad,
)
from warehouse.records.feeds import (
    OPML_NAMESPACE,
    OPML_OUTLET_NAMES,
    DailyCoverage,
    Entry,
    EntryRevision,
    FailureClass,
    FamilyDay,
    Feed,
    FeedOrder,
    OutletFamily,
    Poll,
    RobotsFile,
    SiteRest,
)
from warehouse.records.gdelt import GdeltEvent
from warehouse.records.measures import Evaluation, Label
from warehouse.records.method import CodebookCode, FormulaNumber, ValidityCheck
from warehouse.records.naming import stable_id
from warehouse.records.notes import NOTE_LENGTH, DyadNote
from warehouse.records.second_readings import LlmRequest, ReadingOutcome, ReadingReason, RequestOutcome, SecondReading

__all__ = [
    "NOTE_LENGTH",
    "OPML_NAMESPACE",
    "OPML_OUTLET_NAMES",
    "Alert",
    "AlertStanding",
    "Article",
    "ArticleCopy",
    "ArticleRevision",
    "ArticleSignature",
    "Batch",
    "CodebookCode",
    "DailyCoverage",
    "DailyDyad",
    "DailyState",
    "Direction",
    "DyadNote",
    "DyadPhase",
    "Entry",
    "EntryRevision",
    "Evaluation",
    "Event",
    "EventDyad",
    "EventMention",
    "EventRevision",
    "FailureClass",
    "FamilyDay",
    "Feed",
    "FeedOrder",
    "FormulaNumber",
    "GdeltEvent",
    "IndexedEvent",
    "Label",
    "LlmRequest",
    "Mention",
    "MergeKey",
    "OutletFamily",
    "Poll",
    "Quarantined",
    "ReadingOutcome",
    "ReadingReason",
    "RequestOutcome",
    "RobotsFile",
    "SecondReading",
    "SiteRest",
    "StandingMark",
    "Status",
    "Story",
    "StoryKey",
    "ValidityCheck",
    "WatchedDyad",
    "stable_id",
]
