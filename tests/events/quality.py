"""The quality gate of the coder: floors that its figures on the project's own labelled items may not fall below.

    python -m tests.events.quality           # prints figures beside floors
    python -m tests.events.quality --raise   # writes higher floors where the figures allow, never lower ones

A floor is lowered by hand only, and the change says why. Each file's hash stands beside its floors, so that labels and
floors change together.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from flows.events.evaluation import GoldItem, labelled_files, measure_coder, read_gold

FLOORS = Path(__file__).with_name("floors.toml")
MEASURES = ("relevance", "dyad", "event", "type", "actor", "target", "status", "date", "country", "killed")
# Figures move a little with every rule; a floor lies this far below what was reached.
SLACK = 0.01
Figures = dict[str, float]


def read_items(path: Path) -> list[GoldItem]:
    """The items of one labelled file."""
    with path.open(encoding="utf-8") as lines:
        return list(read_gold(lines, path.name))


def measure_items(items: Iterable[GoldItem]) -> Figures:
    """The figures of labelled items by measure, shares 0-1: F1 of what is found, accuracy of fields."""
    figures = [one for one in measure_coder(items) if one.group_kind == "all"]
    shares = {one.measure: one.f1 if one.accuracy is None else one.accuracy for one in figures}
    return {measure: share for measure, share in shares.items() if measure in MEASURES and share is not None}


def hash_of(*paths: Path) -> str:
    """What names this state of labelled files."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def load_floors() -> dict[str, dict[str, float | str]]:
    """Floors and hash by language; none where there is no file yet."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def write_floors(floors: Mapping[str, Mapping[str, float | str]]) -> None:
    """Puts the floors in their file, one table a language."""
    lines = ["# Written by `python -m tests.events.quality --raise`; a floor is lowered by hand only, with a reason."]
    for language in sorted(floors):
        lines += ["", f"[{language}]", *(_line(key, value) for key, value in floors[language].items())]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(key: str, value: float | str) -> str:
    return f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value:.3f}"


def main(arguments: list[str]) -> int:
    """Prints every language's figures beside its floors, and raises the floors where asked."""
    floors = load_floors()
    for path in labelled_files():
        known, figures = floors.get(path.stem, {}), measure_items(read_items(path))
        told = "  ".join(
            f"{name} {100 * value:.1f} ({100 * float(known.get(name, 0)):.1f})" for name, value in figures.items()
        )
        sys.stdout.write(f"{path.stem}: {told}\n")
        raised = {name: max(float(known.get(name, 0)), value - SLACK) for name, value in figures.items()}
        floors[path.stem] = {"items_hash": hash_of(path), **raised}
    if arguments == ["--raise"]:
        write_floors(floors)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
