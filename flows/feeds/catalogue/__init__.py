"""The feeds that come with the project: one CSV per language or region, read and checked here.

Columns: feed_id, outlet_id, outlet_name, family_id (who owns the outlet: all media of one state are one family),
country_code (ISO 3166-1 alpha-3 of the outlet's seat; empty for international bodies), language (of the text), topic,
url, tags (separated by spaces), reason (why it is watched). One line a feed, so that a change reads well in review.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from babel import Locale
from babel.core import UnknownLocaleError, get_global

from flows.feeds.identity import identity_address, is_web_address
from warehouse.errors import FeedError
from warehouse.records import Feed

FOLDER = Path(__file__).parent
COLUMNS = (
    "feed_id", "outlet_id", "outlet_name", "family_id", "country_code", "language", "topic", "url", "tags", "reason",
)  # fmt: skip
TOPICS = frozenset({"world", "politics", "diplomacy", "defence", "government", "analysis", "region"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def load_catalogue(folder: Path = FOLDER) -> list[Feed]:
    """All feeds of the catalogue, in order of file and line, checked.

    Raises:
        FeedError: a line breaks a rule; the message names file, line and rule.
    """
    feeds: list[Feed] = []
    seen: dict[str, str] = {}
    outlets: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise FeedError(f"{path.name}: columns are {reader.fieldnames}, expected {list(COLUMNS)}")
            for row in reader:
                place = f"{path.name} line {reader.line_num}"
                problem = _problem_of(row, seen, outlets)
                if problem:
                    raise FeedError(f"{place}: {problem}", subject_id=row.get("feed_id"))
                seen[row["feed_id"]] = seen[identity_address(row["url"])] = place
                outlets[row["outlet_id"]] = (row["outlet_name"], row["family_id"])
                feeds.append(_feed_of(row))
    return feeds


def _problem_of(row: dict[str, str], seen: dict[str, str], outlets: dict[str, tuple[str, str]]) -> str | None:
    """The first rule that a line breaks, or None."""
    if None in row or None in row.values():
        return f"has not {len(COLUMNS)} columns"
    for column in ("feed_id", "outlet_id", "family_id"):
        if not _SLUG.fullmatch(row[column]):
            return f"{column} {row[column]!r} is not lower-case words joined by hyphens"
    for value in (row["feed_id"], identity_address(row["url"])):
        if value in seen:
            return f"{value} is already in {seen[value]}"
    if not is_web_address(row["url"]):
        return f"url {row['url']!r} is not http or https"
    if row["country_code"] and row["country_code"] not in country_codes():
        return f"country_code {row['country_code']!r} is not ISO 3166-1 alpha-3"
    if not is_language(row["language"]):
        return f"language {row['language']!r} is not known"
    if row["topic"] not in TOPICS:
        return f"topic {row['topic']!r} is none of {sorted(TOPICS)}"
    if len(row["reason"]) < 20 or not row["outlet_name"]:
        return "outlet_name and a reason of twenty signs or more are needed"
    known = outlets.get(row["outlet_id"])
    if known and known != (row["outlet_name"], row["family_id"]):
        return f"outlet {row['outlet_id']} is elsewhere {known}"
    return None


def country_codes() -> frozenset[str]:
    """The alpha-3 codes of CLDR's territories."""
    aliases = get_global("territory_aliases")
    codes = {code for code in aliases if len(code) == 3 and code.isalpha() and len(aliases[code]) == 1}
    return frozenset(codes | {"XKX"})  # Kosovo, by custom


def is_language(code: str) -> bool:
    """True for a language code that CLDR has data for."""
    try:
        return bool(re.fullmatch(r"[a-z]{2,3}", code)) and Locale(code) is not None
    except UnknownLocaleError:
        return False


def _feed_of(row: dict[str, str]) -> Feed:
    return Feed(
        feed_id=row["feed_id"],
        url=row["url"],
        title=f"{row['outlet_name']}: {row['topic']}",
        outlet_id=row["outlet_id"],
        outlet_name=row["outlet_name"],
        family_id=row["family_id"],
        country_code=row["country_code"] or None,
        language=row["language"],
        topic=row["topic"],
        tags=tuple(row["tags"].split()),
        reason=row["reason"],
        origin="catalogue",
        original_url=row["url"],
    )
