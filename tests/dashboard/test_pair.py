"""The page of a pair beyond its curves: the days that are seen, other pairs, third sides, what is usual, notes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from dashboard.charts import palette
from dashboard.charts.between import Edge, ThirdSide, between_figure, width_px
from dashboard.charts.compared import ComparedPair, compared_figure, spread_out
from dashboard.charts.days import day_axis
from dashboard.charts.figure import figure_of
from dashboard.charts.flags import WORDED_COUNT, flag_traces
from dashboard.charts.usual import usual_traces
from dashboard.usual import Usual, usual_of
from dashboard.views import pair_told
from dashboard.views.pair_between import third_side_rows
from dashboard.views.pair_phases import phase_rows
from dashboard.views.pair_question import dyads_in
from dashboard.views.pair_usual import usual_sentence
from dashboard.views.shown_days import whole_days
from dashboard.views.wording import written_day
from tests.dashboard.checked import checked
from tests.dashboard.newsroom import NOW, write_third_side
from tests.dashboard.screens import click_point, wait_until_drawn
from tests.dashboard.test_pages import opened, written
from warehouse.connect import open_warehouse
from warehouse.noting import read_dyad_notes, write_dyad_note
from warehouse.records import DyadNote, stable_id

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 16)
GROUNDS = ("#ffffff", "#12161b")


def series_of(*nets: float) -> pd.DataFrame:
    days = [FIRST + timedelta(days=n) for n in range(len(nets))]
    zeros = dict.fromkeys(("tension", "deescalation", "lower", "upper"), [0.0] * len(nets))
    return pd.DataFrame({"on_date": days, **zeros, "net": nets, "is_thin": False})


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, by WCAG 2.2, relative luminance."""
    lightness = []
    for colour in (first, second):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lightness.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lightness) + 0.05) / (min(lightness) + 0.05)


def test_every_line_beside_another_is_seen_on_light_and_dark_and_told_by_its_dash_too() -> None:
    colours, dashes = zip(*palette.BESIDE, strict=True)
    assert all(contrast(colour, ground) >= 3 for colour in colours for ground in GROUNDS)
    assert len(set(dashes)) == len(palette.BESIDE)


def test_each_pair_has_a_line_with_its_name_at_the_end_and_leads_to_its_page() -> None:
    pairs = [
        ComparedPair(("ARL", "BEL"), "Arlan & <b>", "ARL", series_of(-2.0, -4.0)),
        ComparedPair(("ARL", "COR"), "Arlan - Corva", "COR", series_of(3.0)),
        ComparedPair(("BEL", "COR"), "unknown", "none", series_of()),
    ]
    figure = checked(compared_figure(pairs, since=FIRST, until=LAST, zoom=(FIRST, FIRST + timedelta(days=1))))
    lines = [trace for trace in figure.data if trace.customdata is not None]
    assert [trace.customdata[0] for trace in lines] == ["ARL BEL", "ARL COR"]
    assert lines[0].name == "Arlan &amp; &lt;b&gt;"
    labels = {label.text: (label.y, label.font.color) for label in figure.layout.annotations}
    assert labels["ARL"] == (-4.0, lines[0].line.color)  # of the last day that is seen
    assert set(labels) == {"ARL", "COR"}


def test_names_at_the_end_of_lines_never_cover_each_other() -> None:
    placed = spread_out([(1.0, "b", ""), (0.9, "a", ""), (5.0, "c", "")], 1.5)
    assert [text for _, text, _ in placed] == ["a", "b", "c"]
    heights = [height for height, _, _ in placed]
    assert all(higher - lower >= 1.5 for lower, higher in pairwise(heights))


def test_pairs_of_an_address_are_known_sides_also_those_with_dashes_in_their_codes() -> None:
    codes = {"IRN", "jaish-al-adl", "CHN", "USA"}
    asked = "USA-CHN, jaish-al-adl-IRN,CHN-USA,CHN-CHN,CHN-XXX,,-"
    known, unknown = dyads_in(asked, codes)
    assert known == [("CHN", "USA"), ("IRN", "jaish-al-adl")]
    assert unknown == ["CHN-CHN", "CHN-XXX", "-"]


