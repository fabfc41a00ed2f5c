from __future__ import annotations

import pytest

from flows.articles.extract import extract_article
from tests.articles import pages

LINK = '<a href="/x">Armada Belmora Menggempur Pelabuhan Saingannya</a>'


@pytest.mark.parametrize(
    "block",
    [
        f"<p><strong>Baca Juga:</strong> {LINK}</p>",
        f"<p><b>Baca juga</b> : {LINK}</p>",
        f"<p><em>(Baca juga: {LINK})</em></p>",
        f"<div><p>BACA JUGA</p><ul><li>{LINK}</li><li>{LINK}</li></ul></div>",
        f"<p><strong>Berita Terkait</strong></p><ul><li>{LINK}</li></ul>",
        f"<blockquote>Lihat juga: {LINK}</blockquote>",
        f'<div class="baca-juga"><p>{LINK}</p></div>',
        f'<div class="post-related"><h4>Untuk Anda</h4></div><div id="related-posts"><p>{LINK} lagi.</p></div>',
        '<blockquote class="twitter-tweet"><p>Armada Menggempur kata akun itu.</p></blockquote>',
        "<p>Baca Juga : Armada Belmora Menggempur Pelabuhan Saingannya</p>",
    ],
)
def test_links_to_other_stories_go_in_every_dress(block: str) -> None:
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in pages.INDONESIAN)
    html = f"<html><body><article><h1>J</h1><div>{first}{block}{''.join(rest)}</div></article></body></html>"
    text = extract_article(html.encode(), "https://kabar.example/1").text
    assert text.splitlines() == list(pages.INDONESIAN)


@pytest.mark.parametrize(
    "sentence",
    [
        f"Laporan menyebut {LINK} dalam semalam, dan kota itu kini tanpa listrik.",
        "<strong>Watch</strong> officers said the harbour had been closed since the early morning.",
        f"“Baca juga suratnya,” kata menteri itu, merujuk pada {LINK} yang terbit kemarin.",
    ],
)
def test_links_within_a_sentence_stay(sentence: str) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (pages.INDONESIAN[0], sentence, *pages.INDONESIAN[1:]))
    html = f"<html><body><article>{body}</article></body></html>"
    plain = sentence.replace(LINK, "Armada Belmora Menggempur Pelabuhan Saingannya")
    plain = plain.replace("<strong>", "").replace("</strong>", "")
    assert plain in extract_article(html.encode(), "https://kabar.example/1").text.splitlines()
