"""A home that cannot be started says so in one line, with exit code 1, and leaves nothing running."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.supervised import COMMAND_TIMEOUT_S, MEREDA, clean_environment, processes_of


def refuse(home: Path, **settings: str) -> str:
    """The one line that `mereda up` says in this home."""
    folder = home.parent if home.parent.is_dir() else Path("/")
    ended = subprocess.run(
        [MEREDA, "up"],
        env=clean_environment(home, **settings),
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=COMMAND_TIMEOUT_S,
    )
    assert ended.returncode == 1, ended.stdout
    (line,) = ended.stderr.strip().splitlines()
    assert processes_of(home) == []
    return line


@pytest.mark.parametrize("key", ["prefect_port", "dashboard_port"])
def test_a_taken_port_is_one_line(tmp_path: Path, key: str) -> None:
    ports = {"prefect_port": free_port(), "dashboard_port": free_port()}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports[key] = taken.getsockname()[1]
        line = refuse(tmp_path / "home", **{name: str(port) for name, port in ports.items()})
    assert str(ports[key]) in line
    assert f"MEREDA_{key.upper()}" in line


def test_a_home_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert "MEREDA_HOME" in refuse(tmp_path / "file" / "home")
    assert "MEREDA_HOME" in refuse(tmp_path / "file")
    if os.path.isdir("/proc/self"):
        assert "MEREDA_HOME" in refuse(Path("/proc/mereda"))


@pytest.mark.parametrize("text", ["prefect_port = \n", "prefect_prot = 4200\n", "demo = 'perhaps'\n", "\x00\xff"])
def test_a_broken_settings_file_is_one_line(tmp_path: Path, text: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "mereda.toml").write_bytes(text.encode("latin-1"))
    assert "mereda.toml" in refuse(home)


def test_a_file_that_is_no_warehouse_is_one_line(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "warehouse.duckdb").write_bytes(b"no database" * 500)
    assert "warehouse.duckdb" in refuse(home)
