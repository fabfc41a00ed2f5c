"""What is asked of a language model, and how its answer is judged: no network, no warehouse."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events.code import mentions_of
from flows.events.codebook import load_codebook
from flows.events.second_reading.answer import ToldAnswer, ToldEvent, answer_schema, read_answer
from flows.events.second_reading.ask import Question, instructions, messages_of, prompt_version, question_id
from flows.events.second_reading.choose import Thresholds, choose, compute_impact
from flows.events.second_reading.compare import judge
from flows.events.second_reading.evidence import FEWEST_LETTERS, find_evidence, normalised
from flows.events.second_reading.verify import find_side, verify
from tests.llm_endpoint import told_event
from tests.records import make_article
from warehouse.records import Direction, Mention, ReadingOutcome, ReadingReason, Status

NOW = datetime(2024, 1, 17, 12, tzinfo=UTC)
THRESHOLDS = Thresholds(confidence_below=0.7, impact_from=3.5)
SENTENCE = "Iran attacked Pakistan on Tuesday."


def mention(**fields: Any) -> Mention:
    """Iran's strike on Pakistan as the rules read it."""
    (found,) = mentions_of(make_article(title="Border", text=SENTENCE, published_at_utc=NOW), NOW)[1]
    return replace(found, **fields)


def question(sentence: str = SENTENCE, *, before: str = "Border\n", after: str = "", **fields: Any) -> Question:
    values: dict[str, Any] = {"start": 0, "headline": "Border", "language": "en", "published_on": NOW.date()}
    return Question(sentence=sentence, before=before, after=after, **(values | fields))


def told(**fields: Any) -> ToldEvent:
    return ToldEvent.model_validate(told_event(SENTENCE) | fields)


# What is asked


@pytest.mark.parametrize(
    ("fields", "weight", "is_asked"),
    [
        ({"confidence": 0.69}, 1.0, True),
        ({"confidence": 0.7}, 1.0, False),
        ({"confidence": 0.5, "score": -3.5}, 1.0, True),
        ({"confidence": 0.5, "score": -3.4}, 1.0, False),
        ({"confidence": 0.5, "score": 5.0}, 1.0, True),
        ({"confidence": 0.5, "score": -9.0}, 0.4, True),  # an alleged strike
        ({"confidence": 0.5, "score": -8.5}, 0.4, False),
        ({"confidence": 0.5, "score": -9.0}, 0.0, False),  # planned, denied and the like
        ({"confidence": 0.5, "direction": Direction.NEUTRAL}, 1.0, False),
        ({"confidence": 0.5, "target_code": None}, 1.0, False),
        ({"confidence": 0.5, "target_code": "IRN"}, 1.0, False),
        ({"confidence": 0.5, "superseded_at_utc": NOW}, 1.0, False),
    ],
)
def test_a_mention_is_asked_about_where_confidence_is_low_and_impact_is_high(
    fields: dict[str, Any], weight: float, is_asked: bool
) -> None:
    one = mention(**fields)
    assert choose(one, compute_impact(one, weight), THRESHOLDS).is_asked is is_asked


@settings(deadline=None)
@given(
    st.floats(0.05, 0.98),
    st.floats(-10, 10),
    st.sampled_from([0.0, 0.4, 1.0]),
    st.floats(0, 1),
    st.floats(0, 10),
)
def test_no_certain_and_no_weightless_mention_is_ever_asked_about(
    confidence: float, score: float, weight: float, below: float, impact_from: float
) -> None:
    one = mention(confidence=confidence, score=score)
    if choose(one, compute_impact(one, weight), Thresholds(below, impact_from)).is_asked:
        assert confidence < below
        assert abs(score) * weight >= impact_from
        assert abs(score) * weight > 0


def test_the_instruction_defines_each_type_and_mode_as_the_codebook_does() -> None:
    for one in load_codebook().values():
        assert f"`{one.name}`: {one.definition}" in instructions()
        for mode in one.modes.values():
            assert f"`{mode.name}`: {mode.definition}" in instructions()
    for status in Status:
        assert f"`{status}`: " in instructions()


def test_the_form_that_is_asked_for_is_the_form_that_is_read() -> None:
    event = answer_schema()["properties"]["events"]["items"]
    assert set(event["properties"]) == set(event["required"]) == set(ToldEvent.model_fields)
    assert set(answer_schema()["properties"]) == set(ToldAnswer.model_fields)
    assert set(event["properties"]["type"]["enum"]) == set(load_codebook())


