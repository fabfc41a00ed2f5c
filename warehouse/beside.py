"""What stands beside one dyad: other dyads, and who acts with both of its sides. Frames, as `warehouse.read`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from warehouse.connect import Warehouse
from warehouse.pair_events import standing
from warehouse.questions import sql
from warehouse.read import read_dyads

if TYPE_CHECKING:
    import pandas as pd


def read_known_dyads(wh: Warehouse, limit: int) -> pd.DataFrame:
    """So many of the dyads of which something is known, those with most rows first; see `queries/dyads.sql`."""
    return read_dyads(wh).head(limit)


def read_dyads_series(wh: Warehouse, dyads: Iterable[tuple[str, str]], since: date, until: date) -> pd.DataFrame:
    """The days of these dyads with both ends included, by dyad and day; sides in either order; as `daily_dyads`."""
    texts = sorted({" ".join(sorted(dyad)) for dyad in dyads})
    return wh.frame(sql("dyads_series"), dyads=texts, since=since, until=until)


def read_third_sides(wh: Warehouse, a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """Who acts with both sides of a dyad in these days, two rows each; see `queries/third_sides.sql`."""
    return wh.frame(sql("third_sides").replace("{standing}", standing(wh)), a=a, b=b, since=since, until=until)
