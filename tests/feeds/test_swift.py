"""The swift reading says what feedparser says, or nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.feeds.encodings import decode_feed
from flows.feeds.lenient import read_leniently
from flows.feeds.swift import read_swiftly
from flows.feeds.swift_names import ACTED_UPON, CHANNEL_FIELDS, HARMLESS, ITEM_FIELDS
from flows.feeds.xml_tree import without_declaration
from tests.feeds.world import build_feed
from warehouse.errors import FeedError

DATA = Path(__file__).parent / "data"
CAPTURES = Path(__file__).parents[3] / "shared" / "corpus" / "feeds" / "captures"
EDGE_CASES = CAPTURES.parent / "edge-cases"
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:own="https://news.example/ns" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:georss="http://www.georss.org/georss"'
)
ATOM = 'xmlns:atom="http://www.w3.org/2005/Atom"'
RDF = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"
)


def agree(document: str, url: str = "https://news.example/feeds/world.xml") -> bool:
    """Whether the swift reading took the document; fails where it then differs from feedparser."""
    swift = read_swiftly(document, url)
    if swift is None:
        return False
    lenient = read_leniently(document, build_feed(url))
    assert lenient is not None
    assert asdict(swift) == asdict(lenient)
    return True


def agree_on_file(path: Path) -> bool:
    return agree(without_declaration(decode_feed(path.read_bytes(), None)[0]))


PLAIN = {
    "rss": f"""<rss version="2.0" {ATOM} {NAMESPACES}><channel><title>A &amp; B</title><link>https://news.example</link>
        <atom:link href="https://news.example/rss" rel="self" type="application/rss+xml"/><language>id-ID</language>
        <image><url>/logo.png</url><title>Logo</title><link>https://news.example/logo</link></image><ttl>5</ttl>
        <item><title><![CDATA[Envoys <b>meet</b>]]></title><link>/a?x=1&amp;y=2</link><guid>a-1</guid>
        <description>&lt;p&gt;One &amp;nbsp; two&lt;/p&gt;</description>
        <content:encoded>&lt;p&gt;Long&lt;/p&gt;</content:encoded>
        <pubDate>Mon, 23 Nov 2026 10:00:00 WIB</pubDate><dc:creator>A. Writer</dc:creator><category>x</category>
        <media:group><media:content url="u"><media:title>Picture</media:title></media:content></media:group>
        <own:note rank="1">n</own:note><feedburner:origLink>https://news.example/a</feedburner:origLink></item>
        <item><title>No link</title><guid isPermaLink="false">2</guid></item></channel></rss>""",
    "rdf": f"""<rdf:RDF {RDF} {NAMESPACES}><channel rdf:about="https://news.example"><title>T</title>
        <link>https://news.example</link><dc:language>en</dc:language><items><rdf:Seq>
        <rdf:li rdf:resource="a"/></rdf:Seq>        </items></channel><item rdf:about="https://news.example/a"><title>One</title><link>https://news.example/a</link>
        <description>Text</description><dc:date>2026-11-23T10:00:00+07:00</dc:date></item></rdf:RDF>""",
    "atom": f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" {NAMESPACES}><title>T</title><id>urn:x</id>
        <link rel="alternate" href="/"/><link rel="self" href="/feed"/><updated>2026-11-23T10:00:00Z</updated>
        <entry><id>tag:news.example,2026:1</id><title type="html">A &lt;i&gt;b&lt;/i&gt;</title><link href="/1"/>
        <summary>x &lt; y</summary><content type="html">&lt;p&gt;Long&lt;/p&gt;</content>
        <published>2026-11-23</published>
        <updated>2026-11-24</updated>
        <author><name>A. Writer</name><email>a@news.example</email></author></entry></feed>""",
}


@pytest.mark.parametrize("kind", PLAIN)
def test_plain_feeds_are_taken_and_read_alike(kind: str) -> None:
    assert agree(PLAIN[kind])
    assert agree(PLAIN[kind], url="capture:news")


