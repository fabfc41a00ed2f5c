"""What the address of a feed becomes after a poll: permanent redirects are believed late, and can be taken back.

A wrong 301 is common: a site that is being rebuilt sends every feed to its front page, or a whole shelf of feeds to
one. Only an answer that is a feed counts, several polls in a row must name the same address, and the old address is
kept: when the new one fails again and again, the old one is asked again. A feed that is gone (410) is retired. Refused
(November 2026): to wait for a day besides, since a feed asked hourly would then follow no sooner, and one asked often
can go back as well.
"""

from __future__ import annotations

from dataclasses import replace

from flows.feeds.fetch import Failed, Outcome
from warehouse.records import Feed

CONFIRMATIONS = 3  # polls in a row that name the same new address
FAILURES_TO_GO_BACK = 3  # failures in a row at the new address


def settle_address(feed: Feed, after: Feed, outcome: Outcome) -> Feed:
    """`after` with the address, and what is known of it, that follow from the outcome.

    Args:
        feed: as it was when it was asked.
        after: as the rest of the poll leaves it; its `failure_count` includes this outcome.
        outcome: of `fetch_feed`; a body that is no feed counts as Failed.
    """
    if isinstance(outcome, Failed):
        return _after_failure(feed, after, outcome)
    after = after if after.answered_url == outcome.url else replace(after, answered_url=outcome.url)
    target = outcome.moved_to_url
    if target is None or target == feed.url:
        # An address that was followed once stays known as such, so that the way back stays open.
        if _has_followed(feed) or (after.redirect_url, after.redirect_count) == (None, 0):
            return after
        return replace(after, redirect_url=None, redirect_count=0)
    count = feed.redirect_count + 1 if target == feed.redirect_url else 1
    if count < CONFIRMATIONS:
        return replace(after, redirect_url=target, redirect_count=count)
    original = feed.original_url or feed.url
    return replace(after, url=target, original_url=original, redirect_url=target, redirect_count=count)


def _has_followed(feed: Feed) -> bool:
    """True while the address is the one a redirect led to; an address that a person has set is none."""
    return feed.redirect_url == feed.url and feed.original_url not in (None, feed.url)


def _after_failure(feed: Feed, after: Feed, failed: Failed) -> Feed:
    is_gone = failed.http_status == 410
    if _has_followed(feed):
        if not is_gone and after.failure_count < FAILURES_TO_GO_BACK:
            return after
        return replace(
            after,
            url=feed.original_url or feed.url,
            redirect_url=None,
            redirect_count=0,
            answered_url=None,
            etag=None,
            last_modified=None,
        )
    return replace(after, status="retired") if is_gone else after