@pytest.mark.parametrize(
    ("ends", "days"),
    [
        (("2026-03-02 11:00", "2026-03-05 09:30"), (3, 5)),
        (("2026-03-02", "2026-03-05 00:00:00.5"), (2, 5)),
        (("2026-03-02 03:00", "2026-03-02 09:00"), (2, 2)),
        (("2026-03-02 14:00", "2026-03-02 22:00"), (3, 3)),
    ],
)
def test_zoom_is_the_days_whose_markers_it_shows(ends: tuple[str, str], days: tuple[int, int]) -> None:
    assert whole_days(*ends) == tuple(date(2026, 3, day) for day in days)


def test_axis_shows_the_whole_of_both_ends_of_a_zoom_and_is_free_without_one() -> None:
    assert day_axis((FIRST, FIRST))["range"] == ["2026-03-01T12:00:00", "2026-03-02T12:00:00"]
    assert "range" not in day_axis(None)


def test_third_side_stands_between_the_two_and_its_lines_say_which_way_they_pull() -> None:
    mediator = ThirdSide("OMN", "<i>Oman", (Edge(0, 9, 4.0, mediation_count=2), Edge(1, 1, -3.0)))
    idle = ThirdSide("QAT", "Qatar", (Edge(0, 1, 0.0), Edge(1, 1, 0.01)))
    figure = checked(between_figure("Iran", "Pakistan", [mediator, idle]))
    traces = {trace.name: trace for trace in figure.data}
    eased, tense, still = (traces[f"{sign}"] for sign in ("▼ net de-escalation", "▲ net escalation", "● net neutral"))
    assert (eased.line.color, eased.line.dash) != (tense.line.color, tense.line.dash)
    assert len({eased.line.dash, tense.line.dash, still.line.dash}) == 3
    assert eased.line.width == width_px(9, 9) > tense.line.width
    assert list(traces["third sides"].customdata) == ["0 OMN", "0 QAT"]
    assert traces["third sides"].text[0] == "&lt;i&gt;Oman"
    assert list(traces["what they do"].customdata)[:2] == ["0 OMN", "1 OMN"]
    assert "mediates or hosts: 2" in traces["what they do"].text[0]
    table = third_side_rows([mediator, idle], ("Iran", "Pakistan"))
    assert list(table["Net with Iran"]) == ["▼ +4.0", "● 0.0"]
    assert list(table["Mediates or hosts"]) == [2, 0]


