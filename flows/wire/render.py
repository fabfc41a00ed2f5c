"""Feeds (RSS 2.0, Atom) and pages (one template for each outlet) of the wire, as text.

Pages carry what real ones do: read-also links, related posts, share buttons, a cookie banner, a comment form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from flows.wire.newsroom import Edition
from flows.wire.outlets import Outlet
from flows.wire.stock import Article

_PAGES = Path(__file__).parent / "pages"
_INLINE_LINK = re.compile(r"\[\[([a-z0-9-]+)\]\]")
_READ_ALSO = {"id": "Baca juga", "en": "Read also", "ar": "اقرأ أيضا", "fa": "بیشتر بخوانید", "ur": "یہ بھی پڑھیں"}
_RTL = {"ar", "fa", "ur"}


def paragraphs_of(article: Article) -> list[str]:
    """The article's own paragraphs in order, without read-also links."""
    blocks = [block.strip() for block in article.body.strip().split("\n\n")]
    return [_INLINE_LINK.sub("", block).replace("  ", " ") for block in blocks if not block.startswith(">>")]


def render_page(edition: Edition, outlet: Outlet, stock: Mapping[str, Article], related: Sequence[Article]) -> str:
    """The HTML page of an article; `stock` resolves its links, `related` fills the box below it."""
    article = edition.article
    local = article.published_at_utc.astimezone(timezone(timedelta(hours=outlet.utc_offset_h)))
    return _template(outlet.outlet_id).substitute(
        title=escape(article.title),
        outlet=escape(outlet.name),
        outlet_id=outlet.outlet_id,
        language=article.language,
        direction="rtl" if article.language in _RTL else "ltr",
        byline=escape(article.byline or f"Redaksi {outlet.name}" if article.language == "id" else article.byline),
        date_iso=local.isoformat(),
        date_text=f"{local:%d/%m/%Y %H:%M}",
        lead=escape(paragraphs_of(article)[0], quote=True),
        path=article.path,
        section=article.section,
        body="\n".join(_block(block, article, stock) for block in article.body.strip().split("\n\n")),
        related="\n".join(f'<li><a href="{other.path}">{escape(other.title)}</a></li>' for other in related),
    )


def render_front(outlet: Outlet, editions: Sequence[Edition]) -> str:
    """The front page of an outlet, which names its feed in its head."""
    kind = "application/atom+xml" if outlet.feed_format == "atom" else "application/rss+xml"
    items = "\n".join(f'<li><a href="{e.article.path}">{escape(e.article.title)}</a></li>' for e in editions)
    return (
        f'<!doctype html><html lang="{outlet.language}"><head><meta charset="utf-8"><title>{escape(outlet.name)}'
        f'</title><link rel="alternate" type="{kind}" href="/{outlet.outlet_id}/feed.xml"></head>'
        f"<body><h1>{escape(outlet.name)}</h1><ul>\n{items}\n</ul></body></html>"
    )


def render_feed(outlet: Outlet, editions: Sequence[Edition], base_url: str, changed_at_utc: datetime) -> str:
    """The outlet's feed in its own format; the dates of entries are the articles' historical ones."""
    if outlet.feed_format == "atom":
        return _atom(outlet, editions, base_url, changed_at_utc)
    items = "".join(_rss_item(outlet, edition.article, base_url) for edition in editions)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
        f"<title>{escape(outlet.name)}</title><link>{base_url}/{outlet.outlet_id}/</link>"
        f"<description>{escape(outlet.name)}</description><language>{outlet.language}</language>"
        f"<lastBuildDate>{format_datetime(changed_at_utc)}</lastBuildDate><ttl>1</ttl>\n{items}</channel></rss>\n"
    )


def _rss_item(outlet: Outlet, article: Article, base_url: str) -> str:
    local = article.published_at_utc.astimezone(timezone(timedelta(hours=outlet.utc_offset_h)))
    full = ""
    if outlet.has_full_text or article.page != "served":
        full = f"<content:encoded>{escape(_full_text(article))}</content:encoded>"
    return (
        f"<item><title>{escape(article.title)}</title><link>{base_url}{article.path}?utm_source=feed</link>"
        f'<guid isPermaLink="false">tag:{outlet.outlet_id},{article.article_id}</guid>'
        f"<pubDate>{format_datetime(local)}</pubDate><dc:creator>{escape(article.byline or outlet.name)}</dc:creator>"
        f"<category>{article.section}</category>"
        f"<description>{escape(paragraphs_of(article)[0])}</description>{full}</item>\n"
    )


def _atom(outlet: Outlet, editions: Sequence[Edition], base_url: str, changed_at_utc: datetime) -> str:
    entries = "".join(_atom_entry(outlet, edition.article, base_url) for edition in editions)
    home = f"{base_url}/{outlet.outlet_id}/"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{outlet.language}"><title>{escape(outlet.name)}</title><id>{home}</id>'
        f'<link rel="alternate" href="{home}"/><link rel="self" href="{home}feed.xml"/>'
        f"<updated>{changed_at_utc.isoformat()}</updated>\n{entries}</feed>\n"
    )


def _atom_entry(outlet: Outlet, article: Article, base_url: str) -> str:
    stamp = article.published_at_utc.astimezone(UTC).isoformat()
    full = ""
    if outlet.has_full_text or article.page != "served":
        full = f'<content type="html">{escape(_full_text(article))}</content>'
    return (
        f'<entry xml:lang="{article.language}"><title>{escape(article.title)}</title>'
        f"<id>tag:{outlet.outlet_id},{article.article_id}</id>"
        f'<link rel="alternate" href="{base_url}{article.path}"/>'
        f"<published>{stamp}</published><updated>{stamp}</updated>"
        f"<author><name>{escape(article.byline or outlet.name)}</name></author>"
        f'<summary type="text">{escape(paragraphs_of(article)[0])}</summary>{full}</entry>\n'
    )


def _full_text(article: Article) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs_of(article))


def _block(block: str, article: Article, stock: Mapping[str, Article]) -> str:
    label = _READ_ALSO[article.language]
    if block.startswith(">>"):
        other = stock[block[2:].strip()]
        return f'<p><strong>{label} : <a href="{other.path}">{escape(other.title)}</a></strong></p>'

    def link(match: re.Match[str]) -> str:
        other = stock[match[1]]
        return f'<a href="{other.path}">({label}: {escape(other.title)})</a>'

    return f"<p>{_INLINE_LINK.sub(link, escape(block.strip(), quote=False))}</p>"


@cache
def _template(outlet_id: str) -> Template:
    return Template((_PAGES / f"{outlet_id}.html").read_text("utf-8"))
