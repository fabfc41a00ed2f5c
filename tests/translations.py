"""The catalogues of the pages' languages, brought up to date with the code: `make messages`.

`python -m tests.translations` adds what the code says now and a catalogue has not (with nothing beside it), and takes
out what the code says no more; `python -m tests.translations CODE` begins the catalogue of another language. What
stands translated stays.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dashboard.translation.catalogue import ENGLISH, catalogue_path, languages

ROOT: Final = Path(__file__).parents[1]
DASHBOARD: Final = ROOT / "dashboard"
# What marks a message in the code, and which of its arguments are the message: `c` is its context.
MARKS: Final[dict[str, Any]] = {
    "t": None,
    "tn": (1, 2),
    "tc": ((1, "c"), 2),
    "later": None,
    "later_c": ((1, "c"), 2),
}
WIDTH: Final = 120


def marked_messages() -> Iterator[tuple[str, Any, str | None]]:
    """Every message of the code: its file, itself (one and many, where it is counted), its context."""
    found = extract_from_dir(str(DASHBOARD), [("**.py", "python")], keywords=MARKS)
    for file_name, _line, message, _comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        yield file_name, message, context


def code_catalogue() -> Catalog:
    """What a catalogue has to translate, in the order of files; without line numbers, which any edit would change."""
    catalogue = Catalog()
    for file_name, message, context in marked_messages():
        catalogue.add(message, locations=[(f"dashboard/{file_name}", 0)], context=context)
    return catalogue


def read_catalogue(language: str) -> Catalog:
    """The catalogue as it is kept, messages that the code says no more with it."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def is_translated(message: Message) -> bool:
    """Whether a message has a translation, in each of its forms."""
    forms = [message.string] if isinstance(message.string, str) else message.string or [""]
    return all(form.strip() for form in forms)


def begun_catalogue(language: str) -> Catalog:
    """A catalogue without a message, for a language that has none."""
    head = f"# Mereda in {Locale.parse(language).english_name}. The glossary comes here: one word per thing."
    return Catalog(locale=language, project="Mereda", version="1", header_comment=head, fuzzy=False)


def update_catalogue(language: str) -> int:
    """How many messages of the catalogue have no translation, once it has every message of the code and no other."""
    path = catalogue_path(language)
    catalogue = read_catalogue(language) if path.is_file() else begun_catalogue(language)
    catalogue.update(code_catalogue(), no_fuzzy_matching=True, update_creation_date=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, ignore_obsolete=True, include_lineno=False, omit_header=False)
    return sum(not is_translated(message) for message in catalogue if message.id)


def main() -> None:
    """Updates every catalogue, or begins the one that is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.translations", description=__doc__.splitlines()[0])
    parser.add_argument("language", nargs="?", help="code of a language to begin, as CLDR has it")
    asked = parser.parse_args().language
    for language in [asked] if asked else [code for code in languages() if code != ENGLISH]:
        print(f"{catalogue_path(language).relative_to(ROOT)}: {update_catalogue(language)} to translate")  # noqa: T201


if __name__ == "__main__":
    main()
