import re
import subprocess
from pathlib import Path

from tests.documents import TABLES_PATH, render_tables
from tests.supervised import MEREDA

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_document_of_tables_says_what_the_warehouse_says() -> None:
    assert TABLES_PATH.read_text(encoding="utf-8") == render_tables(), "run: python -m tests.documents"


def test_every_command_is_in_the_readme() -> None:
    help_text = subprocess.run([MEREDA, "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^[│\s]+([a-z]+)  ", help_text, re.MULTILINE)
    assert {"up", "run", "sql", "code", "feeds", "backfill"} <= set(commands)
    assert [name for name in commands if f"mereda {name}" not in README and f"make {name}" not in README] == []
