"""Codebook and lexicons: every entry's own sentence is coded as it promises; broken files are refused."""

from pathlib import Path

import pytest

from flows.events.codebook import TYPE_NAMES, load_codebook, load_type
from flows.events.folding import fold
from flows.events.inflection import Voice
from flows.events.inflection.english import inflect_english
from flows.events.inflection.indonesian import inflect_indonesian
from flows.events.lexicon import lexicon_languages, load_lexicon
from tests.events.coding import code
from warehouse.errors import CodebookError


@pytest.mark.parametrize("lang", lexicon_languages())
def test_the_example_of_an_entry_is_coded_as_its_type(lang: str) -> None:
    # One test a language: as one an entry, six thousand cost more to count than to run.
    triggers = load_lexicon(lang).triggers
    assert triggers
    # Told as still to come, a deed is a promise or a threat.
    assert [
        (trigger.key, trigger.example)
        for trigger in triggers
        if not {trigger.type, trigger.future_type} & {event.type for event in code(trigger.example, lang).mentions}
    ] == []


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_type_has_triggers(lang: str) -> None:
    assert {trigger.type for trigger in load_lexicon(lang).triggers} == TYPE_NAMES


def test_the_codebook_holds_sixteen_types_each_with_examples_for_and_against() -> None:
    codebook = load_codebook()
    assert set(codebook) == TYPE_NAMES
    assert all(entry.examples_for and entry.examples_against and entry.definition for entry in codebook.values())


def test_material_types_are_quads_two_and_four() -> None:
    assert load_codebook()["ASSAULT"].is_material
    assert not load_codebook()["AGREE"].is_material


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ('type = "ASSAULT"|type = "WAR"', "unknown type"),
        ("score = -9.0|score = -19.0", "must lie in"),
        ('direction = "escalation"|direction = "up"', "unknown direction"),
        ("quad = 4|kwad = 4", "lacks quad"),
        ("[modes]|[modes", "not readable"),
    ],
)
def test_a_broken_codebook_file_is_refused(change: str, told: str, tmp_path: Path) -> None:
    before, after = change.split("|")
    good = (Path(__file__).parents[2] / "flows/events/codebook/assault.toml").read_text(encoding="utf-8")
    path = tmp_path / "assault.toml"
    path.write_text(good.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=told):
        load_type(path)


def test_a_codebook_that_lacks_a_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="lacks"):
        load_codebook(tmp_path)


def test_a_language_without_a_file_is_refused() -> None:
    with pytest.raises(CodebookError, match="no lexicon"):
        load_lexicon("tlh")


def test_a_trigger_with_an_unknown_mode_is_refused(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text(
        'boilerplate = ["^x$"]\n[triggers]\nASSAULT = [{ root = "zap", mode = "laser", example = "A zap B." }]\n',
        encoding="utf-8",
    )
    with pytest.raises(CodebookError, match="no mode"):
        load_lexicon("xx", tmp_path)


def test_indonesian_forms_keep_their_voice() -> None:
    forms = dict(inflect_indonesian("serang", ("",), ("an", "pean")))
    assert forms["menyerang"] is Voice.ACTIVE
    assert forms["diserang"] is Voice.PASSIVE
    assert forms["serangan"] is forms["penyerangan"] is Voice.NOUN


def test_english_forms_keep_their_voice() -> None:
    forms = dict(inflect_english("withdraw", ("withdrew", "withdrawn"), ("withdrawal",)))
    assert forms["withdrew"] is Voice.ACTIVE
    assert forms["withdrawn"] is Voice.PASSIVE
    assert dict(inflect_english("attack", (), ("attack", "attacks")))["attack"] is Voice.EITHER


def test_folding_keeps_every_offset() -> None:
    text = "İzmir’de SALDIRI"
    assert len(fold(text)) == len(text)
