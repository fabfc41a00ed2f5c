"""`python -m tests.benchmarks.evaluation_page` writes `docs/evaluation.md`: measured figures, and what fails and why.

The figures are measured anew; the words around them lie in `evaluation_words.md` beside this module. The table of the
README, between its two marks, is written too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flows.events.code import CODER_VERSION, load_everything
from flows.events.confidence import compute_confidence
from flows.events.evaluation import held_out_files, labelled_files, measure_coder
from tests.benchmarks.published import SETS
from tests.events.calibration import Reliability, measure_reliability, read_rows
from tests.events.quality import MEASURES, Figures, measure_items, read_items

PAGE = Path(__file__).parents[2] / "docs" / "evaluation.md"
README = PAGE.parents[1] / "README.md"
MARKS = ("<!-- figures of the coder -->", "<!-- end of figures -->")
IN_README = ("relevance", "dyad", "event", "type", "status", "date")
WORDS = Path(__file__).with_name("evaluation_words.md")


Measured = dict[str, tuple[int, Figures]]


def measure_own() -> Measured:
    """How many items, and the figures on them, by language: one file is one."""
    return {path.stem: _measure([path]) for path in labelled_files()}


@cache
def measure_held_out() -> Measured:
    """The same of the items held out, and of `all` of them last; both tables show it."""
    paths = held_out_files()
    return {path.stem: _measure([path]) for path in paths} | {"all": _measure(paths)}


def _measure(paths: Sequence[Path]) -> tuple[int, Figures]:
    items = [one for path in paths for one in read_items(path)]
    return len(items), measure_items(items)


def table_of(measured: Measured) -> str:
    """Figures on labelled items, one row a language."""
    rows = ["| language | items | " + " | ".join(MEASURES) + " |", "|---|---|" + "---|" * len(MEASURES)]
    return "\n".join(rows + [_row([name, str(count)], own, MEASURES) for name, (count, own) in measured.items()])


def readme_table() -> str:
    """The figures on the items held out, for the README: one row a language, all of them last."""
    rows = ["| | " + " | ".join(IN_README) + " |", "|---|" + "---|" * len(IN_README)]
    for name, (_, own) in measure_held_out().items():
        rows.append(_row(["**all**" if name == "all" else name], own, IN_README))
    when = f"{datetime.now(UTC):%d %B %Y}"
    told = f"Measured on {when}, coder `{CODER_VERSION}`, on labelled stories that it had not read, in per cent:"
    return "\n".join([told, "", *rows])


def write_readme() -> None:
    """Puts the table between its marks.

    Raises:
        ValueError: the README lacks a mark.
    """
    text = README.read_text(encoding="utf-8")
    start, end = text.index(MARKS[0]) + len(MARKS[0]), text.index(MARKS[1])
    README.write_text(f"{text[:start]}\n{readme_table()}\n{text[end:]}", encoding="utf-8")


def _row(told: list[str], figures: Figures, measures: Sequence[str]) -> str:
    cells = (f"{100 * figures[measure]:.1f}" if measure in figures else "" for measure in measures)
    return "| " + " | ".join([*told, *cells]) + " |"


def reliability_table() -> str:
    """What confidence says and what is right, by tenths, on the labelled items and on those held out."""
    rows = read_rows()
    parts = {"all": rows, "held out": [row for row in rows if row.is_held_out]}
    table = ["| confidence | reports | told | right |", "|---|---|---|---|"]
    for name, some in parts.items():
        one = measure_reliability([compute_confidence(row.features) for row in some], [row.is_right for row in some])
        table += [_summary(name, one), *(_tenth(name, *cells) for cells in one.tenths)]
    return "\n".join(table)


def _summary(name: str, one: Reliability) -> str:
    worth = f"AUC {one.auc:.2f}, Brier {one.brier:.3f}, gap {one.gap:.3f}"
    return f"| **{name}** ({worth}) | {one.count} | | {one.right_share:.2f} |"


def _tenth(name: str, tenth: int, count: int, told: float, right: float) -> str:
    return f"| {name}, {tenth / 10:.1f}-{(tenth + 1) / 10:.1f} | {count} | {told:.2f} | {right:.2f} |"


def own_by(kind: str) -> str:
    """Event F1 over all languages, one row a type or kind of sentence."""
    items = [one for path in labelled_files() for one in read_items(path)]
    figures = [
        one for one in measure_coder(items) if one.group_kind == kind and one.measure == "event" and one.item_count
    ]
    rows = [f"| {kind} | events | precision | recall | F1 |", "|---|---|---|---|---|"]
    for one in figures:
        shares = (one.precision or 0, one.recall or 0, one.f1 or 0)
        cells = " | ".join(f"{100 * share:.1f}" for share in shares)
        rows.append(f"| {one.group_name} | {one.item_count} | {cells} |")
    return "\n".join(rows)


def published_list() -> str:
    """The lines of every published set that lies beside the project."""
    parts = []
    for name, measure in SETS.items():
        lines = list(measure(0))
        if lines:
            parts.append(f"### {name}\n\n" + "\n".join(f"- {line}" for line in lines))
    return "\n\n".join(parts) or "Not measured here: the sets are not beside the project."


def main() -> int:
    """Writes the page."""
    load_everything()
    text = WORDS.read_text(encoding="utf-8")
    measured = {
        "{date}": f"{datetime.now(UTC):%d %B %Y}",
        "{coder}": CODER_VERSION,
        "{held_out}": table_of(measure_held_out()),
        "{own}": table_of(measure_own()),
        "{reliability}": reliability_table(),
        "{types}": own_by("type"),
        "{kinds}": own_by("kind"),
        "{published}": published_list(),
    }
    for mark, told in measured.items():
        text = text.replace(mark, told)
    PAGE.write_text(text, encoding="utf-8")
    write_readme()
    sys.stdout.write(f"{PAGE} and the table of {README.name} are written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
