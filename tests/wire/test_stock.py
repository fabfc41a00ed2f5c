from collections import Counter
from datetime import date

import pytest

from flows.wire import feeds_of, load_articles, load_outlets
from flows.wire.newsroom import Newsroom
from flows.wire.render import paragraphs_of
from flows.wire.stock import Article

ARTICLES = load_articles()
BY_ID = {article.article_id: article for article in ARTICLES}


def test_the_stock_is_large_and_in_five_languages() -> None:
    counts = Counter(article.language for article in ARTICLES)
    assert len(ARTICLES) >= 64
    assert counts["id"] >= 28
    assert counts["en"] >= 28
    assert min(counts["ar"], counts["fa"], counts["ur"]) >= 2


def test_ten_articles_or_more_only_sound_like_war() -> None:
    noise = [article for article in ARTICLES if article.section != "world"]
    assert len(noise) >= 10
    assert all(article.events == () for article in noise)
    assert all(article.events for article in ARTICLES if article.section == "world")


def test_six_outlets_belong_to_four_families_two_of_them_with_two() -> None:
    families = Counter(outlet.family_id for outlet in load_outlets().values())
    assert sorted(families.values()) == [1, 1, 2, 2]


def test_every_article_is_of_a_known_outlet_and_every_outlet_speaks() -> None:
    assert {article.outlet_id for article in ARTICLES} == set(load_outlets())


def test_feeds_are_marked_as_demo_and_lie_under_the_given_root() -> None:
    feeds = feeds_of("http://127.0.0.1:9/")
    assert [feed.feed_id for feed in feeds] == [f"demo-{outlet_id}" for outlet_id in load_outlets()]
    assert {feed.origin for feed in feeds} == {"demo"}
    assert feeds[0].url == "http://127.0.0.1:9/wartasagara/feed.xml"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.article_id)
def test_no_article_reports_an_event_before_it_happened(article: Article) -> None:
    for event in article.events:
        if event.status not in {"planned", "demanded"}:
            assert event.on_date <= article.published_at_utc.date()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.article_id)
def test_every_link_of_a_body_names_an_article_of_the_same_outlet(article: Article) -> None:
    named = [block[2:].strip() for block in article.body.split("\n\n") if block.strip().startswith(">>")]
    for article_id in (name.strip() for name in named):
        assert BY_ID[article_id].outlet_id == article.outlet_id


def test_paragraphs_of_an_article_hold_no_read_also_link() -> None:
    text = " ".join(paragraphs_of(BY_ID["ws-pakistan-tarik-dubes"]))
    assert "[[" not in text
    assert "ditangguhkan." in text


def test_a_wire_copy_has_the_text_and_events_of_its_source_under_another_byline() -> None:
    copies = [article for article in ARTICLES if article.copy_of]
    assert len(copies) >= 3
    for copy in copies:
        source = BY_ID[copy.copy_of or ""]
        assert (copy.title, copy.body, copy.events) == (source.title, source.body, source.events)
        assert copy.outlet_id != source.outlet_id
        assert copy.byline != source.byline


def test_a_correction_raises_the_toll_in_text_and_truth() -> None:
    article = BY_ID["ws-pakistan-balas-saravan"]
    assert article.events[0].killed == 7
    assert article.corrected().events[0].killed == 9
    assert article.corrected().title != article.title
    assert article.corrected().path == article.path


def test_the_january_crisis_is_told_by_several_families_in_both_languages() -> None:
    outlets = load_outlets()
    for on_date in (date(2024, 1, 16), date(2024, 1, 17), date(2024, 1, 18), date(2024, 1, 19), date(2024, 1, 29)):
        tellers = [a for a in ARTICLES if any(event.on_date == on_date for event in a.events)]
        assert len({outlets[a.outlet_id].family_id for a in tellers}) >= 3
        assert {"id", "en"} <= {a.language for a in tellers}


def test_half_of_the_stock_is_out_at_the_start_and_one_more_each_pace() -> None:
    newsroom = Newsroom(ARTICLES, pace_s=20)
    at_start = len(newsroom.published(0))
    assert at_start == round(len(ARTICLES) / 2)
    assert len(newsroom.published(19.9)) == at_start
    assert len(newsroom.published(20)) == at_start + 1
    assert len(newsroom.published(20 * len(ARTICLES))) == len(ARTICLES)


def test_every_outlet_has_something_at_the_start() -> None:
    assert {edition.article.outlet_id for edition in Newsroom(ARTICLES, pace_s=1).published(0)} == set(load_outlets())


def test_a_pace_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="pace"):
        Newsroom(ARTICLES, pace_s=0)
