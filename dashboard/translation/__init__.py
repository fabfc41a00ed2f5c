"""The pages' words in the reader's language, and days, instants and numbers as that language writes them.

English is what stands in the code. Another language is one file beside this one (GNU gettext's form, `.po`, so that
any translator's tool can open and review it), and a line in `LANGUAGES`: English on the left, its translation on the
right. What has no translation there is shown in English. Nothing here knows who reads: the language is given by
`dashboard.views.reader`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.pofile import read_po

LANGUAGES: Final[Mapping[str, str]] = {"en": "English"}
"""Language code -> its own name, of every language the pages are written in."""


@dataclass(frozen=True, slots=True)
class Words:
    """The translations of one language: by English message, and by English singular for what is counted."""

    language: str
    single: Mapping[str, str]
    counted: Mapping[str, tuple[str, ...]]

    def say(self, message: str) -> str:
        """The message in this language; in English where it has none."""
        return self.single.get(message) or message

    def count(self, one: str, many: str, number: int) -> str:
        """The form of a counted noun that goes with the number."""
        if forms := self.counted.get(one):
            return forms[min(0 if len(forms) == 1 or number == 1 else 1, len(forms) - 1)]
        return one if number == 1 else many


@cache
def words_of(language: str) -> Words:
    """The words of a language of `LANGUAGES`; English has none of its own."""
    path = Path(__file__).with_name(f"{language}.po")
    if not path.is_file():
        return Words(language, {}, {})
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    single, counted = {}, {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, str):
            single[message.id] = str(message.string)
        elif isinstance(message.string, tuple | list) and all(message.string):
            counted[str(message.id[0])] = tuple(str(form) for form in message.string)
    return Words(language, single, counted)


@cache
def locale_of(language: str) -> Locale:
    """What Babel knows of a language."""
    return Locale(language)
