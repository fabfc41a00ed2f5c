"""What can come of one request for a feed. Expected outcomes are values; none of these is an error."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.records import FailureClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A body that differs from the one before.

    `url` is the address that answered, without credentials, and owns the validators. `moved_to_url` is set where every
    redirect was a permanent one; `fresh_for_s` is for how long the server calls its answer fresh (Cache-Control,
    Expires), None where it does not say.
    """

    url: str
    body: bytes
    body_hash: str
    content_type: str | None
    etag: str | None
    last_modified: str | None
    http_status: int
    duration_s: float
    moved_to_url: str | None = None
    fresh_for_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """Nothing new: the server said so (304), or sent the same bytes again (200); the rest as in Fetched."""

    reason: str
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    http_status: int
    byte_count: int
    duration_s: float
    url: str | None = None
    moved_to_url: str | None = None
    fresh_for_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No usable body, with the class of the failure; `retry_after_s` is what the server asked for, up to a day."""

    failure_class: FailureClass
    reason: str
    http_status: int | None = None
    retry_after_s: float | None = None
    duration_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponed:
    """We did not ask, since the site wants to be left alone for `wait_s` more seconds: no failure of the feed."""

    reason: str
    wait_s: float


Outcome = Fetched | Unchanged | Failed
