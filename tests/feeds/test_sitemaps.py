"""News sitemaps in place of a feed."""

from __future__ import annotations

import pytest

from flows.feeds.sitemaps import MAX_SITEMAPS, is_sitemap, read_sitemap
from tests.feeds.world import build_feed
from warehouse.errors import FeedError

OPEN = '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
URL = "<url><loc>/{0}</loc><n:news><n:title>Title {0}</n:title></n:news></url>"


@pytest.mark.parametrize("before", ["", "<!-- x --><?y z?>\n ", '<?xml-stylesheet href="a"?><!-- <b> -->'])
def test_a_sitemap_is_known_by_its_root(before: str) -> None:
    assert is_sitemap(before + OPEN)
    assert is_sitemap(before + "<sm:sitemapindex>")
    assert not is_sitemap(before + "<rss><urlset>")
    assert not is_sitemap("<!-- " * 10_000)


def test_a_sitemap_that_breaks_off_is_read_until_there() -> None:
    read = read_sitemap(OPEN + URL.format(1) + URL.format(2) + "<url><loc>/3", build_feed())
    assert [(item.url, item.title) for item in read.items] == [
        ("https://news.example/1", "Title 1"),
        ("https://news.example/2", "Title 2"),
    ]


def test_an_index_names_few_of_many_sitemaps() -> None:
    many = "".join(f"<sitemap><loc>https://news.example/{n}.xml</loc></sitemap>" for n in range(100))
    assert len(read_sitemap(f"<sitemapindex>{many}</sitemapindex>", build_feed()).further_urls) == MAX_SITEMAPS


@pytest.mark.parametrize("document", ["<!-- urlset -->", "<urlset><url><loc>/a</loc></url></urlset>"])
def test_what_tells_no_news_is_refused(document: str) -> None:
    with pytest.raises(FeedError, match="sitemap"):
        read_sitemap(document, build_feed())
