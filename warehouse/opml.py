"""Writes the list of feeds as OPML, for people to take along; `flows.feeds.opml` reads such lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree

from warehouse.records import OPML_NAMESPACE, OPML_OUTLET_NAMES, Feed
from warehouse.xml_text import xml_text

ElementTree.register_namespace("mereda", OPML_NAMESPACE)


def write_opml(feeds: Iterable[Feed], *, title: str = "Mereda feeds", now: datetime | None = None) -> bytes:
    """An OPML 2.0 list in UTF-8 that `read_opml` reads back: addresses, titles, languages, outlets and tags.

    The first tag is the folder, which every reader understands, the others are the category; where one of them could
    not stand in a category, the tags up to it are folders within folders.
    """
    root = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = title
    if now is not None:
        ElementTree.SubElement(head, "dateCreated").text = now.strftime("%a, %d %b %Y %H:%M:%S +0000")
    body = ElementTree.SubElement(root, "body")
    folders: dict[tuple[str, ...], ElementTree.Element] = {(): body}
    for feed in feeds:
        tags = tuple(filter(None, (xml_text(tag) for tag in feed.tags)))
        depth = max((place for place, tag in enumerate(tags, 1) if not _is_category(tag)), default=min(1, len(tags)))
        for end in range(1, depth + 1):
            if tags[:end] not in folders:
                name = tags[end - 1]
                folders[tags[:end]] = ElementTree.SubElement(folders[tags[: end - 1]], "outline", text=name, title=name)
        name = xml_text(feed.title)
        outline = {"type": "rss", "text": name, "title": name, "xmlUrl": xml_text(feed.url)}
        if feed.language:
            outline["language"] = feed.language
        said = {key: xml_text(getattr(feed, name) or "") for key, name in OPML_OUTLET_NAMES.items()}
        outline |= {key: text for key, text in said.items() if text}
        if tags[depth:]:
            outline["category"] = ",".join(tags[depth:])
        ElementTree.SubElement(folders[tags[:depth]], "outline", outline)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _is_category(tag: str) -> bool:
    return "," not in tag and tag == tag.strip("/ ")
