"""Facts about the warehouse as a whole.

Contract and errors as in `warehouse.write`.
"""

from __future__ import annotations

from uuid import uuid4

from warehouse.changes import Statement
from warehouse.connect import Warehouse


def set_meta(wh: Warehouse, name: str, value: str | None) -> None:
    """Put one fact about this warehouse as a whole (`is_demo`: "true" or "false"); None takes it away.

    A batch like any other, so that who watches the data version sees it. Each call is a batch of its own: the same
    fact may be set to and fro.
    """
    removed = Statement("DELETE FROM meta WHERE name = $name", "meta", {"name": name}, row_count=1)
    put = Statement(
        "INSERT INTO meta (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        "meta",
        {"name": name, "value": value},
        row_count=1,
    )
    wh.apply(f"meta {name} {uuid4().hex}", [removed if value is None else put])
