"""Surface forms of a trigger from its root, each with the voice it speaks in: one module a language or two.

Stemming would merge menyerang, diserang and serangan, and with them who did it to whom; so forms are generated from
the root and keep their voice. A language without a generator here lists its forms in its lexicon file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flows.events.inflection.arabic import inflect_arabic
from flows.events.inflection.chinese import inflect_chinese
from flows.events.inflection.english import inflect_english, voice_of_phrase
from flows.events.inflection.hindustani import inflect_hindustani
from flows.events.inflection.indonesian import inflect_indonesian
from flows.events.inflection.persian import inflect_persian
from flows.events.inflection.romance import inflect_french, inflect_spanish
from flows.events.inflection.russian import inflect_russian
from flows.events.inflection.turkish import inflect_turkish
from flows.events.inflection.voice import Forms, Voice

__all__ = ["INFLECTIONS", "Forms", "Voice", "voice_of_listed"]


def inflect_nothing(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Only what the lexicon lists: the root as an active form, the nouns as nouns."""
    del suffixes
    return [(root, Voice.ACTIVE), *((noun, Voice.NOUN) for noun in nouns)]


INFLECTIONS: dict[str, Callable[[str, Sequence[str], Sequence[str]], Forms]] = {
    "id": inflect_indonesian,
    "en": inflect_english,
    "ar": inflect_arabic,
    "fa": inflect_persian,
    "zh": inflect_chinese,
    "hi": inflect_hindustani,
    "ur": inflect_hindustani,
    "tr": inflect_turkish,
    "ru": inflect_russian,
    "es": inflect_spanish,
    "fr": inflect_french,
    "none": inflect_nothing,
}


def voice_of_listed(inflection: str, form: str, voice: Voice) -> Voice:
    """The voice of a form that a lexicon lists: as listed, but what may be a participle too is left open."""
    return voice_of_phrase(form) if inflection == "en" and voice is Voice.ACTIVE else voice
