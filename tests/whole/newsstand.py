"""A loopback site as bloggers run them: one RSS feed, and pages with everything that is not the story around it."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from tests.feeds.world import Answer, serve

READ_ALSO = ("Baca Juga", "Read also")


@dataclass(frozen=True)
class Piece:
    """One article as its author wrote it: title, paragraphs (read-also lines among them), instant."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    language: str = "id"


def render_piece(piece: Piece) -> str:
    """A page in the manner of WordPress: the title twice, links between and inside paragraphs, much furniture."""
    body = []
    for number, paragraph in enumerate(piece.paragraphs):
        text = html.escape(paragraph)
        if paragraph.startswith(READ_ALSO):
            body.append(f'<p><strong><a href="/other-{number}/">{text}</a></strong></p>')
        elif number == 3:
            inside = '<strong>Baca Juga : <a href="/inside/">Latihan Perang Gabungan Digelar di Laut Lepas</a></strong>'
            body.append(f"<p>{text}<br>{inside}</p>")
        else:
            body.append(f"<p>{text}</p>")
    title = html.escape(piece.title)
    return f"""<!doctype html><html lang="{piece.language}"><head><meta charset="utf-8"><title>{title} - Kabar</title>
<meta property="og:title" content="{title}">
<meta property="article:published_time" content="{piece.published.isoformat()}">
</head><body class="post-template-default single">
<div id="cookie-notice" class="cookie-notice">Situs ini memakai kuki untuk melayani Anda. <button>Terima</button></div>
<header><nav><a href="/">Beranda</a> <a href="/dunia/">Dunia</a></nav></header>
<main><article class="post hentry"><header class="entry-header"><h1 class="entry-title">{title}</h1></header>
<div class="sharedaddy sd-sharing">Bagikan: <a href="#">Facebook</a> <a href="#">WhatsApp</a></div>
<div class="entry-content"><h2>{title}</h2>{"".join(body)}
<div class="jp-relatedposts related-posts"><h3>Berita Terkait</h3><ul><li><a href="/r1/">Pasukan Negara Lain Gempur
Kota Pelabuhan</a></li><li><a href="/r2/">Timnas Hancurkan Lawan 4-0</a></li></ul></div></div></article>
<div id="comments" class="comments-area">
<div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply</h3>
<form><p>Your email address will not be published. Required fields are marked *</p><textarea></textarea></form></div>
</div></main><footer>Hak cipta Kabar</footer></body></html>"""


def render_feed(pieces: list[Piece], base_url: str) -> str:
    """The site's RSS feed, teasers only."""
    items = "".join(
        f"<item><title>{html.escape(piece.title)}</title><link>{base_url}/{piece.slug}/</link>"
        f'<guid isPermaLink="false">{base_url}/?p={number}</guid><pubDate>{format_datetime(piece.published)}</pubDate>'
        f"<description>{html.escape(piece.title)} [...]</description></item>"
        for number, piece in enumerate(pieces, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Kabar</title>'
        f"<link>{base_url}/</link><description>Kabar dunia</description><language>id</language>{items}</channel></rss>"
    )


@contextmanager
def open_newsstand(pieces: list[Piece]) -> Iterator[str]:
    """Serves these pieces while the block lasts; gives the address of the site."""

    def respond(path: str, headers: dict[str, str]) -> Answer:
        base_url = f"http://{headers['host']}"
        pages = {f"/{piece.slug}/": render_piece(piece) for piece in pieces}
        if path == "/feed/":
            kind, text = "application/rss+xml; charset=UTF-8", render_feed(pieces, base_url)
        elif path in pages:
            kind, text = "text/html; charset=UTF-8", pages[path]
        else:
            return Answer(404)
        return Answer(body=text.encode(), headers={"Content-Type": kind})

    with serve(respond) as base_url:
        yield base_url
