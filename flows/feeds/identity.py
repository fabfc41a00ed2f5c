"""What makes an entry the same entry when it is seen again, and the addresses that identity is built on.

In this order, the first that an item has:

1. its guid, unless several pages of one capture share it. A guid that is an address is reduced like one, so that
   neither `https` nor a counter behind `#` makes a new entry. A short bare guid names an entry within its feed only,
   any other within its outlet, so that two feeds of an outlet share the entry;
2. its link, reduced to what names the page, unless items of different titles share it;
3. title and date.

A guid that changes with each request shows only when the item is seen again: `revise.recognise_entries` then finds it
by its link. Ids lie in the warehouse for good, so the decorations taken away here are few and sure; that articles of
differently decorated links are one is decided in `flows.articles.address`, which knows many more.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from warehouse.records import Feed, stable_id

# A feed shows the same links poll after poll; taking links apart was a quarter of the time of a round.
CACHE_SIZE = 16_384
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|ocid|cmpid|smid|at_.*|mc_[ce]id|ito|traffic_source", re.IGNORECASE)
# A place of its own on a page, as posts of a live report have: `#post-1203`, but not `#top`, `#0` or `#ref=rss`.
_OWN_PLACE = re.compile(r"(?=.*\d)[A-Za-z][\w-]{5,79}")
# A guid that no other feed of the outlet can have by chance: an address, a tag, a UUID or a long key.
_GLOBAL_GUID = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+|\S{20,}")


@lru_cache(maxsize=CACHE_SIZE)
def is_web_address(text: str) -> bool:
    """True where the text is an http or https address with a host."""
    try:
        parts = urlsplit(text.strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


@lru_cache(maxsize=CACHE_SIZE)
def join_address(base_url: str, link: str) -> str:
    """The link seen from the base, as RFC 3986 has it; an empty base leaves it as it is.

    Raises:
        ValueError: one of the two is malformed.
    """
    return urljoin(base_url, link)


def resolve_address(link: str, base_url: str) -> str | None:
    """The http(s) address that a link stands for on a page, or None where it is none."""
    plain = "".join(link.split())
    if not plain:
        return None
    try:
        address = join_address(base_url, plain) if is_web_address(base_url) else plain
    except ValueError:
        return None
    return address if is_web_address(address) else None


@lru_cache(maxsize=CACHE_SIZE)
def identity_address(url: str) -> str:
    """The address reduced to what names the page or a post on it: no scheme, default port or tracking; idempotent."""
    try:
        parts = urlsplit(url)
        query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url
    netloc = f"{host}:{port}" if port not in (None, 80, 443) else host
    place = parts.fragment if _OWN_PLACE.fullmatch(parts.fragment) else ""
    return urlunsplit(("", netloc, parts.path.rstrip("/") or "/", urlencode(query), place))


def guid_key(guid: str) -> str:
    """The guid without what changes between two sights of one item; idempotent."""
    return identity_address(guid) if is_web_address(guid) else guid


def entry_id_of(feed: Feed, *, guid: str | None, url: str | None, title: str, published_at_utc: datetime | None) -> str:
    """The id of an entry: by its guid, else by its address, else by title and date."""
    if guid:
        scope = feed.outlet_id if _GLOBAL_GUID.fullmatch(guid) else feed.feed_id
        return stable_id(scope, "guid", guid_key(guid))
    if url:
        return stable_id(feed.outlet_id, "url", identity_address(url))
    return stable_id(feed.feed_id, "title", title, published_at_utc.isoformat() if published_at_utc else "")
