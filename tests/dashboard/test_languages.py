"""Pages in other languages: the catalogue has every message and no other, and no page keeps a word of English."""

from __future__ import annotations

import ast
import csv
import re
import string
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Message
from streamlit.testing.v1 import AppTest

from dashboard.translation import kept, t, tc, tn, type_word
from dashboard.translation.catalogue import ENGLISH, LOCALE, languages, speak, translations_of
from dashboard.translation.names import in_this_language, side_name
from dashboard.translation.written import decimal, signed, written_date, written_moment
from dashboard.views import method
from dashboard.views.reader import browser_language
from tests.dashboard.newsroom import STORY_ID, write_world
from tests.dashboard.test_pages import PAGES, opened, written
from tests.translations import DASHBOARD, MARKS, ROOT, code_catalogue, read_catalogue
from warehouse.records import stable_id
from warehouse.side_names import english_name

OTHERS = sorted(set(languages()) - {ENGLISH})
# Plotly's own words, which name theirs in its dictionary.
NAMED_FOR_PLOTLY = {"Zoom in", "Zoom out", "Double-click to zoom back out"}
CODEBOOK = ROOT / "flows" / "events" / "codebook"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak(ENGLISH)


@pytest.fixture(scope="module")
def one_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small warehouse that these pages only read."""
    home = tmp_path_factory.mktemp("languages")
    write_world(home)
    return home


def key_of(message: Message) -> tuple[object, object]:
    return message.context, message.id


def texts(message: Message) -> list[tuple[str, str]]:
    """Each form of a message beside its translation."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    many = message.id[-1]
    return [(many, str(form)) for form in message.string or ()]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_catalogue_has_every_message_of_the_code_and_no_other(language: str) -> None:
    ours = {key_of(message) for message in code_catalogue() if message.id}
    kept_ones = {key_of(message) for message in read_catalogue(language) if message.id}
    assert ours - kept_ones == set(), "add them: make messages"
    assert kept_ones - ours == set(), "take them out: make messages"


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_with_the_same_places_and_links(language: str) -> None:
    for message in read_catalogue(language):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        for said, translated in texts(message):
            assert translated.strip(), f"not translated: {said}"
            assert places(said) == places(translated), said
            assert re.findall("`[^`]*`", said) == re.findall("`[^`]*`", translated), said
            assert said.count("\n\n") == translated.count("\n\n"), said


def test_no_message_stands_in_an_f_string_where_the_extractor_does_not_see_it() -> None:
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in DASHBOARD.rglob("*.py")
        for inner in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(inner, ast.JoinedStr)
        for call in ast.walk(inner)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", None) in MARKS
        and isinstance(call.args[1 if getattr(call.func, "id", None) == "tc" else 0], ast.Constant)
    ]
    assert hidden == [], "say it before the f-string"


def modes() -> Iterator[str]:
    for path in CODEBOOK.glob("*.toml"):
        yield from tomllib.loads(path.read_text(encoding="utf-8")).get("modes", {})


@pytest.mark.parametrize("language", OTHERS)
def test_every_type_and_mode_of_the_codebook_has_a_word(language: str) -> None:
    said = {key_of(message) for message in read_catalogue(language)}
    types = {("event type", path.stem) for path in CODEBOOK.glob("*.toml")}
    assert types | {("mode", mode.replace("-", " ")) for mode in modes()} <= said


