"""Words are kept in batches and found in any script; an edit is found by its new words only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.records import make_article
from tests.warehouse_stock import stock_warehouse
from warehouse import search, search_index
from warehouse.connect import Warehouse, open_warehouse
from warehouse.endpoint import DATABASE_NAME
from warehouse.records import Article
from warehouse.search import SearchQuestion, read_found_articles, read_indexed_share
from warehouse.search_index import index_articles
from warehouse.words import asked_words, fold, places_of, words_of
from warehouse.write import write_articles

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
TEXTS = {
    "en": "Envoys of Arlan ease tension at the border.",
    "id": "Pasukan Arlan menyerang pos Belmora.",
    "zh": "贝尔莫拉外交部发言人谴责袭击。",
    "ja": "アルラン軍が国境を越えた。",
    "ar": "وزير خارجية أرلان وبلمورا يتفقان.",
    "fa": "وزیر خارجهٔ آرلان به بلمورا رفت.",
    "hi": "आरलान ने बेलमोरा पर हमला किया।",
    "tr": "Arlan'ın büyükelçisi geri çağrıldı.",
    "ru": "Арлан ввёл войска в Белмору.",
}


def article(number: int, language: str, text: str, **fields: Any) -> Article:
    return make_article(
        f"a{number}",
        title="Report",
        text=text,
        language=language,
        published_at_utc=datetime(2026, 3, number % 27 + 1, tzinfo=UTC),
        content_hash=text,
        **fields,
    )


@pytest.fixture
def wh(tmp_path: Path) -> Iterator[Warehouse]:
    stock_warehouse(tmp_path)
    with open_warehouse(tmp_path) as opened:
        articles = [article(n, language, text) for n, (language, text) in enumerate(TEXTS.items())]
        write_articles(opened, "articles", articles, [], {})
        yield opened


def found(wh: Warehouse, words: str, **filters: Any) -> set[str]:
    question = SearchQuestion(words=words, since=FIRST, until=LAST, **filters)
    return set(read_found_articles(wh, question, 50)["language"])


@pytest.mark.parametrize(
    ("words", "languages"),
    [
        ("TENSION border", {"en"}),
        ("tension Belmora", set()),
        ("menyerang", {"id"}),
        ("serang", set()),
        ("menye*", {"id"}),
        ("外交部", {"zh"}),
        ("外交 袭击", {"zh"}),
        ("交外", set()),
        ("国境", {"ja"}),
        ("بلمورا", {"ar", "fa"}),  # with the conjunction written as one word, and without
        ("وزير", {"ar", "fa"}),  # the Arabic and the Persian letter
        ("हमला", {"hi"}),
        ("BUYUKELCISI", {"tr"}),
        ("ввел", {"ru"}),
        ("arlan", {"en", "id", "tr"}),
        ('"ease tension"', {"en"}),
        ('"tension ease"', set()),
        ("'; DROP TABLE articles; --", set()),
        ("", set(TEXTS)),
    ],
)
def test_words_are_found_in_every_script(wh: Warehouse, words: str, languages: set[str]) -> None:
    assert index_articles(wh, 100) == len(TEXTS)
    assert found(wh, words) == languages


def test_filters_narrow_what_words_find(wh: Warehouse) -> None:
    index_articles(wh, 100)
    assert found(wh, "arlan", language="tr") == {"tr"}
    assert found(wh, "arlan", side="XBE") == set()


def test_edited_article_is_found_by_its_new_words_only(wh: Warehouse) -> None:
    index_articles(wh, 100)
    edited = replace(article(0, "en", "Envoys of Arlan walk out.", revision=2))
    write_articles(wh, "edited", [edited], [], {})
    assert read_indexed_share(wh) == 1.0
    assert index_articles(wh, 100) == 1
    assert index_articles(wh, 100) == 0
    assert found(wh, "walk") == {"en"}
    assert found(wh, "tension") == set()


def test_words_that_were_kept_before_are_found_after_an_update(wh: Warehouse, tmp_path: Path) -> None:
    index_articles(wh, 100)
    wh.close()
    with duckdb.connect(str(tmp_path / DATABASE_NAME)) as connection:
        connection.execute("ALTER TABLE search_articles DROP COLUMN arrival_number")
        connection.execute("DELETE FROM migrations WHERE number IN (82, 83)")
    with open_warehouse(tmp_path) as updated:
        assert found(updated, "arlan") == {"en", "id", "tr"}
        assert found(updated, '"ease tension"') == {"en"}
        assert index_articles(updated, 100) == 0


@pytest.mark.parametrize(
    ("words", "languages"), [('"büyükelçisi geri"', {"tr"}), ('"ввел войска"', {"ru"}), ('"हमला किया"', {"hi"})]
)
@pytest.mark.parametrize("few", [0, 500])
def test_phrases_are_found_whatever_their_accents_and_however_often_their_words_are_written(
    wh: Warehouse, monkeypatch: pytest.MonkeyPatch, words: str, languages: set[str], few: int
) -> None:
    monkeypatch.setattr(search, "FEW_IDS", few)
    index_articles(wh, 100)
    assert found(wh, words) == languages


def test_many_batches_are_written_as_one_and_lose_nothing(wh: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "ARTICLES_A_BATCH", 1)
    assert index_articles(wh, 100) == len(TEXTS)
    levels = {row["level"]: row["n"] for row in wh.query("SELECT level, count(*) AS n FROM search_segments GROUP BY 1")}
    assert levels == {0: len(TEXTS) - 8, 1: 1}
    assert found(wh, "arlan") == {"en", "id", "tr"}
    assert (
        wh.query(
            "SELECT count(*) AS n FROM (SELECT word, article_number FROM search_words GROUP BY ALL HAVING count(*) > 1)"
        )[0]["n"]
        == 0
    )


def test_a_round_takes_no_more_than_its_limit(wh: Warehouse) -> None:
    assert index_articles(wh, 4) == 4
    assert 0 < read_indexed_share(wh) < 1


def test_places_are_those_of_the_text_as_it_is_written() -> None:
    text = "Der Botschafter von BELMORA, وبلمورا, 贝尔莫拉外交部"
    for question, shown in (
        ("belmora", "BELMORA"),
        ("بلمورا", "وبلمورا"),
        ("外交部", "外交部"),
        ("botsch*", "Botschafter"),
    ):
        start, end = next(places_of(text, asked_words(question)))
        assert text[start:end] == shown


def test_fold_twice_is_fold_once() -> None:
    for text in TEXTS.values():
        assert fold(fold(text)) == fold(text)
        assert words_of(text)
