"""What is no diplomacy or security news, however warlike its words; and that reading is quick."""

import time

import pytest

from flows.events.lexicon import load_lexicon
from flows.events.staging import stage_article
from tests.events.coding import code


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Shares of a Turkish airline jumped after a strong quarterly profit."),
        ("en", "A bus crash in Peru killed 20 people."),
        ("en", "Germany beat Italy 2-1 in the final with two late goals."),
        ("en", "An earthquake struck northern Chile, killing six people."),
        ("en", "The new Korean film strikes a chord with critics."),
        ("id", "Harga saham India anjlok setelah investor melepas obligasi."),
        ("id", "Gempa bermagnitudo 5,8 mengguncang Peru, dua orang tewas."),
        ("id", "Timnas Vietnam membombardir gawang Laos dan menang 5-0."),
        ("id", "Konser penyanyi Korea di Jakarta menarik perhatian ribuan penonton."),
        ("id", "Kecelakaan bus di Thailand menewaskan sembilan orang."),
    ],
)
def test_other_news_is_not_relevant(lang: str, text: str) -> None:
    coding = code(text, lang)
    assert not coding.is_relevant
    assert coding.mentions == []


@pytest.mark.parametrize(("lang", "text"), [("en", "Chad condemned Sudan."), ("id", "Chad mengecam Sudan.")])
def test_diplomacy_is_relevant(lang: str, text: str) -> None:
    assert code(text, lang).relevance >= 0.5


def test_a_thousand_sentences_take_about_a_second() -> None:
    text = " ".join(["Chad attacked Sudan on Friday and the two sides met in Cairo after the talks."] * 20)
    code(text)
    started = time.process_time()
    for _ in range(10):
        code(text)
    assert 200 / (time.process_time() - started) > 250  # a quarter of what one free core does, for busy machines


@pytest.mark.parametrize(
    ("lang", "text", "is_laid_out"),
    [
        ("en", "Norway's prime minister likes skiing.", False),
        ("en", "Norway condemned the attack.", True),
        ("zh", "挪威首相喜欢滑雪。", False),
        ("zh", "挪威谴责这次袭击。", True),
    ],
)
def test_only_text_that_tells_an_act_is_laid_out_where_reports_are_wanted(
    lang: str, text: str, is_laid_out: bool
) -> None:
    lexicon = load_lexicon(lang)
    assert bool(stage_article(text, 0, lexicon, None, needs_act=True).scenes) is is_laid_out
    assert stage_article(text, 0, lexicon, None).scenes