@settings(deadline=None)
@given(st.text(), st.text(), st.text(), st.text())
def test_no_text_leaves_its_place_in_the_question(sentence: str, before: str, after: str, headline: str) -> None:
    one = question(sentence, before=before, after=after, headline=headline)
    system, user = messages_of(one)
    data = json.loads(user["content"])
    assert system["content"] == instructions()
    assert (data["sentence"], data["before"], data["after"], data["headline"]) == (sentence, before, after, headline)
    assert set(data) == {"sentence", "before", "after", "headline", "language", "published"}


def test_a_question_has_one_name_and_each_part_of_it_makes_another() -> None:
    name = question_id(question(), "small")
    assert name == question_id(question(), "small")
    others = [
        question_id(question(), "large"),
        question_id(question("Iran attacked Pakistan on Monday."), "small"),
        question_id(question(before="Other\n"), "small"),
        question_id(question(published_on=date(2024, 1, 18)), "small"),
    ]
    assert len({name, *others}) == 5
    assert re.fullmatch(r"[0-9a-f]{12}", prompt_version())


# What came back


@settings(deadline=None)
@given(st.text() | st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_answer_makes_the_reading_of_it_fail(content: str) -> None:
    assert isinstance(read_answer(content), ReadingReason)


def test_an_empty_list_is_an_answer() -> None:
    assert read_answer('{"events": []}') == ()


WORD = st.text(st.characters(categories=["L"]), min_size=1, max_size=8)
MANGLES = [
    lambda text: unicodedata.normalize("NFC", text),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFKC", text),
    lambda text: text.replace(" ", "\n\t  "),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", " \u200f\u200c"),
    lambda text: f"  {text}\n",
    lambda text: text.replace("'", "’").replace('"', "”").replace("-", "—"),
    lambda text: text.replace("’", "'").replace("“", '"').replace("–", "-"),
]


@settings(deadline=None)
@given(
    st.text(),
    st.lists(WORD | st.sampled_from(["'s", '"', "“", "–", "-", "é", "e\u0301"]), min_size=3, max_size=8),
    st.text(),
    st.lists(st.sampled_from(MANGLES), max_size=4),
)
def test_a_quote_written_another_way_is_found_where_it_stands(
    before: str, words: list[str], after: str, mangles: list[Any]
) -> None:
    sentence = " ".join(words)
    text = f"{before} {sentence} {after}"
    quote = sentence
    for mangle in mangles:
        quote = mangle(quote)
    found = find_evidence(text, quote)
    if sum(sign.isalnum() for sign in normalised(quote)) < FEWEST_LETTERS:
        assert found is None
        return
    assert found is not None
    start, end = found
    assert normalised(text[start:end]) == normalised(sentence)
    assert start <= len(before) + 1  # the first place it stands at


@settings(deadline=None)
@given(st.text(alphabet="aA é\u0301\u0323ﬁ'’ \u200c\n", max_size=40), st.text(alphabet="aA é\u0301ﬁ'", max_size=9))
def test_what_is_found_says_what_was_quoted(text: str, quote: str) -> None:
    found = find_evidence(text, quote)
    if found is not None:
        start, end = found
        assert 0 <= start < end <= len(text)
        assert normalised(text[start:end]) == normalised(quote)


@settings(deadline=None)
@given(st.text(min_size=8, max_size=60), st.data())
def test_a_piece_of_a_text_is_found_unless_it_cuts_a_letter_from_its_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    is_enough = sum(sign.isalnum() for sign in normalised(quote)) >= FEWEST_LETTERS
    # A free-standing mark ("¸") is a space and a mark, and the space goes with those at the ends.
    is_cut = any(_begins_with_mark(piece) for piece in (quote, normalised(quote), text[end:]))
    assert (find_evidence(text, quote) is not None) or not is_enough or is_cut


def _begins_with_mark(text: str) -> bool:
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return bool(visible) and unicodedata.combining(unicodedata.normalize("NFKD", visible)[0]) > 0


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("They met in the café.", "They met in the cafe"),
        ("Iran attacked Pakistan.", "iran attacked pakistan"),
        ("Iran attacked Pakistan.", "Iran attacked  … Pakistan"),
        ("Iran attacked Pakistan.", "Iran attack on Pakistan"),
        ("Iran", "Iran"),
        ("Iran attacked Pakistan.", ""),
        ("", "Iran attacked"),
    ],
)
def test_other_words_letters_and_cases_are_no_evidence(text: str, quote: str) -> None:
    assert find_evidence(text, quote) is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("او گفت: «ایران می‌گوید که حمله کرد».", "ایران میگوید که حمله کرد"),
        ("外交部称：伊朗袭击了巴基斯坦。", "伊朗袭击了巴基斯坦"),
        ("Menlu: “Iran menyerang  Pakistan” kemarin", 'Iran menyerang Pakistan"'),
        ("İran Pakistan'a saldırdı", "İran Pakistan’a saldırdı"),
        ("भारत ने पाकिस्तान पर हमला किया", "पाकिस्तान पर हमला किया"),
    ],
)
def test_quotes_are_found_in_every_script(text: str, quote: str) -> None:
    found = find_evidence(text, quote)
    assert found is not None
    assert normalised(text[slice(*found)]) == normalised(quote)


