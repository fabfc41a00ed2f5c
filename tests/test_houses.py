"""Who may import whom, proved at run time; and no module that would hide another from a path entrypoint."""

import importlib.metadata
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ["flows.feeds", "flows.articles", "flows.events", "flows.indices"]
FRAMEWORKS = [
    "prefect",
    "duckdb",
    "streamlit",
    "plotly",
    "openai",
    "flows.steps",
    "flows.settings",
    "warehouse.connect",
]
# Imports every module of a package, then says which of the named ones came along.
PROOF = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(",".join(name for name in sys.argv[2:] if name in sys.modules))
"""


@pytest.mark.parametrize("room", ROOMS)
def test_a_domain_room_runs_without_any_framework(room: str) -> None:
    others = [other for other in ROOMS if other != room]
    proof = subprocess.run(
        [sys.executable, "-c", PROOF, room, *FRAMEWORKS, *others], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert proof.stdout.strip() == ""


@pytest.mark.parametrize("folder", ["flows", "dashboard"])
def test_nothing_at_the_top_of_a_room_hides_another_module(folder: str) -> None:
    ours = {module.name for module in pkgutil.iter_modules([str(ROOT / folder)])}
    installed = set(importlib.metadata.packages_distributions()) - {"flows", "dashboard", "warehouse"}
    rooms = {"flows", "dashboard", "warehouse", "tests"}
    assert ours & (set(sys.stdlib_module_names) | installed | rooms) == set()
