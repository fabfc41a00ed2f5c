"""The one tree of errors, shared by every room.

    NewsError
    ├── FeedError        a feed could not be fetched or read          (subject: feed id)
    ├── ArticleError     a page could not be fetched or read          (subject: article id or URL)
    ├── CodebookError    codebook or lexicon breaks its own rules     (subject: entry)
    ├── WarehouseError   the warehouse could not be reached or used   (subject: table or path)
    │   └── QuestionError   what was asked of it is wrong, refused, or failed
    ├── SettingsError    a setting is unknown or unparsable           (subject: its key)
    └── HealthError      a batch as a whole is beyond belief          (subject: batch)

An expected outcome (not modified, duplicate, nothing new) is a value, never one of these.
"""


class NewsError(Exception):
    """Someone's promise broke: what, which one, what was expected, what to do."""

    def __init__(self, message: str, *, subject_id: str | None = None, is_retryable: bool = False) -> None:
        super().__init__(message)
        self.subject_id = subject_id
        self.is_retryable = is_retryable


class FeedError(NewsError):
    """A feed could not be fetched or read."""


class ArticleError(NewsError):
    """A page could not be fetched or read."""


class CodebookError(NewsError):
    """The codebook or a lexicon breaks its own rules."""


class WarehouseError(NewsError):
    """The warehouse could not be reached or used."""


class QuestionError(WarehouseError):
    """What was asked of the warehouse is wrong, refused, or failed, while the warehouse itself was there."""


class SettingsError(NewsError):
    """A setting is unknown or unparsable."""


class HealthError(NewsError):
    """A batch as a whole is beyond belief, so it was stopped."""
