"""What the grouping of stories asks for: those that may still go on, and those that are not to be parted twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.warehouse_stock import stock_warehouse
from warehouse.connect import open_warehouse
from warehouse.records import Story, StoryKey
from warehouse.telling import read_stories_alike
from warehouse.write import write_stories

NOW = datetime(2024, 1, 20, tzinfo=UTC)


def a_story(story_id: str, days_ago: int, **told: str) -> Story:
    last = NOW - timedelta(days=days_ago)
    return Story(
        story_id=story_id, title="t", first_published_at_utc=last - timedelta(days=1), last_published_at_utc=last,
        article_count=1, outlet_count=1, family_count=1, language_count=1, signature="", updated_at_utc=NOW, **told,
    )  # fmt: skip


def test_stories_that_are_over_are_left_out_but_for_those_parted_from_another(tmp_path: Path) -> None:
    stock_warehouse(tmp_path)
    stories = [
        a_story("new", 1),
        a_story("over", 5),
        a_story("parted", 5, split_from_id="new"),
        a_story("long parted", 15, split_from_id="new"),
        a_story("joined", 1, merged_into_id="new"),
        a_story("other", 1),
    ]
    keys = [
        StoryKey(story_key="other" if one.story_id == "other" else "IRN-PAK ASSAULT", story_id=one.story_id,
                 last_published_at_utc=one.last_published_at_utc)
        for one in stories
    ]  # fmt: skip
    with open_warehouse(tmp_path) as wh:
        write_stories(wh, "stories", stories, {}, keys=keys)

        def found(*ids: str) -> list[str]:
            told = read_stories_alike(
                wh,
                ["IRN-PAK ASSAULT"],
                ids,
                NOW - timedelta(days=3),
                NOW + timedelta(days=3),
                parted_since=NOW - timedelta(days=10),
            )
            return [story.story_id for story in told]

        assert found() == ["parted", "new"]
        assert found("other", "over") == ["parted", "new", "other"]
