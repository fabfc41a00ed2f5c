"""A process that writes batches to a served warehouse: `python -m tests.warehouse.writing_process HOME NAME COUNT`.

Every batch brings a feed of its own and adds one to a number that all writers share, so that they must meet.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.warehouse.world import feed
from warehouse.changes import Change, Rows, Statement
from warehouse.connect import open_warehouse

COUNT_UP = Statement("UPDATE meta SET value = (value::BIGINT + 1)::VARCHAR WHERE name = 'count'", "meta")


def main() -> None:
    """Write the batches, every tenth sent again as after a lost answer; exit 1 where one was not committed once."""
    home, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    with open_warehouse(home) as wh:
        for number in range(count):
            changes: list[Change] = [Rows([feed(f"{name}-{number}")]), COUNT_UP]
            key = f"{name} {number}"
            if not wh.is_served or not wh.apply(key, changes):
                sys.exit(1)
            if number % 10 == 0 and wh.apply(key, changes):
                sys.exit(1)


if __name__ == "__main__":
    main()
