from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flows.articles.compose import article_from_entry, content_hash_of, revise_article
from flows.articles.extract import Extracted, extract_article
from flows.articles.fetch import PageFailed, PageFetched, PageOutcome, PageRefused
from tests.articles import pages
from warehouse.records import Entry, FailureClass, Feed

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
FEED = Feed(
    feed_id="f1",
    url="https://kabar.example/rss",
    title="Kabar",
    outlet_id="kabar",
    outlet_name="Kabar Teluk",
    family_id="teluk",
    language="id",
)
ENTRY = Entry(
    entry_id="e1",
    feed_id="f1",
    outlet_id="kabar",
    guid="1",
    url="https://kabar.example/berita/1?utm_source=rss",
    title=pages.INDONESIAN_TITLE,
    summary=pages.INDONESIAN[0],
    content="",
    published_at_utc=NOW - timedelta(hours=3),
    published_source="feed",
    first_seen_at_utc=NOW - timedelta(hours=1),
)
HTML = pages.build_page(pages.INDONESIAN_TITLE, pages.INDONESIAN, "id")
FETCHED = PageFetched(url=ENTRY.url or "", final_url=ENTRY.url or "", html=HTML, charset=None, fetched_at_utc=NOW)
EXTRACTED = extract_article(HTML, ENTRY.url or "")
REFUSED = PageRefused(url=ENTRY.url or "", reason="robots.txt forbids this address", is_retryable=False)


def test_the_page_speaks_where_it_says_enough() -> None:
    article = article_from_entry(ENTRY, FEED, FETCHED, EXTRACTED, NOW)
    assert (article.text_source, article.text_source_reason) == ("page", None)
    assert article.text == "\n".join(pages.INDONESIAN)
    assert article.url == "https://kabar.example/berita/1"
    assert (article.outlet_id, article.family_id, article.language) == ("kabar", "teluk", "id")
    assert (article.published_at_utc, article.published_source) == (ENTRY.published_at_utc, "feed")
    assert article.fetched_at_utc == NOW


def test_a_refused_page_leaves_the_entry_and_says_why() -> None:
    article = article_from_entry(ENTRY, FEED, REFUSED, None, NOW)
    assert (article.text, article.text_source) == (ENTRY.summary, "entry")
    assert article.text_source_reason == "page not asked for: robots.txt forbids this address"
    assert article.fetched_at_utc is None


def test_each_way_of_having_no_page_has_its_phrase() -> None:
    failed = PageFailed(url="u", reason="answered 404", failure_class=FailureClass.HARD, http_status=404)
    teaser = replace(EXTRACTED, text="Pendek.", is_enough=False)
    empty = replace(EXTRACTED, text="", is_enough=False)
    outcomes: list[tuple[PageOutcome | None, Extracted | None]] = [
        (failed, None),
        (FETCHED, teaser),
        (FETCHED, empty),
        (None, None),
    ]
    reasons = [article_from_entry(ENTRY, FEED, o, x, NOW).text_source_reason for o, x in outcomes]
    assert reasons == [
        "page not available: answered 404",
        "the page has less text than the entry",
        "no story found on the page",
        "page not asked for",
    ]


def test_full_content_of_the_feed_goes_before_its_summary() -> None:
    full = replace(ENTRY, content="\n".join([pages.INDONESIAN_TITLE, *pages.INDONESIAN]))
    assert article_from_entry(full, FEED, None, None, NOW).text == "\n".join(pages.INDONESIAN)


def test_a_short_page_goes_before_a_shorter_entry() -> None:
    bare = replace(ENTRY, summary="")
    teaser = replace(EXTRACTED, text="Satu kalimat.", is_enough=False)
    article = article_from_entry(bare, FEED, FETCHED, teaser, NOW)
    assert (article.text_source, article.text_source_reason) == ("page", "the page is short, the entry is shorter")


def test_one_item_under_two_links_and_two_feeds_is_one_article() -> None:
    second_link = replace(ENTRY, entry_id="e2", feed_id="f2", url="https://kabar.example/berita/1/amp?ref=depan")
    second_feed = replace(FEED, feed_id="f2", url="https://kabar.example/politik/rss")
    first = article_from_entry(ENTRY, FEED, FETCHED, EXTRACTED, NOW)
    assert article_from_entry(second_link, second_feed, FETCHED, EXTRACTED, NOW).article_id == first.article_id


def test_entry_text_is_known_by_outlet_title_and_day() -> None:
    other_link = replace(ENTRY, entry_id="e2", url="https://kabar.example/dunia/berita-lain", title=ENTRY.title.upper())
    other_outlet = replace(ENTRY, entry_id="e3", outlet_id="pesisir")
    next_day = replace(ENTRY, entry_id="e4", published_at_utc=NOW + timedelta(days=1))
    ids = [
        article_from_entry(e, FEED, REFUSED, None, NOW).article_id for e in (ENTRY, other_link, other_outlet, next_day)
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_short_titles_do_not_make_two_items_one() -> None:
    live, other = (replace(ENTRY, title="Live", url=f"https://kabar.example/{n}") for n in (1, 2))
    ids = {article_from_entry(entry, FEED, None, None, NOW).article_id for entry in (live, other)}
    assert len(ids) == 2


def test_an_entry_keeps_the_article_it_has() -> None:
    known = replace(ENTRY, article_id="known")
    assert article_from_entry(known, FEED, REFUSED, None, NOW).article_id == "known"


def test_the_time_of_the_page_stands_in_for_none_in_the_feed() -> None:
    undated = replace(ENTRY, published_source="first_seen", published_at_utc=ENTRY.first_seen_at_utc)
    article = article_from_entry(undated, FEED, FETCHED, EXTRACTED, NOW)
    assert (article.published_at_utc, article.published_source) == (EXTRACTED.published_at_utc, "page")
    later = replace(EXTRACTED, published_at_utc=NOW + timedelta(days=2))
    assert article_from_entry(undated, FEED, FETCHED, later, NOW).published_source == "first_seen"


def test_a_changed_text_is_the_next_revision() -> None:
    article = replace(article_from_entry(ENTRY, FEED, FETCHED, EXTRACTED, NOW), coder_version="1", is_relevant=True)
    first = revise_article(None, article, NOW)
    assert (first.change, first.article.revision) == ("new", 1)
    same = revise_article((article.content_hash, 3), article, NOW)
    assert (same.change, same.article.revision, same.revision) == ("same", 3, None)
    changed = revise_article(("other", 3), article, NOW)
    assert (changed.change, changed.article.revision, changed.article.is_relevant) == ("changed", 4, None)
    assert changed.revision is not None
    assert (changed.revision.revision, changed.revision.text) == (4, article.text)


def test_white_space_changes_no_content() -> None:
    assert content_hash_of("a", "b  c\n") == content_hash_of(" a", "b c")
    assert content_hash_of("a", "b") != content_hash_of("ab", "")


def test_nothing_at_all_still_gives_an_article() -> None:
    bare = replace(ENTRY, url=None, title="", summary="", published_at_utc=None, first_seen_at_utc=None)
    article = article_from_entry(bare, FEED, None, Extracted("", "", None, None, None, False), NOW)
    assert article.url == FEED.url
    assert article.first_seen_at_utc == NOW
