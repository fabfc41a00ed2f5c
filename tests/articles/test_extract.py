from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.extract import extract_article
from tests.articles import pages

SEED = Path(__file__).parents[2] / "../shared/seed"
URL = "https://kabar.example/berita/1?utm_source=rss"
OWN = {
    "id": (pages.INDONESIAN_TITLE, pages.INDONESIAN),
    "en": (pages.ENGLISH_TITLE, pages.ENGLISH),
    "ar": (pages.ARABIC_TITLE, pages.ARABIC),
    "fa": (pages.PERSIAN_TITLE, pages.PERSIAN),
}


@pytest.mark.parametrize("language", sorted(OWN))
def test_the_text_is_the_sentences_and_nothing_else(language: str) -> None:
    title, paragraphs = OWN[language]
    extracted = extract_article(pages.build_page(title, paragraphs, language), URL)
    assert extracted.text.splitlines() == list(paragraphs)
    assert extracted.title == title
    assert extracted.language == language
    assert extracted.is_enough


def test_metadata_comes_from_the_page() -> None:
    extracted = extract_article(pages.build_page(*OWN["id"], "id"), URL)
    assert extracted.published_at_utc == datetime(2026, 3, 4, 2, 30, tzinfo=UTC)
    assert extracted.canonical_url == "https://kabar.example/berita/1"


def test_a_sentence_around_an_inline_link_stays_whole() -> None:
    first, *rest = pages.INDONESIAN
    html = pages.build_page(pages.INDONESIAN_TITLE, pages.INDONESIAN, "id").decode()
    inline = '<strong>Baca Juga: <a href="/y">Armada Belmora Menggempur Pelabuhan</a></strong>'
    html = html.replace("setelah dua pekan", f"setelah {inline} dua pekan")
    text = extract_article(html.encode(), URL).text
    assert text.splitlines() == [first, *rest]


def test_a_cue_written_into_the_paragraph_goes_with_its_link() -> None:
    html = pages.build_page(pages.ENGLISH_TITLE, pages.ENGLISH, "en").decode()
    html = html.replace("were killed.", 'were killed. Read more: <a href="/z">Fleet bombards harbour</a>')
    assert extract_article(html.encode(), URL).text.splitlines() == list(pages.ENGLISH)


def test_ld_json_goes_before_open_graph() -> None:
    linked = {
        "@graph": [{"@type": "NewsArticle", "headline": "Judul dari ld+json", "datePublished": "2026-03-05T01:00:00Z"}]
    }
    html = pages.build_page(*OWN["id"], "id").decode()
    html = html.replace("</head>", f'<script type="application/ld+json">{json.dumps(linked)}</script></head>')
    extracted = extract_article(html.encode(), URL)
    assert extracted.title == "Judul dari ld+json"
    assert extracted.published_at_utc == datetime(2026, 3, 5, 1, tzinfo=UTC)


def test_a_canonical_link_to_another_site_is_not_believed() -> None:
    html = pages.build_page(*OWN["id"], "id").replace(b"https://kabar.example/berita/1", b"https://iklan.test/p")
    assert extract_article(html, URL).canonical_url is None


def test_a_declared_charset_is_read() -> None:
    html = pages.build_page("Министры договорились", ("Министры договорились о встрече в столице. " * 9,), "en")
    encoded = html.decode().replace('charset="utf-8"', 'charset="windows-1251"').encode("windows-1251")
    assert "Министры договорились о встрече" in extract_article(encoded, URL).text


def test_a_story_of_line_breaks_in_a_badly_named_box_stays() -> None:
    story = "<br><br>".join(pages.ENGLISH)
    html = f"<html><head><title>x</title></head><body><div class='widget'>{story}</div></body></html>"
    assert extract_article(html.encode(), URL).text.splitlines() == list(pages.ENGLISH)


def test_a_teaser_is_not_enough() -> None:
    html = pages.build_page("Judul yang cukup panjang", ("Satu kalimat saja di depan tembok bayar.",), "id")
    assert not extract_article(html, URL).is_enough


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_extraction_never_raises_on_bytes(tail: bytes) -> None:
    extract_article(b"<html><body><p>" + tail, URL)
    extract_article(tail, URL)


@pytest.mark.skipif(not SEED.exists(), reason="the sample story lies beside the project, not in it")
def test_the_sample_story_keeps_its_sentences_and_loses_its_links() -> None:
    gold = json.loads((SEED / "gold.json").read_text(encoding="utf-8"))
    lines = [line for line in (SEED / "article.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    title, real = lines[0], [x for x in lines[2:] if not x.startswith(("Baca Juga", "Leave a", "Your email"))]
    text = extract_article(pages.build_page(title, real, "id"), URL).text
    assert text.splitlines() == real
    # As it was copied: links and form as bare lines, no markup to go by.
    bare = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><head><title>{title}</title></head><body><article>{bare}</article></body></html>"
    copied = extract_article(page.encode(), URL).text
    assert copied.splitlines() == real
    for found in (text, copied):
        assert all(event["evidence"] in found for event in gold["events"])
        assert not any(unwanted["evidence"] in found for unwanted in gold["must_not"])
