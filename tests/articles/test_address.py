from __future__ import annotations

import tomllib
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.articles import address
from flows.articles.address import address_key, article_id_of, canonical_url, registrable_domain

SAME = "https://kabar.example.com/berita/1"
# As Google News wrote links until 2024: a message of two fields, of which the first is the address.
GOOGLE_NEWS = urlsafe_b64encode(b"\x08\x13\x22\x22" + SAME.encode() + b"\xd2\x01\x00").decode().rstrip("=")
TRACKING = ["utm_source=a", "UTM_Medium=b", "fbclid=c", "gclid=d", "phpsessid=e", "m=1", "at_campaign=f", "page=all"]


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
        (f"{SAME}?m=1&mobile=yes", SAME),
        (f"{SAME};jsessionid=1F00?PHPSESSID=2&SessionId=3", SAME),
        ("https://kabar.example.com/(S(lit3py55t21z5v55vlm25s55))/berita/1", SAME),
        ("https://kabar.example.com/berita/1.amp.html", f"{SAME}.html"),
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Fm.kabar.example.com%2Fberita%2F1%3Futm_id%3D2&usg=x", SAME),
        ("https://www.google.co.id/url?q=https://kabar.example.com/berita/1", SAME),
        ("https://www.bing.com/news/apiclick.aspx?ref=x&url=https%3a%2f%2fkabar.example.com%2fberita%2f1&c=1", SAME),
        (f"https://news.google.com/rss/articles/{GOOGLE_NEWS}?oc=5", SAME),
        (
            "https://news.google.com/rss/articles/CBMiSEFVX3lxTE0?oc=5",
            "https://news.google.com/rss/articles/CBMiSEFVX3lxTE0?oc=5",
        ),
        ("https://kabar-example-com.bing-amp.com/c/s/kabar.example.com/berita/1", SAME),
        (
            "https://google.example.com/url?url=https://other.example/",
            "https://google.example.com/url?url=https%3A%2F%2Fother.example%2F",
        ),
        ("https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=javascript%3Aalert%281%29"),
        ("https://example.com/app#!/berita/1", "https://example.com/app#!/berita/1"),
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
                r"(/(amp|s|c|url|a\.com|;jsessionid=1|\.\.|%2[0-9a-f]|x{1,3}|é|%zz|\.amp|b\.amp\.html)){0,6}/?",
                fullmatch=True,
            ),
            st.from_regex(
                r"((a|utm_x|page|amp|é|%41)(=(1|all|%20|\+)?)?&?|m=1|url=http://m\.b\.c/amp){0,4}", fullmatch=True
            ),
        ),
    )
)
def test_applied_twice_equals_applied_once(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_a_link_of_endless_layers_is_left_alone() -> None:
    endless = "https://" + "google.com/amp/s/" * 50 + "example.com/b"
    assert canonical_url(endless) == endless


@given(st.permutations(TRACKING), st.integers(0, len(TRACKING)))
def test_tracking_changes_nothing_in_any_order(tracking: list[str], place: int) -> None:
    query = "&".join([*tracking[:place], "id=7", *tracking[place:]])
    assert canonical_url(f"{SAME}?{query}") == f"{SAME}?id=7"


@pytest.mark.parametrize("path", sorted(Path(address.__file__).parent.glob("*.toml")), ids=lambda path: str(path.name))
def test_lists_hold_nothing_twice(path: Path) -> None:
    for name, values in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            assert sorted(set(values)) == sorted(values), name


def test_links_to_one_page_share_an_id() -> None:
    links = ["http://www.example.com/a/?utm_medium=x", "https://m.example.com/a", "https://example.com/a#top"]
    assert len({article_id_of(link) for link in links}) == 1
    assert article_id_of("https://example.com/b") != article_id_of(links[0])
    assert address_key(links[0]) == "example.com/a"


def test_the_registrable_domain_follows_the_public_suffix_list() -> None:
    assert registrable_domain("news.bbc.co.uk") == "bbc.co.uk"
    assert registrable_domain("www.kompas.co.id") == "kompas.co.id"
    assert registrable_domain("127.0.0.1") == "127.0.0.1"
