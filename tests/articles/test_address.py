from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.articles.address import address_key, article_id_of, canonical_url, registrable_domain

SAME = "https://kabar.example.com/berita/1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Kabar.Example.com:80/berita/1#komentar", SAME),
        (f"{SAME}?utm_source=rss&fbclid=abc&page=all", SAME),
        ("https://m.kabar.example.com/berita/1", SAME),
        ("https://kabar.example.com/amp/berita/1", SAME),
        ("https://kabar.example.com/berita/1/amp/", SAME),
        ("https://kabar.example.com/berita/1?amp=1&outputType=amp", SAME),
        ("https://kabar-example-com.cdn.ampproject.org/c/s/kabar.example.com/berita/1", SAME),
        ("https://www.google.com/amp/s/kabar.example.com/berita/1", SAME),
        ("https://kabar.example.com/x/../berita//./1", SAME),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
        ("https://example.com/%7euser/%c3%a9%2f", "https://example.com/~user/%C3%A9%2F"),
        ("http://127.0.0.1:8123/a", "http://127.0.0.1:8123/a"),
        ("https://mobile.de/a", "https://mobile.de/a"),
        ("https://example.com", "https://example.com/"),
        (" mailto:desk@example.com ", "mailto:desk@example.com"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_decoration_is_taken_away(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@given(
    st.one_of(
        st.text(max_size=60),
        st.builds(
            "{}://{}{}?{}".format,
            st.sampled_from(["http", "HTTPS"]),
            st.sampled_from(["m.a.com", "amp.m.b.co.uk", "a-com.cdn.ampproject.org", "www.google.com", "127.0.0.1:80"]),
            st.from_regex(
                r"(/(amp|s|c|a\.com|\.\.|%2[0-9a-f]|x{1,3}|é|%zz|\.amp|b\.amp\.html)){0,6}/?", fullmatch=True
            ),
            st.from_regex(r"((a|utm_x|page|amp|é|%41)(=(1|all|%20|\+)?)?&?){0,4}", fullmatch=True),
        ),
    )
)
def test_applied_twice_equals_applied_once(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_links_to_one_page_share_an_id() -> None:
    links = ["http://www.example.com/a/?utm_medium=x", "https://m.example.com/a", "https://example.com/a#top"]
    assert len({article_id_of(link) for link in links}) == 1
    assert article_id_of("https://example.com/b") != article_id_of(links[0])
    assert address_key(links[0]) == "example.com/a"


def test_the_registrable_domain_follows_the_public_suffix_list() -> None:
    assert registrable_domain("news.bbc.co.uk") == "bbc.co.uk"
    assert registrable_domain("www.kompas.co.id") == "kompas.co.id"
    assert registrable_domain("127.0.0.1") == "127.0.0.1"
