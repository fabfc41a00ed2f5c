"""Finds who is named in a text: states and those who stand for them, organisations, armed groups.

What is not done here: deciding who did what. A name that only qualifies another noun is marked (`head`), and an office
is joined with its state ("Menlu Iran", "Iranian Foreign Minister"), so that the one span says both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from flows.events.sides.ambiguous import drop_people, drop_plain_words
from flows.events.sides.lexicon import (
    NOBODY,
    Named,
    RoleWord,
    compounds_matcher,
    known_language,
    sides_matcher,
)
from flows.events.sides.matching import HYPHEN, fold, is_latin
from flows.events.sides.records import SideKind, SideSpan

# Between office and state, by language: the office first ("Menlu RI", "minister of Iran") or the state first.
_ROLE_FIRST = {
    "id": r" (?:(?:dari|untuk) )?", "ms": r" (?:dari )?", "en": r" (?:of|from) (?:the )?",
    "es": r" (?:(?:de la |de los |del |de )?)", "fr": r" (?:(?:de la |de l'|du |des |de |d')?)",
    "ru": r" ", "ar": r" ", "fa": r" ",
}  # fmt: skip
_STATE_FIRST = {
    "en": r"(?:'s|')?(?:[ -](?:(?:acting|new|former|outgoing|caretaker|top|senior|armed|naval|military|state|deputy|"
    r"national|first|interim|own|elite|air|ground|government|security|occupation) )*)",
    "zh": r"的?", "tr": r"(?:'(?:n?[iu]n|l[iu]))? ",
    "ur": r" (?:(?:کے|کی|کا|کی) )?", "hi": r" (?:(?:के|की|का) )?", "ru": r" ",
}  # fmt: skip
# Bodies named by the town they sit in ("a court in Moscow"); troops or an embassy there are somebody else's.
_SEATED = re.compile(r"(?:court|judge|prosecutors|police|authorities)\Z")
_SEAT = re.compile(r" in (?:the )?")
_ROLE_FIRST_RE = {lang: re.compile(pattern) for lang, pattern in _ROLE_FIRST.items()}
_STATE_FIRST_RE = {lang: re.compile(pattern) for lang, pattern in _STATE_FIRST.items()}
# Folding turned the Urdu letters above into their common forms; fold the patterns alike.
_STATE_FIRST_RE["ur"] = re.compile(fold(_STATE_FIRST["ur"]))

DOLLAR = "$"  # "US$3 million" names a currency
LINE = "\n"  # the end of a headline: an office there has no state below it
_GENITIVE = re.compile(r"'n?[iu]n ")
_STATE_KINDS = frozenset(["state", "demonym", "capital"])
_OPPOSED = tuple(word + mark for word in ("anti", "pro", "eks", "ex", "non", "neo") for mark in "- ")


def find_sides(text: str, lang: str | None) -> list[SideSpan]:
    """Names of sides in the text, by start, without overlap; the longest reading of a place wins.

    Offsets are characters of `text`. No name, empty list. Never raises. Linear in the text.
    """
    if not text:
        return []
    base = known_language(lang)
    folded = fold(text)
    names: list[tuple[int, int, Named]]
    roles: list[tuple[int, int, RoleWord]]
    names, roles = sides_matcher(base).find_each(text, folded)
    names = [name for name in names if not _is_shouted_word(text, *name[:2]) and text[name[1] : name[1] + 1] != DOLLAR]
    names = drop_people(text, base, names, roles)
    names = drop_plain_words(text, folded, base, names, roles)
    spans = [_span(text, folded, base, *name) for name in names if name[2].code != NOBODY]
    spans = sorted([*spans, *_in_compounds(text, folded, base, names)], key=lambda span: span.start)
    return _without_overlap([*_with_offices(text, folded, base, spans, roles), *spans])


def _is_shouted_word(text: str, start: int, end: int) -> bool:
    """Whether a two-letter form stands in capitals only because everything around it does ("GIVE US PEACE")."""
    if end - start > 3 or not text[start:end].isalpha() or not text[start:end].isascii():
        return False
    before = text[max(0, start - 30) : start].split()
    after = text[end : end + 30].split()
    near = [word for word in (before[-1:] + after[:1]) if len(word) > 3 and word.isalpha()]
    return len(near) == 2 and all(word.isupper() for word in near)


def _in_compounds(text: str, folded: str, lang: str, names: list[tuple[int, int, Named]]) -> Iterator[SideSpan]:
    """States written in one character ("中美", "访华") or in one phrase ("the two Koreas"), where no longer name is."""
    starts = [start for start, _, _ in names]
    for start, end, codes in compounds_matcher(lang).find_longest(text, folded):
        at = bisect_left(starts, end)
        if at and names[at - 1][1] > start and names[at - 1][2].kind != "institution":
            continue
        for place, code in zip(_places(start, end, len(codes)), codes, strict=True):
            if code != NOBODY:
                is_state = len(code) == 3 and code not in ("EUR",)
                named = Named(code, code if is_state else None, "GOV" if is_state else "IGO", "capital")
                span = _span(text, folded, lang, *place, named)
                yield span if end - start == len(codes) else replace(span, name=text[start:end])


def _places(start: int, end: int, count: int) -> list[tuple[int, int]]:
    """Where each state of a compound stands: in a character of its own, else in a share of the words for them all."""
    if count < 2 or end - start == count:
        return [(at, at + 1) for at in range(start, start + count)]
    return [(start, end - count + 1), *((at, at + 1) for at in range(end - count + 1, end))]


def _span(text: str, folded: str, lang: str, start: int, end: int, named: Named) -> SideSpan:
    end -= folded[end - 1] == HYPHEN
    head = not folded.endswith(_OPPOSED, 0, start)
    if head and named.kind == "demonym":
        head = not _qualifies_next(text, end, lang)
    return SideSpan(start, end, named.code, text[start:end], named.country_code, named.sector, named.kind, head=head)


def _qualifies_next(text: str, end: int, lang: str) -> bool:
    """Whether an adjective of nationality is followed by the noun it describes (Latin scripts)."""
    following = text[end : end + 2]
    return len(following) == 2 and following[0] in " -" and is_latin(following[1]) and lang in ("en", "tr", "id", "ms")


def _with_offices(
    text: str, folded: str, lang: str, spans: list[SideSpan], roles: list[tuple[int, int, RoleWord]]
) -> list[SideSpan]:
    """Spans that join an office with the state beside it."""
    if not roles or not spans:
        return []
    by_start = {span.start: span for span in spans if span.kind in _STATE_KINDS}
    by_role_start = {start: (end, role) for start, end, role in roles}
    joined: list[SideSpan] = []
    if pattern := _ROLE_FIRST_RE.get(lang):
        for start, end, role in roles:
            link = pattern.match(folded, end)
            if link is None and lang == "en" and _SEATED.search(folded, start, end):
                link = _SEAT.match(folded, end)
            state = by_start.get(link.end()) if link else None
            if state and LINE not in text[end : state.start]:
                joined.append(_joined(text, start, state.end, state, role))
    if pattern := _STATE_FIRST_RE.get(lang):
        for state in by_start.values():
            if lang == "ru" and state.kind != "demonym":
                continue  # a Russian name stands before an office by chance only ("в Париже премьера")
            link = pattern.match(folded, state.end)
            found = by_role_start.get(link.end()) if link else None
            if found and LINE not in text[state.end : link.end() if link else state.end]:
                is_seat = lang == "tr" and state.kind in ("capital", "state")
                owner = _owner(folded, state, spans) if is_seat else None
                joined.append(_joined(text, (owner or state).start, found[0], owner or state, found[1]))
    return joined


def _owner(folded: str, capital: SideSpan, spans: list[SideSpan]) -> SideSpan | None:
    """The state whose envoy sits in a capital or another state: "İsveç'in Bağdat Büyükelçisi" is Sweden's."""
    states = (s for s in spans if s.end < capital.start and s.code == s.country_code)
    return next((s for s in states if _GENITIVE.fullmatch(folded, s.end, capital.start)), None)


def _joined(text: str, start: int, end: int, state: SideSpan, role: RoleWord) -> SideSpan:
    kind: SideKind = role.kind
    return SideSpan(start, end, state.code, text[start:end], state.country_code, role.sector, kind, head=True)


def _without_overlap(spans: list[SideSpan]) -> list[SideSpan]:
    """By start; where two overlap the longer one stays."""
    kept: list[SideSpan] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end - span.start > kept[-1].end - kept[-1].start:
            kept[-1] = span
    return kept
