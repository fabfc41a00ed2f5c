"""Reads and writes OPML subscription lists; folders and categories become tags, and tags become folders (OPML 2.0).

Lists exported by readers are often broken: a bare `&` in an address, a control sign, a missing end. They are read as
far as they go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import lxml.etree

from flows.feeds.addresses import feed_of_address
from flows.feeds.encodings import decode_feed
from flows.feeds.identity import identity_address
from flows.feeds.plain_text import tidy_line
from warehouse.errors import FeedError
from warehouse.records import Feed

_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"^\s*<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_opml(body: bytes, *, now: datetime | None = None, outlets: Mapping[str, Feed] | None = None) -> list[Feed]:
    """The feeds of a list, each address once, in its order; outlines without a usable address are passed over.

    Args:
        body: the file's bytes.
        now: when they were added.
        outlets: known feeds by domain (`outlets_by_domain`), whose outlet and family a feed joins.

    Raises:
        FeedError: the bytes hold no OPML at all.
    """
    root = _read_root(body)
    feeds: dict[str, Feed] = {}
    for outline, folders in _outlines(root):
        address = _attribute(outline, "xmlurl")
        categories = [part.strip("/ ") for part in _attribute(outline, "category").split(",")]
        tags = tuple(dict.fromkeys(filter(None, [*folders, *categories])))
        title = tidy_line(_attribute(outline, "title") or _attribute(outline, "text"))
        try:
            feed = feed_of_address(address, title=title, tags=tags, origin="opml", now=now, outlets=outlets)
        except FeedError:
            continue
        feeds.setdefault(identity_address(feed.url), feed)
    return list(feeds.values())


def _read_root(body: bytes) -> Any:
    text, _ = decode_feed(body, None)
    text = _NOT_XML.sub("", _DOCTYPE.sub("", _DECLARATION.sub("", text)))
    data = _BARE_AMPERSAND.sub("&amp;", text).strip().encode("utf-8")
    parser = lxml.etree.XMLParser(recover=True, resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        raise FeedError(f"the list is not OPML: {error}") from error
    if root is None or root.tag.lower() != "opml":
        raise FeedError("the list is not OPML: it has no <opml> element")
    return root


def _outlines(root: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every outline that has an address, with the names of the folders around it; no recursion, for deep lists."""
    stack: list[tuple[Any, tuple[str, ...]]] = [(root, ())]
    while stack:
        element, folders = stack.pop()
        inside = folders
        if str(element.tag).lower() == "outline":
            if _attribute(element, "xmlurl"):
                yield element, folders
            name = tidy_line(_attribute(element, "text") or _attribute(element, "title"))
            inside = (*folders, name) if name and not _attribute(element, "xmlurl") else folders
        stack.extend((child, inside) for child in reversed(element) if isinstance(child.tag, str))


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).lower() == name), "")


def write_opml(feeds: Iterable[Feed], *, title: str = "Mereda feeds", now: datetime | None = None) -> bytes:
    """An OPML 2.0 list in UTF-8: the first tag is the folder, all tags the category; what `read_opml` reads back."""
    root = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = title
    if now is not None:
        ElementTree.SubElement(head, "dateCreated").text = now.strftime("%a, %d %b %Y %H:%M:%S +0000")
    body = ElementTree.SubElement(root, "body")
    folders: dict[str, ElementTree.Element] = {}
    for feed in feeds:
        parent = body
        if feed.tags:
            name = _xml_text(feed.tags[0])
            if name not in folders:
                folders[name] = ElementTree.SubElement(body, "outline", text=name, title=name)
            parent = folders[name]
        name = _xml_text(feed.title)
        outline = {"type": "rss", "text": name, "title": name, "xmlUrl": _xml_text(feed.url)}
        if feed.language:
            outline["language"] = feed.language
        if len(feed.tags) > 1:
            outline["category"] = ",".join(_xml_text(tag).replace(",", " ") for tag in feed.tags)
        ElementTree.SubElement(parent, "outline", outline)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("", text)
