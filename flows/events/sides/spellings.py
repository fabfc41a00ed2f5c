"""The ways a listed name is written: what a language does to names, so that the lists say each of them once.

A name of the lists may end in a mark. "Армия освобождения~" and "Kurtuluş Ordusu~" stand for their case forms too
(Russian and Turkish only), "MEND!" is meant with just these capitals, where other letters make a plain word. A star in
a Russian name takes any ending. What needs no mark: the other script of Chinese, half-spaces and vowel signs left out,
the dot under Hindi letters, hyphens written as spaces, British and American English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from flows.events.inflection.chinese import write_traditional
from flows.events.inflection.russian import decline_russian
from flows.events.inflection.turkish import decline_turkish
from flows.events.sides.matching import EXACT_MARK

CASES_MARK = "~"

# Endings a Russian stem marked with * may carry; the longest wanted is the adjective's plural instrumental.
_RUSSIAN_ENDINGS = (
    "", "а", "я", "у", "ю", "ы", "и", "е", "о", "ой", "ою", "ей", "ью", "ем", "ом", "ий", "ия", "ию", "ии", "ией", "ие",
    "ь", "ый", "ая", "ое", "ые", "ого", "ому", "ую", "их", "им", "ими", "ым", "ых", "ыми", "ее", "ль", "ля", "лю",
    "лем", "ле",
)  # fmt: skip
_RUSSIAN_CASES = {
    "ия": ("ия", "ии", "ию", "ией"), "а": ("а", "ы", "е", "у", "ой", "и"), "я": ("я", "и", "ю", "ей"),
    "ь": ("ь", "я", "ю", "ем", "е", "и"),
}  # fmt: skip
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_APOSTROPHE = re.compile(r"(?<=[a-z])'(?=[a-z])")
_VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0654\u0670]")
_NUKTA = "\u093c"
_HALF_SPACE = "\u200c"
_ENGLISH = (("Defence", "Defense"), ("isation", "ization"))


def spell(name: str, lang: str | None) -> Iterator[str]:
    """The name and the other ways to write it in a language; None for names that cross languages.

    A mark for capitals stays at the end of every form. No form twice; the name as listed comes first.
    """
    bare = name.removesuffix(EXACT_MARK)
    mark = name[len(bare) :]
    seen: set[str] = set()
    for form in _case_forms(bare, lang):
        for written in _written(form, lang):
            if written not in seen:
                seen.add(written)
                yield written + mark


def expand_stem(name: str) -> Iterator[str]:
    """The name itself, or the forms of a Russian stem marked with a star."""
    if "*" not in name:
        yield name
        return
    first, _, rest = name.partition("*")
    yield from (first + ending + tail for ending in _RUSSIAN_ENDINGS for tail in expand_stem(rest))


def russian_cases(name: str) -> Iterator[str]:
    """The other cases of a one-word Russian name, by its ending; none for a name that does not decline."""
    for ending, cases in _RUSSIAN_CASES.items():
        if name.endswith(ending) and " " not in name:
            yield from (name[: -len(ending)] + case for case in cases)
            return
    if " " not in name and name[-1] not in "оеиу":
        yield from (name + case for case in ("а", "у", "ом", "е"))


def _case_forms(name: str, lang: str | None) -> Iterator[str]:
    bare = name.removesuffix(CASES_MARK)
    if bare == name:
        yield from expand_stem(name)
    elif lang == "ru":
        yield bare
        yield from decline_russian(bare)
        first, _, rest = bare.partition(" ")
        if first[-1] in "ыиа" and not first.endswith(("ые", "ие")):
            yield f"{first[:-1]} {rest}".strip()  # силы, сил: no ending in the genitive of many plurals
    elif lang == "tr":
        yield from decline_turkish(bare)
    else:
        raise ValueError(f"{name!r}: only Russian and Turkish names have case forms here; write the forms out")


def _written(form: str, lang: str | None) -> Iterator[str]:
    yield form
    for respell in _RESPELL.get(lang or "en", ()):
        yield from respell(form)
    if (_HYPHEN.search(form) and form.upper() != form) or (lang in ("fa", "ur", "ar", "hi") and _HYPHEN.search(form)):
        yield _HYPHEN.sub(" ", form)


def _respell_english(form: str) -> Iterator[str]:
    yield from (form.replace(one, other) for one, other in _ENGLISH if one in form)
    if _APOSTROPHE.search(form):
        yield _APOSTROPHE.sub("", form)


def _respell_arabic(form: str) -> Iterator[str]:
    """Behind the particle ل the article loses its alif: "للجبهة الشعبية"; one word alone could be another noun."""
    if form.startswith("ال") and " " in form:
        yield "ل" + form[2:]


def _respell_persian(form: str) -> Iterator[str]:
    if _HALF_SPACE in form:
        yield form.replace(_HALF_SPACE, "")


def _respell_urdu(form: str) -> Iterator[str]:
    if _VOWEL_SIGNS.search(form):
        yield _VOWEL_SIGNS.sub("", form)


def _respell_hindi(form: str) -> Iterator[str]:
    if _NUKTA in form:
        yield form.replace(_NUKTA, "")


_RESPELL: dict[str, tuple[Callable[[str], Iterator[str] | list[str]], ...]] = {
    "en": (_respell_english,),
    "id": (_respell_english,),
    "ms": (_respell_english,),
    "ar": (_respell_arabic,),
    "fa": (_respell_persian,),
    "ur": (_respell_urdu,),
    "hi": (_respell_hindi,),
    "zh": (write_traditional,),
}
