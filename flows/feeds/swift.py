"""Reads plain, well-formed RSS, RDF and Atom by lxml, as feedparser would, many times faster.

A front and no rival: whatever is unusual (`swift_names.toml` lists what is not) gives None, and feedparser reads the
document. That both agree is tested on every capture and on generated feeds. A DOCTYPE is always unusual, so neither
entities nor anything outside the document are ever looked at; libxml2's own limits on depth and length hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from lxml import etree

from flows.feeds.identity import is_web_address, join_address
from flows.feeds.items import RawFeed, RawItem
from flows.feeds.plain_text import text_of_html
from flows.feeds.swift_names import CHANNEL_FIELDS, HARMLESS, ITEM_FIELDS, Names, UnusualError, is_unknown
from flows.feeds.xml_items import ItemParts, Markup, item_of_parts
from flows.feeds.xml_tree import parse_xml

ATOM = "http://www.w3.org/2005/Atom"
RSS_1 = "http://purl.org/rss/1.0/"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML = "{http://www.w3.org/XML/1998/namespace}"

_PROLOG_END = re.compile(r"<[A-Za-z_]")
_EXTRA_SLASH = re.compile(r"[A-Za-z][A-Za-z0-9+,\-.]*:///")
_BASE = re.compile(r"base\s{0,80}=", re.IGNORECASE)
_QUERY_ENTITY = re.compile(r"&([A-Za-z0-9_]+);")
# What bytes 128-159 mean in windows-1252; feedparser reads these controls so, wherever they come from.
_CONTROLS = {code: sign for code in range(128, 160) if (sign := bytes([code]).decode("cp1252", "ignore"))}
_IS_TEXT = {"text": True, "plain": True, "text/plain": True, "html": False, "text/html": False}
_PAGE_TYPES = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})
_HOLDER_ATTRIBUTES = frozenset({f"{RDF}about", f"{XML}lang", f"{XML}space", "lang"})


def read_swiftly(document: str, base_url: str) -> RawFeed | None:
    """The feed in a document without its XML declaration, or None where feedparser has to read it. Never raises."""
    start = _PROLOG_END.search(document)
    if start is None or "<!" in document[: start.start()].replace("<!--", ""):
        return None
    try:
        return _Reading(document, parse_xml(document), base_url).read()
    except (etree.LxmlError, UnusualError, ValueError):
        return None


_SINGLE = frozenset({"title", "guid", "summary"})
_TEXT_NAMES = frozenset({"title", "dc_title", "summary", "content"})  # plain text in Atom, where they say no type


class _Reading:
    """The reading of one document. Every method raises UnusualError where feedparser has to read."""

    def __init__(self, document: str, root: Any, base_url: str) -> None:
        self.document = document
        self.root = root
        self.names = Names(document)
        self.address = base_url
        self.base_url = join_address(base_url, base_url) if is_web_address(base_url) else ""
        self.is_atom = root.tag == f"{{{ATOM}}}feed"

    def read(self) -> RawFeed:
        root, declared = self.root, self.names.prefixes
        if any(name in root.attrib for name in (f"{XML}base", "base")):
            raise UnusualError
        if not self.base_url and _BASE.search(self.document):
            raise UnusualError  # with none to return to, feedparser keeps the base of an element for all that follow
        if self.is_atom:
            if RSS_1 in declared:
                raise UnusualError
            return self._read_channel(root, "entry")
        if root.tag == "rss":
            (channel,) = root  # ValueError, and so unusual, where there are others
            return self._read_channel(self._checked_channel(channel), "item")
        if root.tag != f"{RDF}RDF" or ATOM in declared or RSS_1 not in declared:
            raise UnusualError
        channels = [child for child in root if self._name_of(child) == "channel"]
        (channel,) = channels
        return self._read_channel(
            self._checked_channel(channel), "item", (child for child in root if child is not channel)
        )

    def _checked_channel(self, channel: Any) -> Any:
        if self._name_of(channel) != "channel" or not _HOLDER_ATTRIBUTES.issuperset(channel.attrib):
            raise UnusualError
        return channel

    def _name_of(self, element: Any) -> str:
        return self.names.of(element.tag, element.prefix)

    def _read_channel(self, channel: Any, item_name: str, outside: Iterable[Any] = ()) -> RawFeed:
        titles: list[str] = []
        guids: list[str] = []
        link: str | None = None
        language = self._root_language()
        items: list[RawItem] = []
        for place, child in enumerate((*channel, *outside)):
            name = self._name_of(child)
            field = CHANNEL_FIELDS.get(name)
            if field not in (None, "image") and place >= len(channel):
                raise UnusualError  # feedparser passes over a title that stands beside the channel
            if name == item_name:
                items.append(self._read_item(child))
            elif field is None:
                self._check_harmless(child, name, "channel")
            elif field == "title":
                titles.append(self._read_markup(child, is_text=True).value)
            elif field == "link":
                stated, _ = self._read_link(child, is_item=False)
                link = link if stated is None else stated
            elif field == "guid":
                guid, is_link = self._read_guid(child)
                guids.append(guid if is_link else "")
            elif field == "language":
                language = _mend(_leaf_text(child))
            else:
                self._check_picture(child)
        if len(titles) > 1 or len(guids) > 1:
            raise UnusualError
        link = "".join(guids) if link is None else link
        return RawFeed(title=text_of_html("".join(titles)), link=link, language=language, items=items)

    def _root_language(self) -> str:
        if self.root.tag == f"{RDF}RDF":
            return ""  # where feedparser never sees it
        language: str = self.root.get(f"{XML}lang", self.root.get("lang", ""))
        return language

    def _check_picture(self, image: Any) -> None:
        for child in image:
            if self._name_of(child) not in HARMLESS["image"] or len(child):
                raise UnusualError

    def _check_harmless(self, element: Any, name: str, place: str) -> bool:
        """True where the element or one within holds a picture's title or caption, which an item may lack."""
        if ITEM_FIELDS.get(name) in ("media_title", "media_text"):
            _leaf_text(element)
            return True
        is_listed = name in HARMLESS["everywhere"] or name in HARMLESS[place]
        if not len(element) and (is_listed or is_unknown(name)):
            return False
        if name in HARMLESS["containers"] or is_unknown(name):
            # All of them have to be looked at, so no short cut at the first.
            return any([self._check_harmless(child, self._name_of(child), place) for child in element])
        raise UnusualError

    def _read_item(self, item: Any) -> RawItem:
        if not _HOLDER_ATTRIBUTES.issuperset(item.attrib):
            raise UnusualError
        parts = ItemParts(guid=item.get(f"{RDF}about", ""))
        links: list[str] = []
        link: str | None = None
        has_media_text = is_guid_link = False
        for child, name, field in self._fields_of(item):
            if field is None or field in ("media_title", "media_text"):
                has_media_text |= self._check_harmless(child, name, "item")
            elif field == "link":
                stated, alternate = self._read_link(child, is_item=True)
                link = link if stated is None else stated
                links += [alternate] if alternate else []
            elif field == "guid":
                parts.guid, is_guid_link = self._read_guid(child)
            elif field in ("content", "encoded"):
                parts.contents += (self._read_markup(child, is_text=name in _TEXT_NAMES),)
            elif field in ("title", "summary"):
                setattr(parts, field, self._read_markup(child, is_text=name in _TEXT_NAMES))
            else:
                setattr(parts, field, self._read_author(child) if field == "author" else _mend(_leaf_text(child)))
        parts.links = (parts.guid if link is None and is_guid_link else link or "", *links)
        if parts.summary is None and parts.contents:
            parts.summary = Markup(parts.contents[0].value)
        raw = item_of_parts(parts, self.address)
        if has_media_text and not (raw.title and (raw.summary or raw.content)):
            raise UnusualError
        return raw

    def _fields_of(self, item: Any) -> Iterator[tuple[Any, str, str | None]]:
        """The elements of an item with name and field; of a field that feedparser combines there may be one only."""
        seen: set[str] = set()
        for child in item:
            name = self._name_of(child)
            field = ITEM_FIELDS.get(name)
            if field in seen or (field == "original_link" and child.attrib):
                raise UnusualError
            if field in _SINGLE or (field == "author" and self.is_atom):
                seen.add(field)
            yield child, name, field

    def _read_markup(self, element: Any, *, is_text: bool) -> Markup:
        for key, value in element.attrib.items():
            local = key.lower()
            if local == "type":
                kind = _IS_TEXT.get(value.lower())
                if kind is None:
                    raise UnusualError
                is_text = kind
            elif local in ("mode", "src") or (key.startswith("{") and not key.startswith(XML)):
                raise UnusualError
        return Markup(_mend(_leaf_text(element)), is_text and self.is_atom)

    def _read_guid(self, element: Any) -> tuple[str, bool]:
        """The guid, and whether it stands for a link where there is none."""
        is_link = True
        for key, value in element.attrib.items():
            if key.lower() == "ispermalink":
                is_link = value == "true"
            elif key.startswith("{") or key == "base":
                raise UnusualError
        text = _leaf_text(element)
        return _mend(self._resolve(text) if is_link and text else text), is_link

    def _read_link(self, element: Any, *, is_item: bool) -> tuple[str | None, str]:
        """What the link becomes, None where it stays; and the address of an alternate page, "" where none."""
        attributes = {key.lower(): value for key, value in element.attrib.items()}
        if any(key.startswith("{") or key in ("url", "uri", "base") for key in attributes):
            raise UnusualError
        rel = attributes.get("rel", "alternate").lower()
        text = _leaf_text(element)
        if "href" in attributes:
            address = self._resolve(attributes["href"])
            kind = attributes.get("type", "text/html" if rel != "self" else "").lower()
            is_page = rel == "alternate" and kind in _PAGE_TYPES
            return address if is_page else None, address if rel == "alternate" else ""
        address = _mend(self._resolve(text)) if text else ""
        address = _QUERY_ENTITY.sub(r"&\1", address.replace("&amp;", "&") if is_item else address)
        return address, address if rel == "alternate" else ""

    def _resolve(self, uri: str) -> str:
        if _EXTRA_SLASH.match(uri):
            raise UnusualError
        return join_address(self.base_url, uri)

    def _read_author(self, element: Any) -> str:
        if not len(element):
            return _mend(_leaf_text(element))
        loose = (element.text or "") + "".join(child.tail or "" for child in element)
        if not self.is_atom or self._name_of(element) != "author" or loose.strip():
            raise UnusualError
        found: dict[str, str] = {}
        for child in element:
            name = self._name_of(child)
            if name in found or (name not in ("name", "email") and name not in HARMLESS["person"]):
                raise UnusualError
            found[name] = _leaf_text(child)
        name, email = found.get("name", ""), found.get("email", "")
        return f"{name} ({email})" if name and email else name or email


def _leaf_text(element: Any) -> str:
    if len(element):
        raise UnusualError
    return (element.text or "").strip()


def _mend(text: str) -> str:
    """UTF-8 that was taken for Latin 1 on its way is read anew, as feedparser does."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    return text.translate(_CONTROLS)
