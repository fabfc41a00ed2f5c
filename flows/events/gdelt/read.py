"""One line of a GDELT 2.0 event export as a record."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from flows.events.gdelt.mapping import country_of_cameo, country_of_fips, side_of_actor, type_of_cameo
from warehouse.errors import CodebookError
from warehouse.records import GdeltEvent

COLUMN_COUNT = 61
# 57 in the yearly and monthly files up to March 2013, 58 in the daily files since; neither says when it was added
# nor has the second administrative division.
COLUMN_COUNT_OF_1_0 = (57, 58)
# Where the columns of the codebook begin.
_ACTOR_1, _ACTOR_2, _EVENT, _PLACE = 5, 15, 25, 51
_PLACE_PRECISIONS = {"1": "country", "2": "region", "3": "city", "4": "city", "5": "region"}


def gdelt_event_of_line(line: str, now: datetime) -> GdeltEvent:
    """The event of one export line, without its line end; `now` becomes `imported_at_utc`.

    Raises:
        CodebookError: the number of columns is not 61, or a column that must hold a number or day holds none; the
            message names the column and its value.
    """
    cells = line.split("\t")
    if len(cells) != COLUMN_COUNT:
        raise CodebookError(f"the line has {len(cells)} columns, expected the {COLUMN_COUNT} of GDELT 2.0")
    coded = type_of_cameo(cells[_EVENT + 1])
    actor, target = cells[_ACTOR_1 : _ACTOR_1 + 10], cells[_ACTOR_2 : _ACTOR_2 + 10]
    return GdeltEvent(
        gdelt_event_id=_whole(cells, 0, "GlobalEventID"),
        on_date=_day(cells[1]),
        added_at_utc=_instant(cells[59]),
        actor_code=side_of_actor(actor[2], actor[3]),
        actor_name=actor[1] or None,
        actor_country_code=country_of_cameo(actor[2]),
        actor_cameo_code=actor[0] or None,
        actor_cameo_type_code=actor[7] or None,
        target_code=side_of_actor(target[2], target[3]),
        target_name=target[1] or None,
        target_country_code=country_of_cameo(target[2]),
        target_cameo_code=target[0] or None,
        target_cameo_type_code=target[7] or None,
        is_root_event=cells[_EVENT] == "1",
        cameo_code=cells[_EVENT + 1],
        quad_class=_whole(cells, _EVENT + 4, "QuadClass"),
        type=coded.type if coded else None,
        mode=coded.mode if coded else None,
        direction=coded.direction if coded else None,
        score=coded.score if coded else None,
        goldstein_score=_number(cells, _EVENT + 5, "GoldsteinScale", 10.0),
        mention_count=_whole(cells, _EVENT + 6, "NumMentions"),
        source_count=_whole(cells, _EVENT + 7, "NumSources"),
        article_count=_whole(cells, _EVENT + 8, "NumArticles"),
        average_tone=_number(cells, _EVENT + 9, "AvgTone", 100.0),
        place_name=cells[_PLACE + 1] or None,
        place_precision=_PLACE_PRECISIONS.get(cells[_PLACE]),
        place_country_code=country_of_fips(cells[_PLACE + 2]),
        place_fips_code=cells[_PLACE + 2] or None,
        place_division_code=cells[_PLACE + 3] or None,
        latitude=_number(cells, _PLACE + 5, "ActionGeo_Lat", 90.0),
        longitude=_number(cells, _PLACE + 6, "ActionGeo_Long", 180.0),
        place_feature_id=cells[_PLACE + 7] or None,
        source_url=cells[60].strip() or None,
        imported_at_utc=now,
    )


def _whole(cells: Sequence[str], index: int, name: str) -> int:
    text = cells[index]
    # Eighteen digits fit the column; isdigit alone would let other scripts' digits through.
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise CodebookError(f"{name} is {text[:40]!r}, expected a whole number")
    return int(text)


def _number(cells: Sequence[str], index: int, name: str, bound: float) -> float | None:
    text = cells[index]
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -bound <= value <= bound:
        raise CodebookError(f"{name} is {text[:40]!r}, expected a number from {-bound:g} to {bound:g}")
    return value


@lru_cache(maxsize=64)  # an export holds few days, a million times
def _day(text: str) -> date:
    try:
        if len(text) == len("YYYYMMDD"):
            return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        pass
    raise CodebookError(f"SQLDATE is {text[:40]!r}, expected YYYYMMDD")


@lru_cache(maxsize=64)
def _instant(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise CodebookError(f"DATEADDED is {text[:40]!r}, expected YYYYMMDDhhmmss") from error
