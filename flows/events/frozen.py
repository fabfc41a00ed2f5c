"""Records that nothing changes once they are made, at half the cost of making a frozen dataclass.

The coder makes some dozens of small records a sentence. A frozen dataclass sets each field through a call that its own
guard against changes makes needful; here the type checker is the guard, which sees every assignment there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Record = TypeVar("Record")


@dataclass_transform(frozen_default=True)
def frozen(record: type[Record]) -> type[Record]:
    """The class as a dataclass with slots, equality and a hash, whose fields the type checker lets nobody set."""
    return dataclass(slots=True, unsafe_hash=True)(record)
