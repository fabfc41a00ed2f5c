"""DuckDB's Quack protocol, loaded from the wheels, else from DuckDB's own repository.

The wheels come first: they need no network. Quack speaks HTTP through `httpfs`,
which is an extension too; a server without it answers every request with status 500.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError


def load_extensions(connection: duckdb.DuckDBPyConnection) -> None:
    """Load httpfs, then quack: both the one who serves and the one who asks need the two, in this order.

    Raises:
        WarehouseError: when an extension is neither in a wheel nor to be had from the repository.
    """
    for name in ("httpfs", "quack"):
        path = _binary_in_wheel(name)
        try:
            if path is not None:
                connection.execute(f"LOAD '{str(path).replace(chr(39), chr(39) * 2)}'")
            else:
                connection.execute(f"INSTALL {name}")
                connection.execute(f"LOAD {name}")
        except duckdb.Error as error:
            message = f"DuckDB's extension {name} cannot be loaded; install the package duckdb-extension-{name}."
            raise WarehouseError(message, subject_id=name) from error


def _binary_in_wheel(name: str) -> Path | None:
    spec = find_spec(f"duckdb_extension_{name}")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if path.exists():
            return path
    return None