@pytest.mark.parametrize(
    "change",
    [
        ("<rss ", "<!DOCTYPE rss [<!ENTITY x 'y'>]><rss "),
        ("<item>", "<item><title>Another</title>"),
        ("<item>", "<item><media:description>caption</media:description><summary>s</summary>"),
        ("<item>", '<item xml:base="https://other.example/">'),
        ("<guid>", '<guid xml:base="https://other.example/">'),
        ("Envoys", "Envoys]]><b>x</b><![CDATA["),
        ("</channel>", "<textInput><title>x</title></textInput></channel>"),
        ("</channel>", "<image><title>x</title><other/><title>y</title></image></channel>"),
        ("<pubDate>", "<own:deep><author>x</author></own:deep><pubDate>"),
        ("&amp;y", "&y"),
        ('xmlns:dc="http://purl.org/dc/elements/1.1/"', 'xmlns:dc="http://search.yahoo.com/mrss/"'),
        ("</rss>", ""),
    ],
)
def test_what_is_unusual_is_left_to_feedparser(change: tuple[str, str]) -> None:
    changed = PLAIN["rss"].replace(*change, 1)
    assert changed != PLAIN["rss"]
    assert read_swiftly(changed, "https://news.example/") is None


MARKUP = ["", " ", "a &lt;b&gt;c&lt;/b&gt; &amp;amp; d", "<![CDATA[<p>x</p> & y]]>", "caf\u00c3\u00a9 \u0091x\u0092"]
ADDRESSES = ["https://news.example/a?b=1&amp;c=2", "/x;y", "../z", "//h.example/q", "urn:x", "ftp://x/y", "http:///x"]
TEXTS = st.one_of(
    st.sampled_from(MARKUP),
    st.sampled_from(ADDRESSES),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12).map(escape),
)
ALL_NAMES = sorted((set(ITEM_FIELDS) | set(CHANNEL_FIELDS) | ACTED_UPON) - {"item", "entry", "channel", "rss", "feed"})
OTHER_NAMES = [
    "own_note",
    "own_title",
    "nid",
    "date",
    "url",
    "links",
    "authors",
    "comments",
    "ttl",
    "media_text",
    "svg",
]
USUAL_NAMES = [
    "title",
    "link",
    "guid",
    "description",
    "pubdate",
    "content_encoded",
    "dc_creator",
    "dc_date",
    "category",
]
ATOM_NAMES = ["title", "link", "id", "summary", "content", "updated", "published", "author", "category", "rights"]
HARMLESS_NAMES = sorted(HARMLESS["everywhere"] | {"own_note", "nid", "comments", "slash_x"})
KEYS = ["type", "href", "rel", "isPermaLink", "url", "mode", "src", "xml:lang", "xml:base", "own:type", "x"]
VALUES = ["text", "html", "xhtml", "text/html", "alternate", "self", "true", "false", "https://n.example/", ""]
ATTRIBUTES = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=2)


def write(name: str, inside: str, attributes: dict[str, str] | None = None) -> str:
    prefix, _, local = name.rpartition("_")
    tag = f"{prefix}:{local}" if f"xmlns:{prefix}=" in NAMESPACES else name.replace("_", "-")
    written = "".join(f" {key}={quoteattr(value)}" for key, value in (attributes or {}).items())
    return f"<{tag}{written}>{inside}</{tag}>"


@st.composite
def wild_elements(draw: st.DrawFn, depth: int = 2) -> str:
    inside = draw(TEXTS)
    if depth and not draw(st.integers(0, 3)):
        inside += draw(wild_elements(depth=depth - 1))
    if not draw(st.integers(0, 5)):
        inside += "<!-- c -->" + draw(TEXTS)
    return write(draw(st.sampled_from(ALL_NAMES + OTHER_NAMES)), inside, draw(ATTRIBUTES))


