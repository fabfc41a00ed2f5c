"""The filter: one line out for each line in, whatever comes in."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events.filter import code_lines


def run(*lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in code_lines(lines)]


def test_a_line_comes_out_as_the_contract_says() -> None:
    line = json.dumps(
        {
            "id": "1",
            "title": "Iran attacks Iraq",
            "text": "Iran attacked Iraq on Friday.",
            "lang": "en",
            "published": "2025-03-16T06:00:00Z",
        }
    )
    (coded,) = run(line)
    assert set(coded) == {"id", "lang", "relevant", "relevance", "events"}
    (event,) = coded["events"]
    assert set(event) == {
        "type",
        "mode",
        "direction",
        "score",
        "actor",
        "target",
        "symmetric",
        "status",
        "date",
        "date_end",
        "date_precision",
        "place",
        "country",
        "killed",
        "injured",
        "attribution",
        "confidence",
        "evidence",
    }
    assert (event["date"], event["date_end"], event["score"]) == ("2025-03-14", "2025-03-15", -9.0)
    assert set(event["actor"]) == {"code", "name", "country", "sector"}


@pytest.mark.parametrize(
    ("line", "item_id"),
    [
        ("{", None),
        ("[1]", None),
        ('{"id": "7"}', "7"),
        ('{"id": "8", "text": 3}', "8"),
        ('{"text": "x"}', None),
        ('{"id": "9", "text": "x", "published": "soon"}', "9"),
        ('{"id": "10", "text": "x", "pair": ["a"]}', "10"),
    ],
)
def test_a_bad_line_gets_its_own_error_and_the_run_goes_on(line: str, item_id: str | None) -> None:
    bad, good = run(line, '{"id": "ok", "text": "Iran attacked Iraq.", "lang": "en"}')
    assert set(bad) == {"id", "error"}
    assert bad["id"] == item_id
    assert good["id"] == "ok"


def test_a_pair_always_gets_a_type() -> None:
    asked = {"actor": "Chad", "target": "Sudan"}
    told, untold = run(
        json.dumps({"id": "1", "text": "Chad condemned Sudan.", "lang": "en", "pair": asked}),
        json.dumps({"id": "2", "text": "Nothing much.", "lang": "xx", "pair": asked}),
    )
    assert told["pair_type"] == "ACCUSE"
    assert untold["pair_type"]


def test_nothing_is_coded_without_a_language() -> None:
    (coded,) = run('{"id": "1", "text": "Iran menyerang Irak dan pasukan itu telah mundur dari kota di perbatasan."}')
    assert (coded["lang"], coded["relevant"], coded["events"]) == (None, False, [])


WORDS = st.sampled_from(
    [
        "Iran",
        "Pakistan",
        "menyerang",
        "attacked",
        "diserang",
        "by",
        "oleh",
        "di",
        "in",
        "setelah",
        "after",
        ",",
        ".",
        "“",
        "’s",
        "kedua negara",
        "both sides",
        "jika",
        "if",
        "tewas",
        "killed",
        "\n",
        "İ",
        "ﬁ",
        "\u202e",
        "10",
        "membantah",
        "that",
        "yang",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)), st.sampled_from(["en", "id", None])
)
def test_no_text_breaks_the_coder_and_offsets_stay_inside(text: str, lang: str | None) -> None:
    (coded,) = run(json.dumps({"id": "x", "title": text[:40], "text": text, "lang": lang, "published": "2025-03-16"}))
    assert "error" not in coded
    whole = f"{text[:40]}\n{text}"
    for event in coded["events"]:
        evidence = event["evidence"]
        assert whole[evidence["start"] : evidence["end"]] == evidence["text"]
        assert -10 <= event["score"] <= 10
        assert 0 <= event["confidence"] <= 1
