"""Makes a feed record of an address alone, for feeds that users add by hand or by OPML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from flows.feeds.hosts import registrable_domain
from flows.feeds.identity import identity_address, is_web_address
from warehouse.errors import FeedError
from warehouse.records import Feed, stable_id


def outlets_by_domain(feeds: Iterable[Feed]) -> dict[str, Feed]:
    """One known feed for each registrable domain, so that an added feed of a known outlet joins it."""
    return {registrable_domain(feed.url): feed for feed in feeds}


def feed_of_address(
    url: str,
    *,
    title: str = "",
    tags: tuple[str, ...] = (),
    origin: str = "user",
    now: datetime | None = None,
    outlets: Mapping[str, Feed] | None = None,
) -> Feed:
    """The feed record of an address; outlet and family are the known ones of its domain, else the domain.

    Raises:
        FeedError: the address is not http or https.
    """
    plain = "".join(url.split())
    if plain.startswith("feed:"):
        plain = plain.removeprefix("feed:").removeprefix("//")
        plain = plain if plain.startswith("http") else f"https://{plain}"
    if not is_web_address(plain):
        raise FeedError(f"{url[:200]!r} is not an http or https address", subject_id=url[:200])
    domain = registrable_domain(plain)
    known = (outlets or {}).get(domain)
    return Feed(
        feed_id=f"{origin}-{stable_id(identity_address(plain))}",
        url=plain,
        title=title or domain,
        outlet_id=known.outlet_id if known else domain,
        outlet_name=known.outlet_name if known else title or domain,
        family_id=known.family_id if known else domain,
        country_code=known.country_code if known else None,
        language=known.language if known else None,
        tags=tags,
        origin=origin,
        original_url=plain,
        added_at_utc=now,
    )
