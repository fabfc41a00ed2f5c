"""Lines, sentences and clauses of an article, as offsets into its text.

Offsets always point into the text as given; nothing is copied or cleaned. Lines that belong to the page and not to the
story ("read also", share buttons) are left out by the language's `boilerplate` patterns.
"""

from __future__ import annotations

import re

from flows.events.frozen import frozen
from flows.events.lexicon import Lexicon

# A sign is found many times faster than a place behind one.
SENTENCE_END = re.compile(r"[.!?。！？؟۔।](?P<end>[\"'”’»)\]]*(?:\s+|(?<=[。！？])(?=.)))")
LINE = re.compile(r"[^\r\n]+")
NEWS_APART = re.compile(r"\s[|•]\s")  # what a digest puts between its headlines
LAST_WORD = re.compile(r"([^\s.]+)\.$")
MAX_SENTENCE_CHARS = 2_000  # a "sentence" beyond this is a table or a broken page


@frozen
class Sentence:
    """A stretch of the text, end exclusive; the title is sentence 0 when there is one.

    `is_apart`: it is other news than the sentence before ("Storm hits X | Y warns Z").
    """

    start: int
    end: int
    index: int
    is_title: bool
    is_apart: bool = False


def split_sentences(text: str, title_length: int, lexicon: Lexicon) -> list[Sentence]:
    """Sentences in order, without boilerplate lines; the first line is the title when `title_length` > 0."""
    found: list[Sentence] = []
    title = text[:title_length].strip()
    for line in LINE.finditer(text):
        written = line.group().strip()
        if lexicon.boilerplate.match(written):
            continue
        is_title = line.start() < title_length
        if found and not is_title and written == title:
            continue  # pages often repeat the headline above the story
        at = line.start()
        for mark in [*NEWS_APART.finditer(text, *line.span()), None]:
            stop = mark.start() if mark else line.end()
            for place, (start, end) in enumerate(_split_line(text, at, stop, lexicon)):
                found.append(Sentence(start, end, len(found), is_title, is_apart=place == 0 and at > line.start()))
            at = mark.end() if mark else stop
    return found


def _split_line(text: str, start: int, end: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    at = start
    for stop in SENTENCE_END.finditer(text, start, end):
        told = stop.start("end")
        before = LAST_WORD.search(text, max(at, told - 20), told)
        if before and _is_abbreviation(before.group(1), lexicon):
            continue
        pieces.extend(_cap(at, told))
        at = stop.end()
    pieces.extend(_cap(at, end))
    return [piece for start_, end_ in pieces if (piece := _strip(text, start_, end_)) is not None]


def _is_abbreviation(word: str, lexicon: Lexicon) -> bool:
    return word.lower() in lexicon.abbreviations or (len(word) == 1 and word.isalpha() and word.isupper())


def _cap(start: int, end: int) -> list[tuple[int, int]]:
    if start < end <= start + MAX_SENTENCE_CHARS:
        return [(start, end)]
    return [(at, min(at + MAX_SENTENCE_CHARS, end)) for at in range(start, end, MAX_SENTENCE_CHARS)]


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