def test_who_acts_with_both_sides_is_listed_with_what_they_do(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = asked_pair(small_world, monkeypatch)
    assert "Nobody else acts with both Arlan and Belmora in this range." in written(app)
    write_third_side(small_world)
    app.run()
    table = app.dataframe[1].value
    assert list(table["Third side"]) == ["Corva"]
    assert list(table["Net with Arlan"]) == ["▲ −3.0"]
    assert list(table["Mediates or hosts"]) == [1]


def test_usual_is_the_middle_half_of_the_days_before_also_of_those_without_news() -> None:
    series = series_of(*[-4.0] * 60, *[-2.0] * 20).assign(tension=[4.0] * 60 + [2.0] * 20)
    until = FIRST + timedelta(days=100)  # the last twenty days have no news, and fade
    usual = usual_of(series, until=until, half_life_days=7.0)
    assert isinstance(usual, Usual)
    assert usual.day_count == 100
    level = usual.levels["tension"]
    assert (level.lower, level.median, level.upper) == pytest.approx((2.0, 4.0, 4.0))
    told = usual_sentence(usual, series.tail(1), until)
    assert "Usual in the 100 known days before" in told
    assert "tension 4.0 (2.0 to 4.0)" in told
    assert "net −4.0" in told
    assert told.endswith("tension was within what is usual.")
    assert usual_of(series, until=FIRST + timedelta(days=40)) == 40
    assert usual_of(series, until=FIRST) == 0


def test_usual_level_is_drawn_faint_over_the_whole_range() -> None:
    usual = usual_traces({"tension": (1, 2, 3), "net": (-3, -2, -1)}, FIRST, LAST)
    traces = {trace.name: trace for trace in checked(figure_of(usual, {})).data}
    assert list(traces["Usual tension"].x) == [FIRST, LAST]
    assert list(traces["Usual tension"].y) == [2, 2]
    assert list(traces["usual net, middle half of days"].y) == [-3, -3, -1, -1]
    assert "0.14" in traces["usual tension, middle half of days"].fillcolor


def asked_pair(home: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = opened("pair", home, monkeypatch, **({"a": "XAR", "b": "XBE", "range": "30d"} | query))
    assert not app.exception
    assert not app.error
    return app


def test_pairs_of_the_address_stand_beside_the_page_s_own(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = asked_pair(small_world, monkeypatch, **{"with": "XCO-XAR,XBE-XAR,XAR-NOBODY", "range": "all"})
    assert "Compared" in written(app)
    assert "<dt>Arlan - Corva</dt>" in written(app)
    assert app.query_params["with"] == "XAR-XCO"
    assert [said.value for said in app.info] == [
        "Left out of the comparison that the address names: XAR-NOBODY; expected are two different known sides with a "
        "dash between their codes, such as XAR-XBE, and a comma between pairs."
    ]
    next(button for button in app.button if button.label == "Open Arlan - Corva").click().run()
    assert "Compared" not in written(app)
    assert dict(app.query_params) == {"a": "XAR", "b": "XCO", "range": "all"}
    assert not app.info


def test_days_of_the_address_are_those_whose_events_are_listed(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = NOW.date()
    days = {"since": (today - timedelta(days=5)).isoformat(), "until": (today - timedelta(days=2)).isoformat()}
    app = asked_pair(small_world, monkeypatch, **days)
    assert "1 event from" in written(app)
    assert list(app.dataframe[0].value["Event"]) == ["Arlan → Belmora: SANCTION · recall"]
    next(button for button in app.button if button.label == "The whole range").click().run()
    assert "3 events in this range" in written(app)
    assert "since" not in app.query_params


def test_more_events_than_a_page_holds_are_counted_and_come_when_asked_for(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_told, "DRAWN_COUNT", 2)
    monkeypatch.setattr(pair_told, "LISTED_COUNT", 1)
    app = asked_pair(small_world, monkeypatch, event=stable_id("event", 1))
    assert "3 events in this range" in written(app)
    assert "Markers are the weightiest 2 of 3 events" in written(app)
    assert len(app.dataframe[0].value) == 2  # the newest, and the opened one
    assert "2 of 3 are listed and exported" in written(app)
    assert "<mark>" in written(app)
    next(button for button in app.button if button.label == "List 1 more").click().run()
    assert not app.exception
    assert len(app.dataframe[0].value) == 3
    assert "are listed and exported" not in written(app)


def test_more_events_than_a_page_holds_are_drawn_where_none_of_them_is_opened(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_told, "DRAWN_COUNT", 2)
    app = asked_pair(small_world, monkeypatch)
    assert not app.exception
    assert "Markers are the weightiest 2 of 3 events" in written(app)
    assert len(app.dataframe[0].value) == 3


def test_history_too_short_to_say_what_is_usual_is_said(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = asked_pair(small_world, monkeypatch, usual="1")
    assert "What is usual cannot be said" in written(app)
    app.toggle[0].set_value(False).run()
    assert "usual" not in app.query_params
    assert "What is usual" not in written(app)


def test_flag_says_its_note_as_it_was_written_and_many_say_theirs_when_pointed_at() -> None:
    notes = pd.DataFrame({"on_date": [FIRST, LAST], "text": ["<b>vote</b>", "y" * 90], "noted_by": "desk & co"})
    poles, flags = checked(figure_of(flag_traces(notes, FIRST, LAST), {})).data
    assert list(poles.x) == [FIRST, FIRST, None, LAST, LAST, None]
    assert flags.text[0] == " &lt;b&gt;vote&lt;/b&gt; "
    assert len(flags.text[1]) <= 20
    assert list(flags.textposition) == ["middle right", "middle left"]
    assert "desk &amp; co" in flags.hovertext[0]
    assert "text" in flags.mode
    many = pd.concat([notes] * WORDED_COUNT, ignore_index=True)
    assert flag_traces(many, FIRST, LAST)[1]["mode"] == "markers"
    assert flag_traces(notes.head(0), FIRST, LAST) == []


def test_note_is_kept_shown_as_plain_text_and_removed_into_history(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = asked_pair(small_world, monkeypatch)
    next(field for field in app.text_input if field.label == "Note").input("<b>vote</b> *today*")
    next(button for button in app.button if button.label == "Keep the note").click().run()
    assert not app.exception
    assert "<bdi>&lt;b&gt;vote&lt;/b&gt; *today*</bdi>" in written(app)
    with open_warehouse(small_world) as wh:
        [note] = read_dyad_notes(wh, "XAR", "XBE", date.min, date.max).to_dict("records")
    assert (note["text"], note["noted_by"]) == ("<b>vote</b> *today*", "unnamed reader")
    assert pd.Timestamp(note["on_date"]).date() == NOW.date()
    app.button(key=f"remove-note-{note['note_id']}").click().run()
    assert not app.exception
    assert "removed by unnamed reader" in written(app)
    assert [expander.label for expander in app.expander if "note" in expander.label] == ["1 removed note"]


@pytest.mark.browser
def test_note_is_a_flag_and_a_third_side_leads_to_its_pair(page: Page, dashboard_url: str, world: Path) -> None:
    note = DyadNote(
        note_id="n1", side_a_code="XAR", side_b_code="XBE", on_date=NOW.date() - timedelta(days=6), text="Elections",
        noted_by="desk", noted_at_utc=NOW,
    )  # fmt: skip
    with open_warehouse(world) as wh:
        write_dyad_note(wh, note)
    write_third_side(world)
    page.goto(f"{dashboard_url}/pair?a=XAR&b=XBE&range=30d")
    expect(page.get_by_role("heading", name="Third sides between them")).to_be_visible()
    wait_until_drawn(page)
    expect(page.locator(".mereda-chart").first.get_by_text("Elections")).to_be_visible()
    click_point(page, "third sides", chart=1)
    expect(page).to_have_url(re.compile("a=XAR&b=XCO&range=30d"))
    expect(page.get_by_role("heading", name="1 event in this range")).to_be_visible()


def test_phases_are_told_last_first_with_their_last_day_and_what_pulled() -> None:
    phases = pd.DataFrame(
        {
            "name": ["escalating", "calm"],
            "starts_on": pd.to_datetime([FIRST, FIRST + timedelta(days=5)]),
            "ends_on": pd.to_datetime([FIRST + timedelta(days=5), FIRST + timedelta(days=6)]),
            "tension_at_start": [1.0, 9.5],
            "tension_at_end": [12.0, 4.0],
            "drivers": [["A strike.", "*Another*."], None],
        }
    )
    rows = phase_rows(phases).to_dict("records")
    assert [row["Phase"] for row in rows] == ["calm", "escalating"]
    assert rows[1]["Last day"] == written_day(FIRST + timedelta(days=4))
    assert [row["Tension"] for row in rows] == ["9.5 → 4.0", "1.0 → 12.0"]
    assert [row["What pulled most"] for row in rows] == ["time alone", "A strike. / *Another*."]