@pytest.mark.parametrize("language", OTHERS)
def test_every_side_with_a_name_of_its_own_is_one_we_know(language: str) -> None:
    areas = set((DASHBOARD / "charts" / "disputed.csv").read_text(encoding="utf-8").replace("\n", ",").split(","))
    with (LOCALE / language / "sides.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if english_name(code) is None and code not in areas] == []


def test_numbers_days_and_names_are_written_as_indonesian_does() -> None:
    speak("id")
    instant = datetime(2026, 8, 5, 14, 30, tzinfo=UTC)
    assert written_moment(instant, ZoneInfo("Asia/Jakarta")) == "5 Agu 2026 21.30"
    assert (written_date(date(2026, 5, 1)), decimal(1234.5), signed(-0.42)) == ("1 Mei 2026", "1.234,5", "−0,4")
    assert tn("{count} event", "{count} events", 1234) == "1.234 peristiwa"
    assert (side_name("DEU"), side_name("UNO"), side_name("hamas")) == ("Jerman", "PBB", "Hamas")
    assert (in_this_language("United Nations"), in_this_language("Front of Tavor")) == ("PBB", "Front of Tavor")


def test_english_is_what_stands_in_the_code() -> None:
    speak(ENGLISH)
    assert (t("Today"), tc("mode", "aerial"), type_word("ASSAULT")) == ("Today", "aerial", "ASSAULT")
    assert (tn("{count} event", "{count} events", 1), tn("{count} event", "{count} events", None)) == (
        "1 event",
        "0 events",
    )
    assert written_moment(datetime(2026, 9, 5, 14, 30, tzinfo=UTC), UTC) == "5 Sep 2026 14:30"


def test_code_of_a_type_stays_beside_its_word() -> None:
    speak("id")
    assert type_word("ASSAULT") == "ASSAULT (serangan)"
    assert type_word("NOVEL") == "NOVEL"


@pytest.mark.parametrize(
    ("told", "expected"),
    [("id-ID", "id"), ("id", "id"), ("in", "id"), ("en-GB", "en"), ("pt-BR", "en"), (None, "en"), ("", "en")],
)
def test_browser_says_which_language(told: str | None, expected: str) -> None:
    assert browser_language(told) == expected


def test_language_that_has_no_catalogue_is_english() -> None:
    speak("xx")
    assert t("Today") == "Today"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tension reached 63, limit 60", "ketegangan mencapai 63, batas 60"),
        ("page not available: answered 404", "halaman tidak tersedia: jawabannya 404"),
        (
            "ASSAULT between IRN and PAK, on PAK soil; dated 2024-01-18 (day); occurred",
            "ASSAULT (serangan) antara IRN dan PAK, di wilayah PAK; bertanggal 18 Jan 2024 (hari); terjadi",
        ),
        ("something nobody knows; same place", "something nobody knows; tempat yang sama"),
        ("", ""),
    ],
)
def test_what_flows_have_kept_is_said_part_by_part(text: str, said: str) -> None:
    speak(ENGLISH)
    assert kept.kept(text) == text
    speak("id")
    assert kept.kept(text) == said


def test_flows_still_say_what_is_known_of_them() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "flows").rglob("*.py"))
    # A label's id is taken out before a page shows it; the other is put together where it is kept.
    pieces = {piece.strip(" .()") for part in kept.PARTS for piece in re.split(r"\{\w+\}|[,;:]", part)}
    pieces -= {"put here by a reader's label", "page not available"}
    gone = [piece for piece in sorted(pieces) if piece not in source]
    assert gone == [], "say in dashboard/translation/kept.py what flows write now, then: make messages"


def english_left(shown: str, language: str) -> list[str]:
    """Messages of several words that a page shows in English although they are translated."""
    known = translations_of(language)
    found = []
    for message in code_catalogue():
        said = message.id if isinstance(message.id, str) else message.id[-1] if message.id else ""
        parts = re.split(r"\{\w+\}", said)
        fixed = max(parts, key=len).strip()
        is_phrase = len(fixed.split()) > min(len(parts), 2)
        if is_phrase and fixed not in NAMED_FOR_PLOTLY and known.gettext(said) != said and fixed in shown:
            found.append(fixed)
    return found


def everything(app: AppTest) -> str:
    """All that a page says: its texts, and the labels, choices, helps and tables of its controls."""
    said = [written(app)]
    for element in app.main:
        said += _said(element)
    return "\n".join(said)


def _said(block: object) -> Iterator[str]:
    if hasattr(block, "children"):
        for child in block.children.values():
            yield from _said(child)
    proto = getattr(block, "proto", None)
    # Widgets are known by keys that nobody reads.
    yield re.sub(r'(?m)^ *(form_)?id: ".*"$', "", str(proto))


@pytest.mark.parametrize("page", PAGES)
def test_page_in_indonesian_keeps_no_english(page: str, one_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {
        "pair": {"a": "XAR", "b": "XBE", "event": stable_id("event", 1), "usual": "1", "with": "XAR-XCO"},
        "brief": {"a": "XAR", "b": "XBE"},
        "stories": {"story": STORY_ID},
        "world": {"days": "all", "country": "XBE"},
    }
    # The changelog is written in English, and the page says so.
    monkeypatch.setattr(method, "draw_changelog", lambda: None)
    app = opened(page, one_world, monkeypatch, lang="id", **asked.get(page, {}))
    assert not app.exception
    assert not app.error
    assert english_left(everything(app), "id") == []


def test_chosen_language_is_kept_in_the_address_and_said_to_the_browser(
    one_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("method", one_world, monkeypatch)
    assert app.header[0].value == "Method"
    assert "lang" not in app.query_params
    app.radio[0].set_value("id").run()
    assert app.header[0].value == "Metode"
    assert "id" in app.query_params["lang"]
    app.query_params.clear()
    app.run()
    assert app.header[0].value == "Metode"
    assert "id" in app.query_params["lang"]
