"""Where dyads and states stand, what moved them, and what of it was worth an alert: frames, as `warehouse.read`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from warehouse.connect import Warehouse
from warehouse.pair_events import read_newest_pair_event_numbers
from warehouse.questions import read_event_numbers, read_told, sql, sql_of_ids
from warehouse.read import read_dyad_values, read_half_life_days

if TYPE_CHECKING:
    import pandas as pd


def read_state_series(wh: Warehouse, state: str, since: date, until: date) -> pd.DataFrame:
    """The days of a state with both ends included, by day; columns as `daily_states`."""
    return wh.frame(sql("state_series"), state=state, since=since, until=until)


def read_state_values(wh: Warehouse, on: date, days: int) -> pd.DataFrame:
    """Where every state stands on a day and how far it moved in `days`, tensest first; `queries/state_values.sql`."""
    half_life = read_half_life_days(wh)
    return wh.frame(sql("state_values"), until=on, since=on - timedelta(days=days), half_life=half_life)


def read_phases(wh: Warehouse, a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """The phases of a dyad that touch these days, with their drivers; sides in either order; `queries/phases.sql`."""
    first, second = sorted((a, b))
    asked = {"a": first, "b": second, "since": since, "until": until}
    drivers = (
        f"SELECT DISTINCT unnest(driver_event_ids) AS event_id FROM ({sql_of_ids(sql('phases'), event_numbers=())})"
    )
    event_ids = [row["event_id"] for row in wh.query(drivers, **asked)]
    numbers = read_event_numbers(wh, event_ids)
    return wh.frame(sql_of_ids(sql("phases"), event_numbers=numbers), **asked)


def read_drivers(wh: Warehouse, a: str, b: str, on: date, *, days: int = 28, limit: int = 10) -> pd.DataFrame:
    """The events that hold a dyad where it stands on a day, heaviest first; see `queries/drivers.sql`."""
    first, second = sorted((a, b))
    half_life = read_half_life_days(wh)
    return wh.frame(sql("drivers"), a=first, b=second, on=on, days=days, half_life=half_life, limit=limit)


def read_formula_comparison(wh: Warehouse, a: str, b: str, since: date, until: date) -> pd.DataFrame:
    """What each computed version of the formula says of a dyad, by day; see `queries/formula_comparison.sql`."""
    first, second = sorted((a, b))
    return wh.frame(sql("formula_comparison"), a=first, b=second, since=since, until=until)


def read_brief_events(wh: Warehouse, a: str, b: str, since: date, until: date, limit: int) -> pd.DataFrame:
    """The events that move a dyad, a sentence and a link each, newest first; see `queries/brief_events.sql`."""
    first, second = sorted((a, b))
    asked = {"a": first, "b": second, "since": since, "until": until, "limit": limit}
    told = read_told(wh, read_newest_pair_event_numbers(wh, a, b, since, until, limit))
    return wh.frame(told.in_text(sql("brief_events")), **asked)


def read_dyad_value(wh: Warehouse, a: str, b: str, on: date, days: int) -> dict[str, Any] | None:
    """Where one dyad stands on a day, as `queries/dyad_values.sql`; None where it has no row until then."""
    own = read_dyad_values(wh, on, days, dyad=(a, b))
    return None if own.empty else {str(name): value for name, value in own.iloc[0].items()}


def read_alerts(wh: Warehouse, *, only_open: bool = False, limit: int = 200) -> pd.DataFrame:
    """Alerts, those not acknowledged first, then the newest; columns as `alerts`."""
    return wh.frame(sql("alerts"), only_open=only_open, limit=limit)


def read_watched_dyads(wh: Warehouse) -> list[tuple[str, str]]:
    """Dyads that people want a daily brief of, in the order of their codes."""
    rows = wh.query("SELECT side_a_code, side_b_code FROM watched_dyads ORDER BY ALL")
    return [(row["side_a_code"], row["side_b_code"]) for row in rows]
