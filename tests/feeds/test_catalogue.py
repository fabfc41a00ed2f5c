"""Every line of the catalogue. To repair one, edit its CSV in flows/feeds/catalogue and run this file again."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.feeds.catalogue import COLUMNS, TOPICS, country_codes, is_language, load_catalogue
from flows.feeds.identity import is_web_address
from warehouse.errors import FeedError

FEEDS = load_catalogue()
GOOD = "one,one,One,one,IDN,id,world,https://one.example/rss,asia,A reason that is long enough"


def test_every_feed_of_the_catalogue_is_whole() -> None:
    for feed in FEEDS:
        assert is_web_address(feed.url), feed
        assert is_language(feed.language or ""), feed
        assert feed.country_code is None or feed.country_code in country_codes(), feed
        assert feed.topic in TOPICS, feed
        assert feed.reason, feed
        assert (feed.status, feed.origin, feed.original_url) == ("active", "catalogue", feed.url)


def test_the_catalogue_is_wide_enough() -> None:
    assert len(FEEDS) >= 150
    assert {"id", "en", "ms", "ar", "fa", "ur", "tr", "es", "fr", "ru", "zh", "hi"} <= {feed.language for feed in FEEDS}
    assert {"IDN", "PAK", "IRN"} <= {feed.country_code for feed in FEEDS}
    assert len({feed.reason for feed in FEEDS}) == len(FEEDS)


def test_state_media_of_one_state_are_one_family() -> None:
    families = {feed.outlet_id: feed.family_id for feed in FEEDS}
    assert families["irna"] == families["presstv"] == families["tasnim"]
    assert families["tass"] == families["rt"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (GOOD.replace("one,one", "One,one", 1), "lower-case"),
        (GOOD.replace("https", "ftp"), "http or https"),
        (GOOD.replace("IDN", "ID"), "alpha-3"),
        (GOOD.replace(",id,", ",qq,"), "language"),
        (GOOD.replace("world", "sport"), "topic"),
        (GOOD.replace("A reason that is long enough", "short"), "reason"),
        (GOOD + ",more", "columns"),
        (GOOD.replace("one,one", "two,one", 1).replace("https", "http"), "already"),
        (GOOD.replace("one,one,One", "two,one,Uno").replace("/rss", "/2"), "elsewhere"),
    ],
)
def test_a_broken_line_is_refused_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    first = "" if "already" not in message and "elsewhere" not in message else GOOD + "\n"
    (tmp_path / "x.csv").write_text(",".join(COLUMNS) + "\n" + first + line + "\n", encoding="utf-8")
    with pytest.raises(FeedError, match=rf"x\.csv line \d: .*{message}"):
        load_catalogue(tmp_path)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FeedError, match="columns"):
        load_catalogue(tmp_path)
