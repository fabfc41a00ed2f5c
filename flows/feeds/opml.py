"""Reads OPML subscription lists; folders and categories become tags (OPML 2.0). `warehouse.opml` writes them.

Lists exported by readers are often broken: a bare `&` in an address, entities of HTML, a wrong encoding, a control
sign, a missing end. They are read as far as they go, and what could not be read is said item by item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import lxml.etree

from flows.feeds.addresses import feed_of_address
from flows.feeds.encodings import decode_feed
from flows.feeds.identity import identity_address
from flows.feeds.mend import mend
from flows.feeds.plain_text import tidy_line
from flows.feeds.xml_tree import parse_xml, without_declaration
from warehouse.errors import FeedError
from warehouse.records import OPML_OUTLET_NAMES, Feed

_DOCTYPE = re.compile(r"^\s*<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_OWN_TEXT_SIGNS = 200
# What an outline says it is when it is a feed, whatever it lacks.
_FEED_TYPES = frozenset({"rss", "atom", "feed", "json", "pie"})


@dataclass(frozen=True, slots=True)
class Unread:
    """One item of a list that is no feed we can read: what it calls itself, and why."""

    item: str
    reason: str


@dataclass(slots=True)
class SubscriptionList:
    """What a list holds: each feed once, in its order; addresses listed again; and what could not be read."""

    feeds: list[Feed] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read_opml(
    body: bytes, *, now: datetime | None = None, outlets: Mapping[str, Feed] | None = None
) -> SubscriptionList:
    """The feeds of a list, each address once, with the tags of every place it stands in.

    Args:
        body: the file's bytes.
        now: when they were added.
        outlets: known feeds by domain (`outlets_by_domain`), whose outlet and family a feed joins.

    Raises:
        FeedError: the bytes hold no OPML at all.
    """
    found = SubscriptionList()
    feeds: dict[str, Feed] = {}
    for outline, folders in _outlines(_read_root(body)):
        title = tidy_line(_attribute(outline, "title") or _attribute(outline, "text"))
        address, reason = _address_of(outline)
        try:
            feed = feed_of_address(address, title=title, origin="opml", now=now, outlets=outlets)
        except FeedError as error:
            found.unread.append(Unread(title or address or "an outline without a name", reason or str(error)))
            continue
        categories = [part.strip("/ ") for part in _attribute(outline, "category").split(",")]
        tags = [tidy_line(tag) for tag in (*folders, *categories)]
        language = _attribute(outline, "language").strip().lower()
        key = identity_address(feed.url)
        if key in feeds:
            found.repeated.append(feed.url)
            tags = [*feeds[key].tags, *tags]
            feed = feeds[key]
        else:
            feed = _with_outlet(feed, outline)
            feed = replace(feed, language=language) if re.fullmatch("[a-z]{2,3}", language) else feed
        feeds[key] = replace(feed, tags=tuple(dict.fromkeys(filter(None, tags))))
    found.feeds = list(feeds.values())
    return found


def _with_outlet(feed: Feed, outline: Any) -> Feed:
    """The feed with the outlet that a list of our own names, whatever outlet its domain is known for."""
    said = {name: tidy_line(outline.get(key, ""))[:_OWN_TEXT_SIGNS] for key, name in OPML_OUTLET_NAMES.items()}
    country_code = said.pop("country_code")
    if re.fullmatch("[A-Z]{3}", country_code):
        feed = replace(feed, country_code=country_code)
    outlet_id = said["outlet_id"]
    if not outlet_id:
        return feed
    name, family_id = said["outlet_name"] or outlet_id, said["family_id"] or outlet_id
    return replace(feed, outlet_id=outlet_id, outlet_name=name, family_id=family_id)


def _address_of(outline: Any) -> tuple[str, str]:
    """(address of an outline, why it has none)."""
    address = _attribute(outline, "xmlurl").strip()
    kind = _attribute(outline, "type").strip().lower()
    if not address and kind in _FEED_TYPES:
        # Old exporters wrote `url`.
        address = _attribute(outline, "url").strip()
    if address:
        return address, ""
    if kind == "include":
        return "", f"it includes another list, {_attribute(outline, 'url')!r}; import that one by itself"
    site = _attribute(outline, "htmlurl").strip()
    return "", f"it has no xmlUrl; add {site} by itself" if site else "it has no xmlUrl"


def _read_root(body: bytes) -> Any:
    text, _ = decode_feed(body, None)
    document = _DOCTYPE.sub("", without_declaration(text))
    try:
        root = parse_xml(mend(document), is_broken=True)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise FeedError(f"the list is not OPML: {error}") from error
    if root is None or not isinstance(root.tag, str) or root.tag.rpartition("}")[2].lower() != "opml":
        raise FeedError("the list is not OPML: it has no <opml> element")
    return root


def _outlines(root: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every outline that is or should be a feed, with the names of the folders around it; no recursion."""
    stack: list[tuple[Any, tuple[str, ...]]] = [(root, ())]
    while stack:
        element, folders = stack.pop()
        inside = folders
        if str(element.tag).rpartition("}")[2].lower() == "outline":
            is_feed = _is_feed(element)
            if is_feed:
                yield element, folders
            name = tidy_line(_attribute(element, "text") or _attribute(element, "title"))
            inside = (*folders, name) if name and not is_feed else folders
        stack.extend((child, inside) for child in reversed(element) if isinstance(child.tag, str))


def _is_feed(outline: Any) -> bool:
    if _attribute(outline, "xmlurl"):
        return True
    kind = _attribute(outline, "type").strip().lower()
    return kind in _FEED_TYPES or kind == "include" or (bool(_attribute(outline, "htmlurl")) and not len(outline))


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).lower() == name), "")