@st.composite
def bodies(draw: st.DrawFn, *, is_atom: bool) -> str:
    """Elements of a channel or an item: mostly the usual ones, once each, in any order, and seldom a wild one."""
    names = draw(st.lists(st.sampled_from(ATOM_NAMES if is_atom else USUAL_NAMES), unique=True, max_size=6))
    names += draw(st.lists(st.sampled_from(HARMLESS_NAMES), max_size=2))
    parts = []
    for name in draw(st.permutations(names)):
        attributes: dict[str, str] = {}
        inside = draw(TEXTS)
        if name == "link" and is_atom:
            attributes = {"href": draw(st.sampled_from(["/1", "https://o.example/2", ""]))}
            attributes |= draw(st.sampled_from([{}, {"rel": "self"}, {"rel": "Alternate", "type": "text/html"}]))
        elif name == "author" and is_atom:
            inside = f"<name>{draw(TEXTS)}</name>" + draw(st.sampled_from(["", "<email>a@b.example</email>"]))
        elif name == "guid":
            attributes = draw(st.sampled_from([{}, {"isPermaLink": "false"}, {"isPermaLink": "TRUE"}]))
        elif name in ("title", "summary", "content", "description"):
            attributes = draw(st.sampled_from([{}, {}, {"type": "html"}, {"type": "TEXT"}]))
        elif not draw(st.integers(0, 9)):
            attributes = draw(ATTRIBUTES)
        parts.append(write(name, inside, attributes))
    if not draw(st.integers(0, 9)):
        parts.insert(draw(st.integers(0, len(parts))), draw(wild_elements()))
    return "".join(parts)


@st.composite
def documents(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["rss", "rdf", "atom"]))
    is_atom = kind == "atom"
    item = "entry" if is_atom else "item"
    items = "".join(f"<{item}>{draw(bodies(is_atom=is_atom))}</{item}>" for _ in range(draw(st.integers(0, 3))))
    body = draw(bodies(is_atom=is_atom))
    if kind == "rss":
        version = draw(st.sampled_from(["2.0", "0.91", "0.92", ""]))
        body += items + draw(st.sampled_from(["", "<ttl>5</ttl>", "<title>Late</title>"]))
        return f'<rss version="{version}" {ATOM} {NAMESPACES}><channel>{body}</channel></rss>'
    if kind == "rdf":
        late = draw(st.sampled_from(["", "", "<title>Late</title>", "<language>en</language>", "<own:x/>"]))
        return f"<rdf:RDF {RDF} {NAMESPACES}><channel>{body}</channel>{items}{late}</rdf:RDF>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}>{body}{items}</feed>'


@settings(max_examples=400, deadline=None)
@given(documents(), st.sampled_from(["https://news.example/f/x.xml", "HTTP://news.example", "capture:x"]))
def test_generated_feeds_are_read_alike(document: str, url: str) -> None:
    agree(document, url)


def test_the_lists_name_what_feedparser_knows() -> None:
    listed = set(ITEM_FIELDS) | set(CHANNEL_FIELDS) | set().union(*HARMLESS.values())
    assert listed - ACTED_UPON == {"feedburner_origlink", "items"}


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.xml")), ids=lambda path: str(path.name))
def test_own_samples_are_read_alike(path: Path) -> None:
    try:
        agree_on_file(path)
    except FeedError as error:
        pytest.fail(f"the swift reading took what feedparser gives up on: {error}")


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="the shared captures are not here")
def test_nearly_all_captures_are_taken_and_all_are_read_alike() -> None:
    taken = [agree_on_file(path) for path in sorted(CAPTURES.rglob("*.xml"))]
    assert sum(taken) > len(taken) * 0.9


@pytest.mark.skipif(not EDGE_CASES.is_dir(), reason="the shared corpus of feeds is not here")
def test_edge_cases_are_read_alike() -> None:
    taken = [agree_on_file(path) for path in sorted(EDGE_CASES.rglob("*")) if path.is_file()]
    assert any(taken)
