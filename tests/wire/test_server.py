import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from feedparser.api import parse as untyped_parse

from flows.wire import Wire, feeds_of, load_articles, serve_wire
from flows.wire.render import paragraphs_of

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ARTICLES = load_articles()
parse_feed: Callable[[bytes], Any] = untyped_parse


class HandClock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def young_wire(clock: HandClock) -> Iterator[Wire]:
    with serve_wire(pace=20, clock=clock, now=NOW) as wire:
        yield wire


@pytest.fixture
def full_wire(clock: HandClock) -> Iterator[Wire]:
    with serve_wire(clock=clock, now=NOW, start_full=True) as wire:
        yield wire


def read_items(wire: Wire) -> list[Any]:
    items: list[Any] = []
    for feed in feeds_of(wire.base_url):
        parsed = parse_feed(httpx.get(feed.url).content)
        assert not parsed.bozo
        items.extend(parsed.entries)
    return items


def test_a_full_wire_lists_every_article_once(full_wire: Wire) -> None:
    guids = [item.id for item in read_items(full_wire)]
    assert len(guids) == len(set(guids)) == len(ARTICLES)


def test_every_link_answers_but_the_one_that_is_gone(full_wire: Wire) -> None:
    with httpx.Client() as client:
        statuses = {item.link: client.get(item.link).status_code for item in read_items(full_wire)}
    assert [link.rsplit("/", 1)[1].split("?")[0] for link, status in statuses.items() if status != 200] == [
        "tl-prisoners-home"
    ]


def test_links_inside_pages_answer_too(full_wire: Wire) -> None:
    with httpx.Client(base_url=full_wire.base_url) as client:
        pages = [client.get(article.path).text for article in ARTICLES if article.page == "served"]
        paths = {path for page in pages for path in re.findall(r'<a href="(/[^"#]+)"', page)}
        broken = [path for path in paths if client.get(path).status_code != 200]
    assert [path.rsplit("/", 1)[1] for path in broken] in ([], ["tl-prisoners-home"])


def test_entries_carry_the_historical_day(full_wire: Wire) -> None:
    by_id = {item.id.split(",")[1]: item for item in read_items(full_wire)}
    assert tuple(by_id["ws-sepakat-redakan"].published_parsed[:3]) == (2024, 1, 19)
    assert tuple(by_id["hv-pakistan-retaliates"].published_parsed[:3]) == (2024, 1, 18)


def test_an_entry_whose_page_cannot_be_had_carries_its_text(full_wire: Wire) -> None:
    by_id = {item.id.split(",")[1]: item for item in read_items(full_wire)}
    for article in (a for a in ARTICLES if a.page != "served"):
        assert all(paragraph in by_id[article.article_id].content[0].value for paragraph in paragraphs_of(article))


def test_robots_forbids_the_members_page_alone(full_wire: Wire) -> None:
    text = httpx.get(f"{full_wire.base_url}/robots.txt").text
    rules = re.findall(r"Disallow: (\S+)", text)
    assert [a.article_id for a in ARTICLES if a.path.startswith(tuple(rules))] == ["hv-members-briefing"]


def test_pages_carry_the_text_and_the_clutter(full_wire: Wire) -> None:
    article = next(a for a in ARTICLES if a.article_id == "ws-sepakat-redakan")
    page = httpx.get(full_wire.base_url + article.path).text
    assert "Baca juga : <a href=" in page
    assert "Tinggalkan Balasan" in page
    assert "Berita Terkait" in page
    assert paragraphs_of(article)[0] in page


def test_right_to_left_pages_say_so(full_wire: Wire) -> None:
    for article in (a for a in ARTICLES if a.language in {"ar", "fa", "ur"}):
        page = httpx.get(full_wire.base_url + article.path).text
        assert f'<html lang="{article.language}" dir="rtl">' in page


def test_an_unchanged_feed_answers_304_by_etag_and_by_date(young_wire: Wire) -> None:
    url = feeds_of(young_wire.base_url)[0].url
    first = httpx.get(url)
    by_etag = httpx.get(url, headers={"If-None-Match": first.headers["ETag"]})
    by_date = httpx.get(url, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (by_etag.status_code, by_etag.content) == (304, b"")
    assert by_date.status_code == 304


def test_a_changed_feed_answers_200_to_the_old_etag(young_wire: Wire, clock: HandClock) -> None:
    url = feeds_of(young_wire.base_url)[0].url
    first = httpx.get(url)
    clock.now_s += 20 * len(ARTICLES)
    again = httpx.get(
        url, headers={"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    )
    assert again.status_code == 200
    assert again.headers["Last-Modified"] != first.headers["Last-Modified"]


def test_an_unreadable_date_is_no_condition(young_wire: Wire) -> None:
    url = feeds_of(young_wire.base_url)[0].url
    assert httpx.get(url, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_the_clock_alone_publishes(young_wire: Wire, clock: HandClock) -> None:
    at_start = len(read_items(young_wire))
    clock.now_s += 40
    assert at_start == round(len(ARTICLES) / 2)
    assert len(read_items(young_wire)) == at_start + 2


def test_an_unpublished_page_is_not_there_yet(young_wire: Wire, clock: HandClock) -> None:
    url = young_wire.base_url + next(a for a in ARTICLES if a.article_id == "kl-india-serang-pakistan").path
    assert httpx.get(url).status_code == 404
    clock.now_s += 20 * len(ARTICLES)
    assert httpx.get(url).status_code == 200


def test_a_correction_keeps_the_guid_and_changes_title_and_page(young_wire: Wire, clock: HandClock) -> None:
    def read_saravan() -> tuple[str, str]:
        feed = parse_feed(httpx.get(f"{young_wire.base_url}/wartasagara/feed.xml").content)
        item = next(item for item in feed.entries if item.id.endswith("ws-pakistan-balas-saravan"))
        return item.title, httpx.get(item.link).text

    title, page = read_saravan()
    clock.now_s += 60
    corrected_title, corrected_page = read_saravan()
    assert "Tujuh" in title
    assert "Tujuh orang tewas" in page
    assert "Sembilan" in corrected_title
    assert "Ralat:" in corrected_page


def test_one_feed_fails_every_fifth_time_and_says_when_to_come_back(full_wire: Wire) -> None:
    answers = [httpx.get(f"{full_wire.base_url}/tidewickledger/feed.xml") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 503]
    assert answers[-1].headers["Retry-After"] == "5"


def test_a_front_page_names_its_feed(full_wire: Wire) -> None:
    page = httpx.get(f"{full_wire.base_url}/haldencourier/").text
    assert 'rel="alternate" type="application/atom+xml" href="/haldencourier/feed.xml"' in page


@pytest.mark.parametrize("path", ["/nowhere", "/wartasagara/2024/01/01/none", "/wartasagara", "/%00"])
def test_an_unknown_path_is_404(full_wire: Wire, path: str) -> None:
    assert httpx.get(full_wire.base_url + path).status_code == 404


def test_head_answers_without_a_body(full_wire: Wire) -> None:
    answer = httpx.head(f"{full_wire.base_url}/sevenwells/feed.xml")
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) > 0
    assert answer.content == b""


def test_the_server_listens_on_loopback_only(full_wire: Wire) -> None:
    assert full_wire.base_url.startswith("http://127.0.0.1:")


def test_the_command_serves_and_stops_cleanly() -> None:
    command = [sys.executable, "-m", "flows.wire", "--port", "0", "--start-full"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        root = line.split(" at ")[1].strip()
        assert httpx.get(root).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
