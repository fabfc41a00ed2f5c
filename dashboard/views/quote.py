"""Text from the web as HTML that cannot do anything: escaped, with the evidence marked, in its own direction."""

from __future__ import annotations

import html
from typing import Final
from urllib.parse import urlsplit

from dashboard.translation import t

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "ur", "he", "ps", "ckb", "yi", "dv", "sd", "ug"})


def text_direction(language: str | None) -> str:
    """Gives `rtl` for languages written from right to left, else `ltr`; `auto` where the language is unknown."""
    if not language:
        return "auto"
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def web_link(url: str | None) -> str | None:
    """Gives the address when a browser may follow it: http or https with a host; else None.

    Without the name and password that a subscriber's address may hold: they are nobody's who reads here.
    """
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host).geturl() if parts.scheme in {"http", "https"} and host else None


def linked(shown: str, url: str | None) -> str:
    """Gives escaped HTML as a link that opens beside the page; as it is where a browser may not follow the address."""
    link = web_link(url)
    if link is None:
        return shown
    return f'<a href="{html.escape(link, quote=True)}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def article_link(url: str | None) -> str:
    """Gives the way to the article as HTML; nothing where a browser may not follow it."""
    return linked(html.escape(t("Open the article ↗")), url) if web_link(url) else ""


def paragraph(text: str, *, language: str | None = None) -> str:
    """Gives the text as one escaped HTML paragraph."""
    return f"<p {attributes(language)}>{_escaped(text)}</p>"


def quoted(text: str, start: int, end: int, *, language: str | None, around: int | None = 320) -> str:
    """Gives the text as an HTML quotation in which `text[start:end]` is marked.

    Args:
        text: the stored text that the offsets count in.
        start: the first marked character; clipped into the text.
        end: after the last marked character.
        language: sets direction and `lang`.
        around: how many characters to keep on either side, cut at a word; None keeps all.
    """
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    first, last = (
        (0, len(text)) if around is None else (_cut_before(text, start, around), _cut_after(text, end, around))
    )
    before = ("… " if first > 0 else "") + text[first:start]
    after = text[end:last] + (" …" if last < len(text) else "")
    marked = f"<mark>{_escaped(text[start:end])}</mark>"
    return f"<blockquote {attributes(language)}>{_escaped(before)}{marked}{_escaped(after)}</blockquote>"


def located(text: str, start: int, end: int, evidence: str) -> tuple[int, int] | None:
    """Gives where the evidence stands: at its offsets, else where it is found, else None: it was edited since."""
    if text[start:end] == evidence:
        return start, end
    found = text.find(evidence) if evidence else -1
    return (found, found + len(evidence)) if found >= 0 else None


def attributes(language: str | None) -> str:
    """Gives the attributes of an HTML element whose text is of this language: direction and `lang`."""
    lang = f' lang="{html.escape(language, quote=True)}"' if language else ""
    return f'dir="{text_direction(language)}"{lang}'


def _escaped(text: str) -> str:
    return html.escape(text, quote=True).replace("\n", "<br>")


def _cut_before(text: str, start: int, around: int) -> int:
    if start <= around:
        return 0
    space = text.find(" ", start - around, start)
    return space + 1 if space >= 0 else start - around


def _cut_after(text: str, end: int, around: int) -> int:
    if end + around >= len(text):
        return len(text)
    space = text.rfind(" ", end, end + around)
    return space if space >= 0 else end + around
