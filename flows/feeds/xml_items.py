"""What both readings of XML feeds share: the shape they hand on, and how an item is put together from its elements."""

from __future__ import annotations

from dataclasses import dataclass

from flows.feeds.identity import is_web_address, resolve_address
from flows.feeds.items import RawItem
from flows.feeds.plain_text import text_of_html

# Captions of pictures are no summaries. Under these names feedparser keeps them apart from the item's own texts.
MEDIA_TITLE, MEDIA_TEXT = "media_mereda_title", "media_mereda_description"


@dataclass(frozen=True, slots=True)
class Markup:
    """A text element; `is_text` where the format says that what looks like a tag is none."""

    value: str
    is_text: bool = False

    def plain(self) -> str:
        """The text without markup."""
        return self.value if self.is_text else text_of_html(self.value)


@dataclass(slots=True)
class ItemParts:
    """The elements of one item as found; "" and None where it has none. `links` in order of preference."""

    guid: str = ""
    links: tuple[str, ...] = ()
    original_link: str = ""
    title: Markup | None = None
    summary: Markup | None = None
    contents: tuple[Markup, ...] = ()
    author: str = ""
    published: str = ""
    created: str = ""
    updated: str = ""
    media_title: str = ""
    media_text: str = ""


def item_of_parts(parts: ItemParts, base_url: str) -> RawItem:
    """The item; a picture's title and caption stand in where it has no title or no text of its own."""
    title = parts.title.plain() if parts.title else ""
    summary = parts.summary.plain() if parts.summary else ""
    content = max((each.plain() for each in parts.contents), key=len, default="")
    if not (summary or content):
        summary = text_of_html(parts.media_text)
    return RawItem(
        guid=parts.guid or None,
        url=_address_of(parts, base_url),
        title=title or text_of_html(parts.media_title),
        summary=summary,
        content=content,
        author=parts.author or None,
        language=None,
        date_texts=tuple(filter(None, (parts.published, parts.created, parts.updated))),
    )


def _address_of(parts: ItemParts, base_url: str) -> str | None:
    """The first of its links that is one; before all the link that a counting service replaced by its own."""
    original = parts.original_link.strip()
    if is_web_address(original):
        return resolve_address(original, base_url)
    guid = parts.guid.strip()
    for candidate in (*parts.links, guid if is_web_address(guid) else ""):
        address = resolve_address(candidate, base_url)
        if address:
            return address
    return None
