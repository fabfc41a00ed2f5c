"""Turns the HTML of feeds into plain text: no tags, entities decoded, a line per block. It interprets nothing."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
SILENT_TAGS = frozenset({"script", "style", "noscript", "template", "iframe", "object"})
# Signs that text never needs and storage or display trip over: controls, lone surrogates, byte order marks.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u200b\u2060\u00ad]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
# html.parser takes time square in the number of unclosed comments and declarations, so these go first.
_DECLARATIONS = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)
_UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_SPACES = re.compile(r"[^\S\n]+")


class _TextCollector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT_TAGS:
            self._silent_depth += 1
        elif tag in BLOCK_TAGS:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCK_TAGS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT_TAGS:
            self._silent_depth = max(0, self._silent_depth - 1)
        elif tag in BLOCK_TAGS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent_depth:
            self.parts.append(data)


def text_of_html(markup: str) -> str:
    """Plain text of an HTML fragment: a line per block, no tags, entities decoded; "" where there is none."""
    if "<" not in markup:
        return tidy_text(html.unescape(markup))
    # What was wrapped twice is still text, which a parser of HTML would take for a declaration.
    markup = markup.replace("<![CDATA[", "").replace("]]>", "") if "<![CDATA[" in markup else markup
    collector = _TextCollector()
    try:
        collector.feed(without_declarations(markup))
        collector.close()
    except (AssertionError, ValueError):
        # html.parser gives up on malformed declarations such as `<![foo`.
        return tidy_text(html.unescape(_TAG.sub(" ", markup)))
    return tidy_text("".join(collector.parts))


def without_declarations(markup: str) -> str:
    """The markup without comments, declarations and instructions, closed or not; linear in its length."""
    plain = _DECLARATIONS.sub("", markup)
    if plain.count("<") > 2 * plain.count(">") + 50:
        # Thousands of tags that never close cost html.parser the square of their number; they are text.
        return _UNCLOSED.sub("&lt;", plain)
    return plain


def tidy_text(text: str) -> str:
    """The text without control signs, with single spaces, and without empty lines or spaces around lines."""
    if "  " not in text and text.isprintable():
        # The usual title, ten times faster: what is printable is one line without controls or other spaces.
        return text.strip()
    lines = (_SPACES.sub(" ", line).strip() for line in _UNWANTED.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def tidy_line(text: str) -> str:
    """The text as one line, for titles."""
    return " ".join(tidy_text(text).split())
