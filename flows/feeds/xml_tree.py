"""Parses XML so that it can do no harm: no entities, no DTD, nothing from the network, libxml2's own limits hold."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>", re.IGNORECASE)


def without_declaration(text: str) -> str:
    """The document behind its mark and XML declaration, whose encoding says nothing any more once it is text."""
    return _DECLARATION.sub("", text.lstrip("\ufeff"), count=1).lstrip()


def parse_xml(document: str, *, is_broken: bool = False) -> Any:
    """The root element of a document, without comments and instructions; whatever encoding it declares is ignored.

    Args:
        document: lone surrogates in it become question marks.
        is_broken: read as far as it goes; the root may then be None.

    Raises:
        etree.LxmlError, ValueError: it is not well-formed, or nothing of it can be read.
    """
    parser = etree.XMLParser(
        encoding="utf-8", recover=is_broken, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    return etree.fromstring(document.encode("utf-8", "replace"), parser)
