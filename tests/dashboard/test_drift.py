"""Drift of the reading: shares by week, what moved by more than chance, and its place on *Quality*."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts.weeks import weeks_figure
from dashboard.views.drift import EVERY, drift_of, new_versions, shares_by_week, whole_weeks
from dashboard.views.quality import languages_of
from tests.dashboard.checked import checked
from tests.dashboard.test_pages import opened, written
from tests.records import make_article
from warehouse.connect import open_warehouse
from warehouse.quality import read_weeks_read
from warehouse.write import write_articles

MONDAY = date(2026, 9, 7)


def weeks_of(*rows: tuple[int, str, int, int]) -> pd.DataFrame:
    """Rows of (week, language, relevant, those with an event); all articles are relevant and read."""
    return pd.DataFrame(
        [
            {
                "week_on": MONDAY + timedelta(weeks=week),
                "language": language,
                "article_count": relevant,
                "coded_count": relevant,
                "relevant_count": relevant,
                "yielding_count": yielding,
                "mention_count": yielding,
                "confidence_sum": 0.8 * yielding,
                "coder_versions": ["rules-1"] if week < 5 else ["rules-2"],
            }
            for week, language, relevant, yielding in rows
        ]
    )


@pytest.fixture
def falling() -> pd.DataFrame:
    """Ten weeks, of which the first and last do not count: Persian falls from eight of ten to four of ten."""
    persian = [(week, "fa", 50, 40 if week < 5 else 20) for week in range(10)]
    english = [(week, "en", 100, 70) for week in range(10)]
    return weeks_of(*persian, *english)


def test_share_that_falls_is_told_and_one_that_stays_is_not(falling: pd.DataFrame) -> None:
    moved = drift_of(whole_weeks(falling)).to_dict("records")
    assert [(row["language"], row["watched"]) for row in moved] == [("fa", "yielding"), (EVERY, "yielding")]
    assert moved[0]["before"] == pytest.approx(0.8)
    assert moved[0]["after"] == pytest.approx(0.4)
    assert moved[0]["far"] < 0


def test_first_and_last_week_are_left_out_since_they_may_be_cut(falling: pd.DataFrame) -> None:
    whole = whole_weeks(falling)
    assert min(whole["week_on"]) == MONDAY + timedelta(weeks=1)
    assert max(whole["week_on"]) == MONDAY + timedelta(weeks=8)
    every = whole[whole["language"] == EVERY]
    assert every["relevant_count"].tolist() == [150] * 8


def test_few_articles_give_neither_drift_nor_a_point_of_the_line() -> None:
    thin = whole_weeks(weeks_of(*((week, "ur", 3, 3 if week < 5 else 0) for week in range(10))))
    assert drift_of(thin).empty
    assert shares_by_week(thin, "yielding")["share"].isna().all()


def test_week_in_which_another_coder_began_is_ruled_off(falling: pd.DataFrame) -> None:
    whole = whole_weeks(falling)
    begun = new_versions(whole)
    assert begun == {MONDAY + timedelta(weeks=5): "rules-2"}
    figure = checked(weeks_figure(shares_by_week(whole, "yielding"), {EVERY: "all", "fa": "Persian"}, begun))
    assert [trace.name for trace in figure.data] == ["all", "Persian"]
    assert list(figure.data[1].y)[:5] == [80.0, 80.0, 80.0, 80.0, 40.0]
    assert figure.layout.shapes[0].x0 == MONDAY + timedelta(weeks=5)


def test_weeks_of_a_language_make_up_its_shares(falling: pd.DataFrame) -> None:
    languages = languages_of(falling).set_index("language")
    assert languages.index.tolist() == ["en", "fa"]
    assert languages.loc["fa", "article_count"] == 500
    assert languages.loc["fa", "yielding_share"] == pytest.approx(0.6)


def test_quality_shows_drift_of_articles_that_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    articles = [
        make_article(f"{week}-{number}", first_seen_at_utc=now - timedelta(weeks=week), coder_version="rules-9",
                     language="fa", title="t", text="x", is_relevant=week > 4 or number < 5)
        for week in range(11)
        for number in range(30)
    ]  # fmt: skip
    with open_warehouse(tmp_path) as wh:
        write_articles(wh, "articles", articles, [], {})
        weeks = read_weeks_read(wh, 90)
        assert weeks["coded_count"].sum() == weeks["article_count"].sum() == 330
        assert weeks["relevant_count"].tolist()[-1] == 5
    app = opened("quality", tmp_path, monkeypatch)
    assert not app.exception
    assert "What moved by more than chance in the last 4 weeks" in written(app)
    [table] = [one.value for one in app.dataframe if "Last weeks" in one.value.columns]
    assert table["Share"].tolist()[0] == "About diplomacy or security"


def test_young_warehouse_says_that_it_is_too_young(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("quality", small_world, monkeypatch)
    assert not app.exception
    assert "Two whole weeks are needed" in written(app)
