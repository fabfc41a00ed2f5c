"""Makes a feed record of an address alone, for feeds that users add by hand or by OPML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from flows.feeds.conventions import publisher_domain
from flows.feeds.identity import identity_address, is_web_address
from warehouse.errors import FeedError
from warehouse.records import Feed, stable_id


def outlets_by_domain(feeds: Iterable[Feed]) -> dict[str, Feed]:
    """One known feed for each publisher's domain, so that an added feed of a known outlet joins it."""
    return {publisher_domain(feed.url): feed for feed in feeds if is_web_address(feed.url)}


def plain_address(text: str) -> str:
    """The http(s) address that a person means: `feed:` undone, `https://` put before a bare host.

    Raises:
        FeedError: it is none.
    """
    plain = "".join(text.split())
    for scheme in ("feed:", "itpc:", "pcast:"):
        if plain.lower().startswith(scheme):
            plain = plain[len(scheme) :].removeprefix("//")
            plain = plain if plain.lower().startswith("http") else f"https://{plain}"
    scheme, separator, rest = plain.partition("://")
    if separator:
        plain = f"{scheme.lower()}://{rest}"
    elif "." in plain.partition("/")[0] and "@" not in plain and not plain.startswith("."):
        plain = f"https://{plain}"
    try:
        urlsplit(plain)
    except ValueError as error:
        raise FeedError(f"{text[:200]}: not an address ({error}); check it", subject_id=text[:200]) from error
    if not is_web_address(plain):
        raise FeedError(f"{text[:200]!r} is not an http or https address", subject_id=text[:200])
    return plain


def feed_of_address(
    url: str,
    *,
    title: str = "",
    origin: str = "user",
    now: datetime | None = None,
    outlets: Mapping[str, Feed] | None = None,
) -> Feed:
    """The feed record of an address; outlet and family are the known ones of its domain, else the domain.

    Raises:
        FeedError: the address is not http or https.
    """
    plain = plain_address(url)
    domain = publisher_domain(plain)
    known = (outlets or {}).get(domain)
    host = (urlsplit(plain).hostname or domain).removeprefix("www.")
    return Feed(
        feed_id=f"{host.replace('.', '-').replace(':', '-')}-{stable_id(identity_address(plain))[:8]}",
        url=plain,
        title=title or domain,
        outlet_id=known.outlet_id if known else domain,
        outlet_name=known.outlet_name if known else title or domain,
        family_id=known.family_id if known else domain,
        country_code=known.country_code if known else None,
        language=known.language if known else None,
        origin=origin,
        original_url=plain,
        added_at_utc=now,
    )
