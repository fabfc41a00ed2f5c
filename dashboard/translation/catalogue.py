"""The languages that are there, the one that is spoken, and their catalogues.

A `.po` is read as it is, by Babel, once a process: a compiled `.mo` beside it would be a second copy to keep true.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE: Final = Path(__file__).with_name("locale")
DOMAIN: Final = "mereda"
ENGLISH: Final = "en"
# The message whose translation is what the language calls itself.
OWN_NAME: Final = ("language of the pages", "English")

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language is, or would be."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def languages() -> Mapping[str, str]:
    """Language code -> its own name, of every language that pages can be read in; English first."""
    codes = sorted(path.name for path in LOCALE.iterdir() if catalogue_path(path.name).is_file())
    return {code: translations_of(code).pgettext(*OWN_NAME) for code in (ENGLISH, *codes)}


def speak(language: str) -> None:
    """Makes this thread speak a language of `languages()`; English where it is none."""
    _spoken.set(language if language in languages() else ENGLISH)


def language() -> str:
    """The code of the language that is spoken."""
    return _spoken.get()


@cache
def locale_of(language: str) -> Locale:
    """What Babel knows of a language: how it writes numbers and days, what it calls countries."""
    return Locale.parse(language)


@cache
def translations_of(language: str) -> NullTranslations:
    """The catalogue of a language; English has none, and says what stands in the code."""
    path = catalogue_path(language)
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as written:
        catalogue = read_po(written, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
