"""A brief as RSS 2.0 and as Atom (RFC 4287): a feed of our own events, one item an event, newest first."""

from __future__ import annotations

from datetime import UTC, datetime, time
from email.utils import format_datetime
from xml.etree import ElementTree

from flows.rounds.briefing.text import deed_of, summary_of
from warehouse.briefs import Brief
from warehouse.xml_text import xml_text

ATOM = "http://www.w3.org/2005/Atom"


def brief_as_rss(brief: Brief) -> str:
    """The brief as RSS 2.0; the guid of an item is the event's id."""
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", _name(brief))
    # A link is asked for, and a file does not know where it will be served: the newest report stands for it.
    _add(channel, "link", next((event.link for event in brief.events if event.link), "about:blank"))
    _add(channel, "description", summary_of(brief))
    _add(channel, "language", "en")
    _add(channel, "lastBuildDate", format_datetime(_updated(brief)))
    for event in brief.events:
        item = ElementTree.SubElement(channel, "item")
        _add(item, "title", deed_of(event))
        if event.link:
            _add(item, "link", event.link)
        _add(item, "description", event.sentence)
        _add(item, "guid", f"mereda:event:{event.event_id}", isPermaLink="false")
        _add(item, "pubDate", format_datetime(event.first_reported_at_utc))
        _add(item, "category", event.direction)
    return _document(root)


def brief_as_atom(brief: Brief) -> str:
    """The brief as Atom; the id of an entry is the event's."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", _name(brief), space=ATOM)
    _add(feed, "subtitle", summary_of(brief), space=ATOM)
    _add(feed, "id", f"urn:mereda:brief:{brief.name}", space=ATOM)
    _add(feed, "updated", _updated(brief).isoformat(), space=ATOM)
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", "Mereda", space=ATOM)
    for event in brief.events:
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "title", deed_of(event), space=ATOM)
        _add(entry, "id", f"urn:mereda:event:{event.event_id}", space=ATOM)
        if event.link:
            ElementTree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=xml_text(event.link))
        _add(entry, "published", event.first_reported_at_utc.isoformat(), space=ATOM)
        _add(entry, "updated", event.first_reported_at_utc.isoformat(), space=ATOM)
        _add(entry, "content", event.sentence, space=ATOM, type="text")
        ElementTree.SubElement(entry, f"{{{ATOM}}}category", term=event.direction)
    return _document(feed)


def _name(brief: Brief) -> str:
    """The feed's title: the day is left out, since a feed lasts."""
    return f"{brief.side_a} and {brief.side_b}: events"


def _updated(brief: Brief) -> datetime:
    """When the newest event was first reported; the start of the brief's day where it has none."""
    return max(
        (event.first_reported_at_utc for event in brief.events),
        default=datetime.combine(brief.on_date, time(), tzinfo=UTC),
    )


def _add(parent: ElementTree.Element, tag: str, text: str, *, space: str = "", **attributes: str) -> None:
    child = ElementTree.SubElement(parent, f"{{{space}}}{tag}" if space else tag, attributes)
    child.text = xml_text(text)


def _document(root: ElementTree.Element) -> str:
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
