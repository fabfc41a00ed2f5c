"""Learns from one article who its people are: "ROLE COUNTRY Name" and "Name, ROLE of COUNTRY" (Indonesian, English).

Hindi and Urdu have no capitals: there a name is what stands between an office and the word that says its case.

A person is known within that article only, by full name and by surname. Nothing is kept between articles, so a change
of government needs no list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import takewhile

from flows.events.sides.matching import NameMatcher, fold
from flows.events.sides.records import Person, SideSpan

_WORD = r"[A-ZÀ-ÖØ-ÞĀ-ſİŞÇĞ][\w'’.-]*"
_PARTICLE = r"(?:al|bin|bint|ibn|von|van|de|der|di|da|dos|el|ben|abu|du|la|le)"
_NAME = rf"{_WORD}(?:[ ](?:{_PARTICLE}[ -])?{_WORD}){{0,4}}"
_AFTER = re.compile(rf"[ ,]{{1,2}}(?:the |yaitu |yakni )?({_NAME})")
_BEFORE = re.compile(rf"({_NAME}), (?:the |who is |selaku |sebagai )?$")
# Scripts without capitals: a name is what stands between the office and the word that says its case.
_BEFORE_CASE = {
    "hi": re.compile(r" ((?:[\u0900-\u0963-]+ ){1,4}?)(?:ने|से|को|का|के|की|और|द्वारा|पर)(?![\w\u0900-\u0963])"),
    "ur": re.compile(r" ((?:[\u0621-\u06d3-]+ ){1,4}?)(?:نے|سے|کو|کا|کے|کی|اور|پر)(?!\w)"),
}
# What ends a name there: words of case, days, numbers and "his own".
_ENDS_NAME = frozenset(
    re.findall(
        r"\S+",
        "ने से को का के की और पर में अपने सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार आज अगले पिछले "
        "نے سے کو کا کے کی اور پر میں اپنے پیر منگل بدھ جمعرات جمعہ جمعے ہفتے ہفتہ اتوار آج آئندہ گزشتہ "
        "एक दो तीन चार पांच पाँच छह सात आठ नौ दस पहली दूसरी तीन-दिवसीय दो-दिवसीय आधिकारिक "
        "ایک دو تین چار پانچ چھ سات آٹھ نو دس پہلے سرکاری روزہ",
    )
)
_PEOPLE_KINDS = frozenset(["role"])
# Capitalised words that begin a sentence, a weekday or a month, not a name.
_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        "The A An In On At He She They It But And Dalam Pada Di Dan Namun Ia Dia Mereka Hal Kata Senin Selasa "
        "Rabu Kamis Jumat Sabtu Minggu Monday Tuesday Wednesday Thursday Friday Saturday Sunday January "
        "February March April May June July August September October November December Januari Februari Maret "
        "Mei Juni Juli Agustus Oktober Desember Said Says Menurut Menteri Presiden Minister President Tuan Mr "
        "Mrs Sementara Setelah Sebelum Akan ",
    )
)
_MAX_SURNAME_START = 200
_LINE = 200  # characters of a headline behind an office
_SMALL, _FEWEST, _MOST = 3, 2, 0.8  # letters of words that never want a capital; words, and their share, of a headline
_COMMA_CHARS = 12  # from the comma behind a name to the office: no more than ", sebagai " stands there
# What a name may wear behind its apostrophe: the English genitive and the Turkish cases.
_ENDING = re.compile(r"(?:['’](?:s|n?[ıiuü]n|[yn]?[aeıiuü]|n?[dt][ae]n?|y?l[ae])|[.'’-])$")


def learn_people(
    text: str, lang: str | None, spans: Sequence[SideSpan], verbs: Set[str] = frozenset()
) -> dict[str, Person]:
    """People whose office and state the text names, by full name and by surname.

    `spans` are those of find_sides for the same text. `verbs` are folded words that end a name in a headline that
    writes every word with a capital ("Presiden Turki Kecam Israel"). A surname two people share, or that is itself the
    name of a side, is left out. Empty where the text introduces nobody.
    """
    people: dict[str, Person] = {}
    shared: set[str] = set()
    starts = [span.start for span in spans if span.kind != "person"]
    for span in spans:
        if span.kind not in _PEOPLE_KINDS:
            continue
        for name in _names_beside(text, span, starts, lang or "", verbs):
            surname = name.split()[-1]
            person = Person(name, surname, span.code, span.name, span.country_code, span.sector)
            for key in {name, surname, *_short_forms(name)}:
                if key in people and people[key].code != person.code:
                    shared.add(key)
                else:
                    people.setdefault(key, person)
    return {key: person for key, person in people.items() if key not in shared and len(key) > 2}


def _names_beside(text: str, span: SideSpan, starts: Sequence[int], lang: str, verbs: Set[str]) -> list[str]:
    if lang in _BEFORE_CASE:
        return _names_before_case(text, span, starts, _BEFORE_CASE[lang])
    names = []
    verbs = verbs if _is_title_case(text, span.end) else frozenset()
    after = _AFTER.match(text, span.end)
    if after and after.start(1) not in starts:
        names.append(_trimmed(after.group(1), after.start(1), starts, verbs))
    is_behind_comma = "," in text[max(0, span.start - _COMMA_CHARS) : span.start]
    before = is_behind_comma and _BEFORE.search(text, max(0, span.start - _MAX_SURNAME_START), span.start)
    if before and before.start(1) not in starts:
        names.append(_trimmed(before.group(1), before.start(1), starts))
    return [name for name in names if name and name.split()[0] not in _NOT_NAMES and len(name) > 2]


def _names_before_case(text: str, span: SideSpan, starts: Sequence[int], pattern: re.Pattern[str]) -> list[str]:
    found = pattern.match(text, span.end)
    if found is None or any(found.start(1) <= start < found.end(1) for start in starts):
        return []
    words = list(takewhile(lambda word: word not in _ENDS_NAME, found.group(1).split()))
    return [" ".join(words)] if words else []


def _is_title_case(text: str, at: int) -> bool:
    """Whether the line around an offset writes nearly every word behind it with a capital."""
    words = [word for word in text[at : at + _LINE].partition("\n")[0].split() if len(word) > _SMALL and word.isalpha()]
    return len(words) >= _FEWEST and sum(word[0].isupper() for word in words) >= _MOST * len(words)


def _trimmed(name: str, offset: int, starts: Sequence[int], verbs: Set[str] = frozenset()) -> str:
    """The name up to a side that follows it, a sentence's end or a word that is no name."""
    end = min([start - offset for start in starts if offset < start < offset + len(name)], default=len(name))
    words = []
    for word in name[:end].split():
        if word in _NOT_NAMES or fold(word) in verbs:
            break
        words.append(word)
        if len(word) > 2 and word.endswith("."):
            break
    return _ENDING.sub("", " ".join(words)).strip()


def _short_forms(name: str) -> list[str]:
    """Two-part family names of many countries: "Amir Abdollahian" of "Hossein Amir Abdollahian"."""
    words = name.split()
    return [" ".join(words[-2:])] if len(words) > 2 else []


def find_people(text: str, people: Mapping[str, Person]) -> list[SideSpan]:
    """Where people of the article are named, as spans of kind "person", by start, without overlap."""
    if not people or not text:
        return []
    found = NameMatcher(people.items()).find_longest(text)
    return [
        SideSpan(start, end, person.code, text[start:end], person.country_code, person.sector, "person")
        for start, end, person in found
    ]
