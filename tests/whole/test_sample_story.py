"""From a page on a real site to a highlighted sentence in a real browser, through real flows on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import open_browser, watch_requests
from tests.supervised import RunningHome
from tests.whole.judging import find_leaks, find_missing
from tests.whole.newsstand import Piece, open_newsstand
from tests.whole.stories import EXTRA_LIMIT, STORIES, load_story

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(1000)]


@pytest.fixture(scope="module")
def stories() -> dict[str, tuple[Piece, dict[str, Any]]]:
    return {name: load_story(folder, name) for name, folder in STORIES.items()}


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, stories: dict[str, tuple[Piece, dict[str, Any]]]
) -> Iterator[RunningHome]:
    home = tmp_path_factory.mktemp("story") / "home"
    settings = {
        "uses_catalogue": "false",
        "allow_private_hosts": "127.0.0.1",
        "host_spacing_s": "0",
        "assess_every_s": "10",
    }
    with open_newsstand([piece for piece, _ in stories.values()]) as site:
        stopped = RunningHome(home, settings=settings)
        stopped.run("feeds", "add", f"{site}/feed/", "--outlet", "Kabar", "--language", "id")
        with stopped as started:
            started.wait_for(
                lambda: int(started.sql("SELECT count(*) AS n FROM event_dyads")[0]["n"]) > 3, "the first events"
            )
            yield started


def mentions_of(running: RunningHome, slug: str) -> list[dict[str, str]]:
    return running.sql(
        "SELECT m.* EXCLUDE (trace) FROM mentions AS m JOIN articles AS a USING (article_id) "
        f"WHERE m.superseded_at_utc IS NULL AND contains(a.url, '/{slug}/') ORDER BY evidence_start"
    )


def typed(row: dict[str, str]) -> dict[str, Any]:
    return {key: value or None for key, value in row.items()}


@pytest.mark.parametrize("name", sorted(STORIES))
def test_the_page_is_read_as_its_author_wrote_it(running: RunningHome, stories: Any, name: str) -> None:
    piece, gold = stories[name]
    article = running.sql(f"SELECT title, text, text_source FROM articles WHERE contains(url, '/{name}/')")[0]
    assert article["text_source"] == "page"
    assert article["title"] == piece.title
    for paragraph in piece.paragraphs:
        if not paragraph.startswith(("Baca Juga", "Read also")):
            assert paragraph in article["text"]
    for forbidden in gold["must_not"]:
        assert forbidden["evidence"] not in article["text"]


@pytest.mark.parametrize("name", sorted(STORIES))
def test_every_event_of_the_story_is_found_and_nothing_else(running: RunningHome, stories: Any, name: str) -> None:
    _, gold = stories[name]
    rows = [typed(row) for row in mentions_of(running, name)]
    assert find_missing(gold, rows) == []
    assert find_leaks(gold, rows) == []
    assert len(rows) <= len(gold["events"]) + EXTRA_LIMIT


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("name", sorted(STORIES))
def test_the_sentence_is_highlighted_in_the_dashboard(
    running: RunningHome, stories: Any, browser: Browser, name: str
) -> None:
    _, gold = stories[name]
    a, b = sorted(gold["main_actors"])
    wanted = next(event for event in gold["events"] if event["type"] == ["ASSAULT"] and not event.get("optional"))
    found = running.sql(
        "SELECT e.event_id, m.evidence_text FROM events AS e JOIN event_mentions USING (event_id) "
        f"JOIN mentions AS m USING (mention_id) WHERE e.type = 'ASSAULT' AND e.starts_on = DATE '{wanted['date']}' "
        f"AND e.actor_code = '{wanted['actor'][0]}' AND m.status = 'occurred' AND m.superseded_at_utc IS NULL"
    )[0]
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    foreign = watch_requests(context)
    page = context.new_page()
    page.goto(f"{running.dashboard_url}/pair?a={a}&b={b}&range=all&event={found['event_id']}")
    mark = page.locator("mark").first
    expect(mark).to_be_visible(timeout=120_000)
    assert " ".join(mark.inner_text().split()) == " ".join(found["evidence_text"].split())
    assert page.get_by_text("Kabar").count() >= 1
    assert foreign == []
    context.close()
