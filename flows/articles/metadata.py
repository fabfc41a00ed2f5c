"""What a page says of itself: title, time, language and address, from ld+json, Open Graph and plain HTML.

Sources in order of trust: schema.org ld+json (written by the newsroom's system), Open Graph and `article:` tags,
then `<time>`, `<h1>`, `<title>` and `<html lang>`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from flows.articles.address import canonical_url, registrable_domain

ARTICLE_TYPES = re.compile(r"Article|NewsReport|BlogPosting|Posting$|Report$", re.IGNORECASE)
TITLE_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " » ", " • ")
PUBLISHED_TAGS = (
    "article:published_time", "og:published_time", "article:published", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued",
    "dcterms.created", "publication_date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page says of itself; None or "" where it is silent."""

    title: str
    headings: tuple[str, ...]  # every form of the title on the page
    published_at_utc: datetime | None
    language: str | None  # as written: "id-ID"
    canonical_url: str | None  # only within the same registrable domain as the page


def read_metadata(tree: HtmlElement, url: str) -> PageMetadata:
    """The metadata of a page parsed from `url`; never raises on what a page may hold."""
    tags = dict(_iterate_meta(tree))
    linked = next(_iterate_articles(tree), {})
    site = tags.get("og:site_name", "")
    first_headings = [_plain(str(h.text_content())) for h in tree.xpath("//h1")[:3]]
    page_title = _plain(" ".join(str(t.text_content()) for t in tree.xpath("//head/title")[:1]))
    stated = [_string(linked.get("headline")), tags.get("og:title", ""), tags.get("twitter:title", "")]
    named = [_strip_site(title, site) for title in (*stated, *first_headings[:1], page_title) if title]
    times = (
        _string(linked.get("datePublished")),
        *(tags.get(name, "") for name in PUBLISHED_TAGS),
        *_iterate_times(tree),
    )
    languages = (
        _string(linked.get("inLanguage")),
        str(tree.get("lang") or ""),
        tags.get("og:locale", ""),
        tags.get("content-language", ""),
    )
    return PageMetadata(
        title=named[0] if named else "",
        headings=tuple(dict.fromkeys([*named, *stated, *first_headings, page_title])),
        published_at_utc=next((instant for text in times if (instant := parse_instant(text))), None),
        language=next((text.strip() for text in languages if text.strip()), None),
        canonical_url=_read_canonical(tree, tags, url),
    )


def parse_instant(text: str) -> datetime | None:
    """An ISO 8601 time in UTC, or None; one without a zone is read as UTC, a bare day is refused as too coarse."""
    text = text.strip()
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text):
        return None
    text = re.sub(r"\s*(?:UTC|GMT)$", "+00:00", text)
    text = re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", text)
    try:
        instant = datetime.fromisoformat(text)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _string(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name") or ""
    return _plain(value) if isinstance(value, str) else ""


def _iterate_meta(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    # Reversed, so that in a dict the first of several tags with one name stays.
    for meta in reversed(tree.xpath("//meta[@content]")):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        if name:
            yield name.strip().lower(), _plain(meta.get("content", ""))


def _iterate_times(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath(
        "(//article//time[@datetime] | //time[@datetime] | //*[@itemprop='datePublished'])[position() <= 5]"
    ):
        yield element.get("datetime") or element.get("content") or ""


def _iterate_articles(tree: HtmlElement) -> Iterator[dict[str, object]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (node for node in _iterate_nodes(value, depth=3) if ARTICLE_TYPES.search(_string(node.get("@type"))))


def _iterate_nodes(value: object, depth: int) -> Iterator[dict[str, object]]:
    if isinstance(value, list):
        for item in value:
            yield from _iterate_nodes(item, depth)
    elif isinstance(value, dict):
        yield value
        if depth:
            for name in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from _iterate_nodes(value.get(name), depth - 1)


def _strip_site(title: str, site: str) -> str:
    """The title without the outlet's name behind it; what stays must still be a headline."""
    for separator in TITLE_SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and site and tail.strip().casefold() == site.casefold() and len(head) >= 10:
            return head.strip()
    return title


def _read_canonical(tree: HtmlElement, tags: dict[str, str], url: str) -> str | None:
    """The stated address, unless it leaves the outlet's domain or points to the front page (misconfigured sites do)."""
    stated = [str(link.get("href") or "") for link in tree.xpath("//link[@rel='canonical']")] + [tags.get("og:url", "")]
    for address in stated:
        if not address.strip():
            continue
        try:
            full = urljoin(url, address.strip())
            own, theirs = urlsplit(url), urlsplit(full)
        except ValueError:
            continue
        same_site = registrable_domain(own.hostname or "") == registrable_domain(theirs.hostname or "")
        is_front = theirs.path.strip("/") == "" and not theirs.query and own.path.strip("/") != ""
        if theirs.scheme in {"http", "https"} and same_site and not is_front:
            return canonical_url(full)
    return None
