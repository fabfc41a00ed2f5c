"""Mends what makes XML ill-formed without making it unreadable, so that nothing is lost where feedparser would guess.

Only for documents that no XML parser takes. Outside of CDATA: controls go, names of HTML's entities become their signs,
an ampersand that begins none is a plain one. CDATA within CDATA becomes one section. A document that breaks off is
closed where it broke off, with all it has said until then.
"""

from __future__ import annotations

import re
from html import escape
from html.entities import html5
from xml.parsers import expat

from lxml import etree

from flows.feeds.xml_tree import parse_xml

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER = re.compile(r"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|(?P<number>#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};))?")
_MARKS = re.compile(r"(<!\[CDATA\[|\]\]>)")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def is_well_formed(document: str) -> bool:
    """True where an XML parser takes the document."""
    try:
        parse_xml(document)
    except (etree.LxmlError, ValueError):
        return False
    return True


def mend(document: str) -> str:
    """The document with its defects mended where that needs no guess; the same where it has none. Never raises."""
    has_entities = "<!ENTITY" in document[:5000].upper()
    pieces: list[str] = []
    depth = 0
    parts = _MARKS.split(_CONTROLS.sub("", document))
    for place, part in enumerate(parts):
        if place % 2 == 0:
            pieces.append(part if depth else _mend_references(part, has_entities))
            continue
        if part == "]]>":
            depth -= 1 if depth else 0
            pieces.append("" if depth else part)
            continue
        pieces.append("" if depth else part)
        # One within another only where both are closed; else the inner mark is a slip.
        if not depth or parts[place + 2 : place + 5 : 2] == ["]]>", "]]>"]:
            depth += 1
    return _close("".join(pieces))


def _mend_references(text: str, has_entities: bool) -> str:
    def replace(match: re.Match[str]) -> str:
        name, number = match["name"], match["number"]
        if number:
            return match[0] if _is_allowed(match[0]) else ""
        if name in _XML_NAMES or (name and has_entities):
            return match[0]
        sign = html5.get(f"{name};", "") if name else ""
        return escape(sign, quote=False) if sign else f"&amp;{match[0][1:]}"

    return _AMPERSAND.sub(replace, text) if "&" in text else text


def _is_allowed(reference: str) -> bool:
    match = _NUMBER.fullmatch(reference)
    code = int(match[1], 16) if match and match[1] else int(match[2]) if match else 0
    return code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def _close(document: str) -> str:
    """The document with what is open at its end closed, where breaking off is all that it suffers from."""
    if "<!DOCTYPE" in document[:5000].upper():
        return document
    whole = _without_half_a_tag(document)
    still_open: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, _: still_open.append(name)
    parser.EndElementHandler = lambda _: still_open.pop()
    try:
        # Not final: that more should come is no error.
        parser.Parse(whole.encode("utf-8", "replace"), False)
    except (expat.ExpatError, ValueError):
        return document
    return whole + "".join(f"</{name}>" for name in reversed(still_open)) if still_open else document


def _without_half_a_tag(document: str) -> str:
    if document.rfind("<![CDATA[") > document.rfind("]]>"):
        return document + "]]>"
    if document.rfind("<!--") > max(document.rfind("-->"), document.rfind("]]>")):
        return document[: document.rfind("<!--")]
    return document[: document.rfind("<")] if document.rfind("<") > document.rfind(">") else document
