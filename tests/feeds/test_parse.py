"""From bytes to entries: every format, encoding and defect that newsrooms send."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.feeds.items import normalize_language
from flows.feeds.parse import parse_feed
from tests.feeds.world import NOW, build_feed
from warehouse.errors import FeedError
from warehouse.records import Entry

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "feeds"


def rss(items: str, *, encoding: str = "utf-8", declare: bool = True) -> bytes:
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>' if declare else ""
    text = f'{declaration}<rss version="2.0"><channel><title>T</title><ttl>30</ttl>{items}</channel></rss>'
    return text.encode(encoding)


def entries_of(body: bytes, content_type: str | None = None) -> list[Entry]:
    return parse_feed(body, feed=build_feed(), content_type=content_type, now=NOW).entries


def test_an_item_becomes_an_entry_of_plain_text() -> None:
    body = rss(
        "<item><guid>https://news.example/1</guid><link>/1</link><title>Envoys &amp;amp; ministers</title>"
        "<description>&lt;p&gt;One.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;Two&amp;nbsp;2.&lt;/p&gt;</description>"
        "<pubDate>Mon, 23 Nov 2026 10:00:00 WIB</pubDate><author>A. Writer</author></item>"
    )
    parsed = parse_feed(body, feed=build_feed(language="en"), content_type=None, now=NOW)
    (entry,) = parsed.entries
    assert (entry.title, entry.summary) == ("Envoys & ministers", "One.\nTwo 2.")
    assert entry.url == "https://news.example/1"
    assert entry.published_at_utc == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    assert (entry.published_source, entry.language, entry.author) == ("feed", "en", "A. Writer")
    assert (parsed.title, parsed.ttl_s) == ("T", 1800)


def test_atom_text_keeps_what_only_looks_like_a_tag() -> None:
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/x/"><title>T</title><entry>'
        b'<id>tag:news.example,2026:1</id><title type="text">a &lt;b&gt; c</title><link href="y"/>'
        b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p></div></content>'
        b"<updated>2026-11-23T10:00:00+03:30</updated></entry></feed>"
    )
    (entry,) = entries_of(body)
    assert (entry.title, entry.content, entry.url) == ("a <b> c", "One\nTwo", "https://news.example/x/y")
    assert entry.published_at_utc == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


def test_a_json_feed_is_read() -> None:
    item = {"id": 7, "url": "/7", "content_html": "<p>Body</p>", "title": "T", "date_published": "2026-11-23T00:00:00Z"}
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [item, "noise", {"id": "8"}]}
    parsed = parse_feed(json.dumps(document).encode(), feed=build_feed(), content_type=None, now=NOW)
    assert [(entry.title, entry.content, entry.url) for entry in parsed.entries] == [
        ("T", "Body", "https://news.example/7")
    ]
    assert len(parsed.problems) == 1


@pytest.mark.parametrize(
    ("text", "encoding", "content_type", "declare"),
    [
        ("Переговоры о перемирии", "windows-1251", None, True),
        (
            "Переговоры о перемирии возобновились в Женеве после паузы",
            "windows-1251",
            "text/xml; charset=windows-1251",
            False,
        ),
        ("محادثات السلام", "utf-8", "text/xml; charset=iso-8859-1", False),
        ("和平谈判", "gb2312", None, True),
        ("İstanbul’da görüşme", "utf-8", None, False),
        ("和平谈判", "utf-16", None, True),
        ("Naïve – café", "windows-1252", None, True),
    ],
)
def test_encodings_are_found(text: str, encoding: str, content_type: str | None, declare: bool) -> None:
    (entry,) = entries_of(rss(f"<item><title>{text}</title></item>", encoding=encoding, declare=declare), content_type)
    assert entry.title == text


def test_an_undeclared_encoding_is_guessed() -> None:
    text = "Министр иностранных дел заявил, что переговоры о прекращении огня продолжатся на следующей неделе. " * 5
    body = rss(f"<item><title>{text}</title></item>", encoding="windows-1251", declare=False)
    assert entries_of(body)[0].title == text.strip()


def test_a_date_in_the_future_is_clamped_and_marked() -> None:
    (entry,) = entries_of(rss("<item><title>x</title><pubDate>Tue, 24 Nov 2027 10:00:00 GMT</pubDate></item>"))
    assert (entry.published_at_utc, entry.published_source) == (NOW, "clamped")


def test_no_readable_date_is_the_moment_of_first_sight() -> None:
    (entry,) = entries_of(rss("<item><title>x</title><pubDate>yesterday</pubDate></item>"))
    assert (entry.published_at_utc, entry.published_source) == (NOW, "first_seen")


def test_the_same_item_twice_is_one_entry() -> None:
    item = "<item><guid>https://news.example/1</guid><title>x</title></item>"
    assert len(entries_of(rss(item + item))) == 1


def test_an_address_is_the_identity_where_no_guid_is() -> None:
    item = "<item><link>{}</link><title>x</title></item>"
    links = ["https://news.example/1?utm_source=rss", "http://news.example/1#top", "https://news.example/1/"]
    assert len(entries_of(rss("".join(item.format(link) for link in links)))) == 1


def test_two_feeds_of_one_outlet_name_an_entry_alike() -> None:
    body = rss("<item><guid>https://news.example/1</guid><title>x</title></item>")
    first = parse_feed(body, feed=build_feed(feed_id="a"), content_type=None, now=NOW)
    second = parse_feed(body, feed=build_feed(feed_id="b"), content_type=None, now=NOW + timedelta(hours=1))
    assert first.entries[0].entry_id == second.entries[0].entry_id


def test_a_bare_number_as_guid_is_trusted_within_its_feed_only() -> None:
    body = rss('<item><guid isPermaLink="false">12</guid><title>x</title></item>')
    first, second = (parse_feed(body, feed=build_feed(feed_id=name), content_type=None, now=NOW) for name in "ab")
    assert first.entries[0].entry_id != second.entries[0].entry_id


def test_a_guid_shared_by_different_pages_names_nothing() -> None:
    item = '<item><guid isPermaLink="false">https://news.example/</guid><link>/{0}</link><title>t{0}</title></item>'
    assert len(entries_of(rss(item.format(1) + item.format(2)))) == 2


def test_an_item_that_says_nothing_is_set_aside_with_its_reason() -> None:
    parsed = parse_feed(rss("<item><link>/1</link></item>"), feed=build_feed(), content_type=None, now=NOW)
    assert parsed.entries == []
    assert [(problem.stage, problem.subject_id) for problem in parsed.problems] == [("parse", "example")]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b", "file:///etc/passwd"])
def test_a_link_that_is_no_web_address_is_dropped(link: str) -> None:
    (entry,) = entries_of(rss(f"<item><title>x</title><link>{link}</link></item>"))
    assert entry.url is None


def test_entities_from_outside_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOP-SECRET")
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<rss version='2.0'><channel><title>T</title><item><title>a &x; b</title></item></channel></rss>"
    ).encode()
    assert "TOP-SECRET" not in entries_of(body)[0].title


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"<html><body>404</body></html>", b'{"a": 1}', b"{", b"[1]", b"\x00\xff", b"{" * 100_000]
)
def test_what_is_no_feed_is_a_feed_error(body: bytes) -> None:
    with pytest.raises(FeedError):
        parse_feed(body, feed=build_feed(), content_type=None, now=NOW)


def test_a_truncated_feed_gives_what_it_has() -> None:
    body = rss("<item><title>one</title></item><item><title>two</title><description>cut")
    assert [entry.title for entry in entries_of(body[:-40])][:1] == ["one"]


PIECES = [
    *(b"<rss>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<a b=c>", b"<entry>", b"<!--"),
    *(b"<![CDATA[", b"]]>", b"<!DOCTYPE x [", b"&#0;", b"&amp;", b"\xff", b"\x00", b'{"version":'),
    *(b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<link href='http://[::1'/>"),
    *(b"<pubDate>Mon, 99 Foo 2026</pubDate>", b"<?xml version='1.0' encoding='utf-7'?>"),
]
FRAGMENTS = st.lists(st.sampled_from(PIECES) | st.binary(max_size=12), max_size=30)


@settings(max_examples=150, deadline=None)
@given(FRAGMENTS, st.none() | st.text(max_size=20))
def test_parse_never_raises_anything_but_a_feed_error(parts: list[bytes], content_type: str | None) -> None:
    try:
        parsed = parse_feed(b"".join(parts), feed=build_feed(), content_type=content_type, now=NOW)
    except FeedError:
        return
    ids = [entry.entry_id for entry in parsed.entries]
    assert len(ids) == len(set(ids))
    assert all(
        entry.published_at_utc is not None and entry.published_at_utc <= NOW + timedelta(minutes=10)
        for entry in parsed.entries
    )


def test_language_tags_become_codes() -> None:
    assert [normalize_language(tag) for tag in ("en-us", "in", "IW", "", "x")] == ["en", "id", "he", None, None]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus of feeds is not here")
def test_every_feed_of_the_corpus_is_read_or_refused() -> None:
    files = [path for path in sorted(CORPUS.rglob("*")) if path.is_file()]
    read_count = 0
    for path in files:
        try:
            parse_feed(path.read_bytes(), feed=build_feed(), content_type=None, now=NOW)
            read_count += 1
        except FeedError:
            continue
    assert read_count > len(files) * 0.9
