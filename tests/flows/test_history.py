"""History from archives into a real warehouse: each kind, read twice, read broken."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.rounds.assessing import assess_all
from flows.rounds.history import read_archive
from flows.settings import Settings
from tests.archives import WebArchive, feed_xml, gdelt_line, gdelt_lines, page_html
from warehouse.checks import check_warehouse
from warehouse.connect import Warehouse
from warehouse.errors import ArticleError
from warehouse.read import read_beside_gdelt
from warehouse.records import Feed
from warehouse.write import write_feeds

DOCUMENT = (Path(__file__).parents[2] / "docs" / "history.md").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TALKS = "Iran and Pakistan agreed on Friday to ease tension, the foreign ministry said in a statement."
MORE = "The two sides will send their ambassadors back to their posts before the end of the month, it added. " * 3


def count(wh: Warehouse, sql: str) -> int:
    return int(next(iter(wh.query(sql)[0].values())))


# Captures


def store_capture(folder: Path, name: str, body: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(body)


def test_a_capture_from_before_what_is_known_changes_nothing(wh: Warehouse, tmp_path: Path) -> None:
    store_capture(tmp_path / "new", "n__20240105000000__a.xml", feed_xml(("1", "Talks end, corrected", "Late text.")))
    store_capture(
        tmp_path / "old", "n__20240101000000__a.xml", feed_xml(("1", "Talks end", "First."), ("2", "Two", ""))
    )
    read_archive(wh, "captures", [tmp_path / "new"], NOW)
    read_archive(wh, "captures", [tmp_path / "old"], NOW)
    rows = wh.query("SELECT title, revision FROM entries ORDER BY guid")
    assert [(row["title"], row["revision"]) for row in rows] == [("Talks end, corrected", 1), ("Two", 1)]
    assert count(wh, "SELECT count(*) FROM articles") == 2


def test_an_edited_item_is_a_revision_of_its_article_whatever_its_title(wh: Warehouse, tmp_path: Path) -> None:
    titles = ["Ministers meet in the capital", "Ministers meet and agree in the capital", "Ministers agree"]
    for day, title in enumerate(titles, 1):
        store_capture(tmp_path / "c", f"n__2024010{day}000000__a.xml", feed_xml(("1", title, "What they said.")))
    read_archive(wh, "captures", [tmp_path / "c"], NOW)
    (article,) = wh.query("SELECT title, revision, first_seen_at_utc FROM articles")
    assert (article["title"], article["revision"]) == ("Ministers agree", 3)
    assert article["first_seen_at_utc"] == datetime(2024, 1, 1, tzinfo=UTC)
    assert [row["title"] for row in wh.query("SELECT title FROM article_revisions ORDER BY revision")] == titles
    (entry,) = wh.query("SELECT first_seen_at_utc, revision, article_id IS NOT NULL AS is_linked FROM entries")
    assert (entry["first_seen_at_utc"], entry["revision"], entry["is_linked"]) == (
        datetime(2024, 1, 1, tzinfo=UTC),
        3,
        True,
    )


def test_captures_of_one_name_in_two_folders_are_both_read(wh: Warehouse, tmp_path: Path) -> None:
    for folder, guid in (("a", "1"), ("b", "2")):
        store_capture(tmp_path / "c" / folder, "n__20240101000000__x.xml", feed_xml((guid, f"Item {guid}", "")))
    assert read_archive(wh, "captures", [tmp_path / "c"], NOW).kept == 2
    assert read_archive(wh, "captures", [tmp_path / "c"], NOW).refused == 2
    assert count(wh, "SELECT count(*) FROM entries") == 2


def test_what_is_no_capture_is_set_aside_with_its_reason(wh: Warehouse, tmp_path: Path) -> None:
    folder = tmp_path / "c"
    store_capture(folder, "n__20240101000000__x.xml", b"<html>not a feed</html>")
    store_capture(folder, "n__20240102000000__x.xml.gz", b"not gzip")
    store_capture(folder, "notes.txt", b"hello")
    found = read_archive(wh, "captures", [folder], NOW)
    assert (found.kept, found.failed, found.unread) == (0, 3, ())
    rows = {row["subject_id"]: row["reason"] for row in wh.query("SELECT subject_id, reason FROM quarantine")}
    assert "is a web page" in rows["n__20240101000000__x.xml"]
    assert "cannot be read" in rows["n__20240102000000__x.xml.gz"]
    assert "says no feed and time" in rows["notes.txt"]
    again = read_archive(wh, "captures", [folder], NOW)
    assert (again.refused, count(wh, "SELECT count(*) FROM quarantine")) == (2, 3)


# Article lists


def article_line(number: int, **changes: object) -> bytes:
    item = {
        "url": f"https://news.example/{number}",
        "title": f"Statement {number}",
        "text": TALKS,
        "published": "2024-01-19T08:00:00+07:00",
        "outlet": "The News",
        "lang": "en",
        **changes,
    }
    return json.dumps(item).encode() + b"\n"


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_an_article_list_may_be_compressed(wh: Warehouse, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"list.jsonl{ending}"
    body = b"\xef\xbb\xbf" + article_line(1) + b"\r\n" + article_line(2).rstrip()
    file.write_bytes(gzip.compress(body) if ending else body)
    assert read_archive(wh, "articles", [file], NOW).kept == 2
    (row,) = wh.query("SELECT * FROM articles WHERE url = 'https://news.example/1'")
    assert (row["outlet_id"], row["text_source"], row["published_source"]) == ("the-news", "import", "import")
    assert row["published_at_utc"] == datetime(2024, 1, 19, 1, tzinfo=UTC)


def test_an_article_that_is_known_stays_as_it_is(wh: Warehouse, tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    first.write_bytes(article_line(1) + article_line(2))
    second.write_bytes(
        article_line(3) + article_line(1, text="Another text.", url="https://www.news.example/1?utm_source=x")
    )
    read_archive(wh, "articles", [first], NOW)
    found = read_archive(wh, "articles", [second], NOW)
    assert (found.read, found.kept, found.refused) == (2, 1, 1)
    assert count(wh, "SELECT count(*) FROM articles WHERE text = 'Another text.'") == 0
    assert count(wh, "SELECT count(*) FROM article_revisions") == 3


BAD_LINES = {
    b"{broken": "not JSON",
    b"\xff\xfe\x00": "not JSON",
    b"[1]": "not a JSON object",
    b"{}": "neither title nor text",
    b'{"title": 3}': "'title' is int",
    b'{"title": "A", "published": "soon"}': "'published' is 'soon'",
    b'{"title": "A", "published": 5}': "'published' is 5",
    b'{"title": "A", "published": "0001-01-01T00:00:00+14:00"}': "beyond the calendar",
    b'{"title": ' + b"[" * 100_000: "not JSON",
}


@pytest.mark.parametrize(("line", "named"), BAD_LINES.items(), ids=[str(line[:30]) for line in BAD_LINES])
def test_a_bad_line_is_set_aside_and_the_rest_is_read(wh: Warehouse, tmp_path: Path, line: bytes, named: str) -> None:
    file = tmp_path / "list.jsonl"
    file.write_bytes(article_line(1) + line + b"\n" + article_line(2))
    found = read_archive(wh, "articles", [file], NOW)
    assert (found.kept, found.failed, found.unread) == (2, 1, ())
    (row,) = wh.query("SELECT reason, stage FROM quarantine")
    assert named in row["reason"]
    assert row["stage"] == "backfill"


def test_a_list_cut_short_is_read_as_far_as_it_goes_and_that_is_said(wh: Warehouse, tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl.gz"
    packed = gzip.compress(b"".join(article_line(n, text=f"{TALKS} {n * 7919}") for n in range(3000)))
    file.write_bytes(packed[: len(packed) // 2])
    found = read_archive(wh, "articles", [file], NOW)
    assert 0 < found.kept < 3000
    ((subject, reason),) = found.unread
    assert subject == str(file)
    assert f"beyond line {found.read}" in reason


# GDELT


def pack(path: Path, text: str) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("20240117001500.export.CSV", text)
    else:
        path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.mark.parametrize("name", ["export.CSV", "export.CSV.zip", "export.CSV.gz"])
def test_gdelt_exports_are_read_as_they_are_shipped(wh: Warehouse, tmp_path: Path, name: str) -> None:
    text = gdelt_lines(3) + gdelt_line({0: "9", 26: "042"}) + "\n" + "broken\n"
    found = read_archive(wh, "gdelt", [pack(tmp_path / name, text)], NOW)
    assert (found.read, found.kept, found.refused, found.failed) == (5, 4, 0, 1)
    assert count(wh, "SELECT count(*) FROM gdelt_events WHERE type = 'ASSAULT' AND on_date = '2024-01-16'") == 3
    (bad,) = wh.query("SELECT reason, input FROM quarantine")
    assert (bad["input"], "1 columns" in bad["reason"]) == ("broken", True)


def test_gdelt_events_double_neither_by_file_nor_by_overlap(wh: Warehouse, tmp_path: Path) -> None:
    first = pack(tmp_path / "1.CSV.zip", gdelt_lines(5))
    second = pack(tmp_path / "2.CSV.zip", gdelt_lines(5, first=1150000003))
    read_archive(wh, "gdelt", [first], NOW)
    again = read_archive(wh, "gdelt", [first, second], NOW)
    assert (again.read, again.kept, again.refused) == (10, 2, 8)
    assert count(wh, "SELECT count(*) FROM gdelt_events") == 7


def test_gdelt_events_move_no_index_and_are_no_events_of_ours(
    wh: Warehouse, settings: Settings, tmp_path: Path
) -> None:
    read_archive(wh, "gdelt", [pack(tmp_path / "1.CSV", gdelt_lines(5))], NOW)
    assess_all(wh, settings, NOW)
    for table in ("articles", "mentions", "events", "event_dyads", "daily_dyads"):
        assert count(wh, f"SELECT count(*) FROM {table}") == 0
    assert check_warehouse(wh) == []


def test_our_days_stand_beside_what_gdelt_counted(wh: Warehouse, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl"
    file.write_bytes(
        article_line(1, text="Pakistan recalled its ambassador from Iran on Wednesday.", published="2024-01-18")
    )
    read_archive(wh, "articles", [file], NOW)
    assess_all(wh, settings, NOW)
    lines = [
        gdelt_line({0: "1", 1: "20240117"}),
        gdelt_line({0: "2", 1: "20240117", 5: "PAKGOV", 7: "PAK", 15: "IRN", 17: "IRN", 26: "036", 31: "7"}),
        gdelt_line({0: "3", 1: "20240118", 7: "USA"}),
        gdelt_line({0: "4", 1: "20240119", 26: "010"}),
    ]
    read_archive(wh, "gdelt", [pack(tmp_path / "1.CSV", "\n".join(lines))], NOW)
    frame = read_beside_gdelt(wh, "PAK", "IRN", date(2024, 1, 1), date(2024, 1, 31))
    rows = frame.to_dict("records")
    assert [row["on_date"].date() for row in rows] == [date(2024, 1, 17), date(2024, 1, 19)]
    first = rows[0]
    assert (first["event_count"], first["gdelt_event_count"]) == (1, 2)
    assert (first["gdelt_escalation_count"], first["gdelt_deescalation_count"]) == (1, 1)
    assert (first["gdelt_mention_count"], first["tension"] > 0) == (19, True)
    assert (rows[1]["gdelt_event_count"], rows[1]["gdelt_escalation_count"]) == (1, 0)
    shown = wh.query(DOCUMENT.partition('mereda sql "')[2].partition('"\n```')[0])
    assert [(row["on_date"], row["gdelt_events"]) for row in shown] == [(date(2024, 1, 17), 2), (date(2024, 1, 19), 1)]


@pytest.mark.parametrize(
    ("name", "body", "named"),
    [
        ("old.CSV", (gdelt_line(column_count=58) + "\n").encode() * 3, "GDELT 1.0 (58 columns)"),
        ("old.zip", (gdelt_line(column_count=57) + "\n").encode() * 3, "GDELT 1.0 (57 columns)"),
        ("page.html", b"<html>\n<body>\n", "no GDELT 2.0 event export; its first line has 1 columns"),
        ("export.CSV.zip", b"not a zip", "not a zip file"),
        ("export.CSV.gz", b"not gzip", "not a gzip file"),
        ("empty.CSV", b"", "is empty"),
    ],
)
def test_what_is_no_gdelt_export_is_refused_before_anything_is_read(
    wh: Warehouse, tmp_path: Path, name: str, body: bytes, named: str
) -> None:
    good = pack(tmp_path / "good.CSV", gdelt_lines(2))
    bad = tmp_path / name
    if name == "old.zip":
        pack(bad, body.decode())
    else:
        bad.write_bytes(body)
    with pytest.raises(ArticleError) as raised:
        read_archive(wh, "gdelt", [good, bad], NOW)
    assert named in str(raised.value)
    assert str(bad) in str(raised.value)
    assert count(wh, "SELECT count(*) FROM gdelt_events") == 0


def test_a_zip_of_two_files_is_refused(wh: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.CSV", gdelt_lines(1))
        archive.writestr("b.CSV", gdelt_lines(1))
    with pytest.raises(ArticleError, match="holds 2 files, expected one"):
        read_archive(wh, "gdelt", [path], NOW)


# Web archives


def save(path: Path, archive: WebArchive) -> Path:
    path.write_bytes(archive.data)
    return path


def test_pages_of_a_web_archive_become_articles(wh: Warehouse, settings: Settings, tmp_path: Path) -> None:
    write_feeds(
        wh,
        "stock",
        [
            Feed(
                feed_id="n",
                url="https://news.example/feed",
                title="N",
                outlet_id="the-news",
                outlet_name="The News",
                family_id="the-owner",
            )
        ],
    )
    stated = "<meta property='article:published_time' content='2024-01-19T09:00:00+00:00'>"
    archive = WebArchive()
    archive.add("https://news.example/a?utm_source=x", page_html("Talks in Tehran", TALKS, MORE, head=stated).encode(),
                date="2024-01-20T06:00:00Z")  # fmt: skip
    archive.add("https://other.example/b", page_html("More talks in Tehran", TALKS, MORE).encode())
    archive.add("https://other.example/", page_html("The front page of today", TALKS, MORE).encode())
    archive.add("https://other.example/empty", b"<html><body></body></html>")
    archive.add("https://other.example/gone", b"", status="404 Not Found")
    found = read_archive(wh, "warc", [save(tmp_path / "a.warc.gz", archive)], NOW)
    assert (found.read, found.kept, found.refused, found.failed) == (5, 2, 3, 0)
    assert found.note == "refused: known already, or 1 error or redirect, 2 no story on the page"
    first, second = wh.query("SELECT * FROM articles ORDER BY url")
    assert (first["url"], first["outlet_id"], first["family_id"]) == ("https://news.example/a", "the-news", "the-owner")
    assert (first["title"], first["language"], first["text_source"]) == ("Talks in Tehran", "en", "page")
    assert TALKS in first["text"]
    assert "Home" not in first["text"]
    assert (first["published_at_utc"], first["published_source"]) == (datetime(2024, 1, 19, 9, tzinfo=UTC), "page")
    assert first["text_source_reason"] == "from the web archive a.warc.gz"
    assert (second["outlet_id"], second["published_source"]) == ("other.example", "archive")
    seen = datetime(2024, 1, 18, 6, tzinfo=UTC)
    assert (second["published_at_utc"], second["first_seen_at_utc"], second["fetched_at_utc"]) == (seen, seen, seen)
    assess_all(wh, settings, NOW)
    assert count(wh, "SELECT count(*) FROM daily_dyads WHERE side_a_code = 'IRN' AND side_b_code = 'PAK'") > 0
    assert check_warehouse(wh) == []


def test_a_page_in_its_own_charset_is_read(wh: Warehouse, tmp_path: Path) -> None:
    text = "Иран и Пакистан договорились снизить напряжённость, сообщило министерство иностранных дел. " * 5
    archive = WebArchive()
    archive.add("https://n.example/header", page_html("Переговоры о мире", text).encode("cp1251"),
                content_type="text/html; charset=windows-1251")  # fmt: skip
    head = "<meta charset='koi8-r'>"
    archive.add("https://n.example/meta", page_html("Переговоры о границе", text, head=head).encode("koi8-r"),
                content_type="text/html")  # fmt: skip
    read_archive(wh, "warc", [save(tmp_path / "a.warc", archive)], NOW)
    rows = wh.query("SELECT title, language FROM articles ORDER BY url")
    assert [(row["title"], row["language"]) for row in rows] == [
        ("Переговоры о мире", "ru"),
        ("Переговоры о границе", "ru"),
    ]


def test_a_page_that_is_known_adds_nothing(wh: Warehouse, tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl"
    file.write_bytes(article_line(1))
    read_archive(wh, "articles", [file], NOW)
    archive = WebArchive()
    archive.add("https://www.news.example/1#top", page_html("Statement 1, longer", TALKS, MORE).encode())
    archive.add("https://news.example/2", page_html("Statement 2", TALKS, MORE).encode())
    archive.add("https://news.example/2?fbclid=7", page_html("Statement 2", TALKS, MORE).encode())
    found = read_archive(wh, "warc", [save(tmp_path / "a.warc.gz", archive)], NOW)
    assert (found.read, found.kept, found.refused) == (3, 1, 2)
    again = read_archive(wh, "warc", [save(tmp_path / "renamed.warc.gz", archive)], NOW)
    assert again.kept == 0
    assert count(wh, "SELECT count(*) FROM articles") == 2
    assert count(wh, "SELECT count(*) FROM article_revisions") == 2


def test_damage_in_a_web_archive_is_set_aside_and_a_cut_is_said(wh: Warehouse, tmp_path: Path) -> None:
    archive = WebArchive()
    for number in range(4):
        archive.add(f"https://news.example/{number}", page_html(f"Statement {number}", TALKS, MORE).encode())
    data = bytearray(archive.data)
    start = archive.offsets[2]
    data[start : start + 30] = b"\0" * 30
    file = tmp_path / "a.warc.gz"
    file.write_bytes(data[: archive.offsets[4] + 100])
    found = read_archive(wh, "warc", [file], NOW)
    assert (found.kept, found.failed) == (2, 1)
    ((subject, reason),) = found.unread
    assert (subject, f"from byte {archive.offsets[4]} on" in reason) == (str(file), True)
    rows = {row["subject_id"] for row in wh.query("SELECT subject_id FROM quarantine")}
    assert rows == {f"a.warc.gz {start}", f"a.warc.gz {archive.offsets[4]}"}
    # Had again whole, it is read on from where it broke off.
    file.write_bytes(data)
    again = read_archive(wh, "warc", [file], NOW)
    assert (again.read, again.kept, again.unread) == (1, 1, ())
    assert count(wh, "SELECT count(*) FROM articles") == 3


@pytest.mark.parametrize(
    ("body", "named"), [(b"<html></html>", "is no WARC archive"), (gzip.compress(b"text"), "holds no WARC archive")]
)
def test_what_is_no_web_archive_is_refused(wh: Warehouse, tmp_path: Path, body: bytes, named: str) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(body)
    with pytest.raises(ArticleError, match=named):
        read_archive(wh, "warc", [file], NOW)
