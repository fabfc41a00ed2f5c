"""What others read and what was measured: second readings, events of GDELT, figures, and what could not be read.

Contract and errors as in `warehouse.write`.
"""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.changes import Rows
from warehouse.connect import Warehouse
from warehouse.records import Evaluation, GdeltEvent, LlmRequest, Quarantined, SecondReading


def write_evaluations(wh: Warehouse, batch_key: str, evaluations: Sequence[Evaluation]) -> bool:
    """Put measured figures of the coder; a figure measured again takes the place of the older one."""
    return wh.apply(batch_key, [Rows(evaluations)])


def reserve_llm_request(wh: Warehouse, request: LlmRequest) -> bool:
    """Put a request that is about to be sent; False when another process has put it, and so sends it.

    Before it is sent and not after, so that a process killed meanwhile has not forgotten what it spent.
    """
    return wh.apply(f"llm {request.request_id}", [Rows([request], is_insert_only=True)])


def write_second_readings(
    wh: Warehouse, batch_key: str, requests: Sequence[LlmRequest], readings: Sequence[SecondReading]
) -> bool:
    """Put what came of requests, and the readings made of the answers; each takes the place of its earlier state."""
    return wh.apply(batch_key, [Rows(requests), Rows(readings)])


def write_gdelt_events(
    wh: Warehouse, batch_key: str, events: Sequence[GdeltEvent], quarantined: Sequence[Quarantined] = ()
) -> bool:
    """Put events that GDELT coded, and the lines that could not be read; an event already there stays as it is."""
    return wh.apply(batch_key, [Rows(events, is_insert_only=True), Rows(quarantined, is_insert_only=True)])


def write_quarantine(wh: Warehouse, batch_key: str, quarantined: Sequence[Quarantined]) -> bool:
    """Keep inputs that could not be used, each whole with its reason."""
    return wh.apply(batch_key, [Rows(quarantined, is_insert_only=True)])
