"""What pages say, in the language of who reads: English stands in the code, other languages in `locale/`.

GNU gettext's form, so that any translator's tool opens and reviews it: `locale/LANGUAGE/LC_MESSAGES/mereda.po`. A
language is there when its catalogue is; `docs/languages.md` says how one is added. `catalogue` reads it, `written`
knows how the language writes numbers and days, `names` what it calls sides and countries, `coded` lists the codes that
have words, `kept` says again what flows have written in English.

Nothing here knows Streamlit, so that charts may speak too. Who reads is said once a run by `dashboard.views.reader`,
and holds for the thread that draws; where nobody reads, the language is English.
"""

from __future__ import annotations

from typing import Any

from dashboard.translation.catalogue import language, translations_of
from dashboard.translation.written import whole_number


def t(message: str, /, **values: Any) -> str:
    """The message in the language that is spoken, `{name}` in it replaced by the value of `name`."""
    said = translations_of(language()).gettext(message)
    return said.format(**values) if values else said


def tn(one: str, many: str, count: Any, /, **values: Any) -> str:
    """What is counted, in the form that goes with the count; `{count}` is the count; nothing known counts as none."""
    number = 0 if count is None or count != count else int(count)
    said = translations_of(language()).ngettext(one, many, number)
    return said.format(count=whole_number(number), **values)


def tc(context: str, message: str, /, **values: Any) -> str:
    """As `t`, for a word that means several things: the context says which."""
    said = translations_of(language()).pgettext(context, message)
    return said.format(**values) if values else said


def later(message: str, /) -> str:
    """The message as it is: marks what stands in a table of the code and is given to `t` when it is shown."""
    return message


def later_c(_context: str, message: str, /) -> str:
    """As `later`, for what is given to `tc`."""
    return message


def type_word(code: str) -> str:
    """An event type by its code, and beside it by its word where that is another: ASSAULT (serangan)."""
    word = tc("event type", code.lower())
    return code if word == code.lower() else f"{code} ({word})"