# What holds of it


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"type": "INVADE"}, ReadingReason.UNKNOWN_TYPE),
        ({"type": "assault"}, ReadingReason.UNKNOWN_TYPE),
        ({"mode": "phone"}, ReadingReason.UNKNOWN_MODE),
        ({"actor": "gunmen"}, ReadingReason.UNKNOWN_SIDE),
        ({"target": "Ruritania"}, ReadingReason.UNKNOWN_SIDE),
        ({"evidence": "Iran has attacked Pakistan"}, ReadingReason.INVENTED_EVIDENCE),
        ({"evidence": "The day before it"}, ReadingReason.EVIDENCE_ELSEWHERE),
        ({"evidence": "a later sentence"}, ReadingReason.EVIDENCE_ELSEWHERE),
    ],
)
def test_what_does_not_hold_is_refused_with_its_reason(fields: dict[str, Any], reason: ReadingReason) -> None:
    asked = question(before="The day before it. ", after=" This is a later sentence.")
    assert verify(told(**fields), asked) is reason


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [
        ("Iran", "id", "IRN"),
        ("Amerika Serikat", "id", "USA"),
        ("巴基斯坦", "zh", "PAK"),
        ("the Iranian embassy in Islamabad", "en", "IRN"),
        ("United Nations", "ar", "UNO"),
        ("Jaish al-Adl", "en", "jaish-al-adl"),
        ("Tehran", "en", "IRN"),
        ("Iran and Pakistan", "en", None),
        ("the two sides", "en", None),
        ("", "en", None),
    ],
)
def test_a_side_is_known_by_any_of_its_names_and_only_alone(name: str, language: str, code: str | None) -> None:
    found = find_side(name, language)
    assert (found.code if found else None) == code


def test_offsets_count_in_the_stored_text() -> None:
    found = verify(told(evidence="attacked Pakistan"), question(before="der\n", start=3))
    assert not isinstance(found, ReadingReason)
    assert f"Border\n{SENTENCE}"[found.evidence_start : found.evidence_end] == "attacked Pakistan"


# Whether the two agree


@pytest.mark.parametrize(
    ("fields", "outcome", "differs_in"),
    [
        ({}, "agrees", ()),
        ({"date": "2024-01-16"}, "agrees", ()),
        ({"date": "2024-01-15"}, "agrees", ("date",)),
        ({"mode": "aerial"}, "agrees", ("mode",)),
        ({"status": "alleged"}, "disagrees", ("status",)),
        ({"direction": "neutral"}, "disagrees", ("direction",)),
        ({"type": "COERCE"}, "disagrees", ("type",)),
        ({"actor": "Pakistan", "target": "Iran"}, "disagrees", ("actor", "target")),
        ({"actor": "Pakistan", "target": "Iran", "is_symmetric": True}, "agrees", ()),
        ({"target": None}, "disagrees", ("target",)),
        ({"actor": "India"}, "disagrees", ("actor",)),
    ],
)
def test_readings_agree_where_they_move_the_same_curve_alike(
    fields: dict[str, Any], outcome: str, differs_in: tuple[str, ...]
) -> None:
    judged = judge(mention(), [told(**fields)], question())
    assert (judged.outcome, judged.differs_in) == (outcome, differs_in)


def test_of_several_events_the_one_most_like_the_mention_answers_for_it() -> None:
    other = told(type="ACCUSE", actor="Pakistan", target="Iran")
    invented = told(type="SANCTION", evidence="nothing of the kind")
    for events in ([other, told()], [told(), other], [invented, told()], [told(), invented]):
        assert judge(mention(), events, question()).outcome is ReadingOutcome.AGREES
    judged = judge(mention(type="SANCTION"), [other, invented], question())
    assert (judged.outcome, judged.reason) == (ReadingOutcome.INVALID, ReadingReason.INVENTED_EVIDENCE)


def test_no_event_at_all_is_a_disagreement() -> None:
    judged = judge(mention(), [], question())
    assert (judged.outcome, judged.differs_in, judged.event) == (ReadingOutcome.DISAGREES, ("event",), None)
