"""`python -m tests.benchmarks.evaluation_page` writes `docs/evaluation.md`: measured figures, and what fails and why.

The figures are measured anew; the words around them lie in `evaluation_words.md` beside this module. The table of the
README, between its two marks, is written too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from flows.events.code import CODER_VERSION, load_everything
from flows.events.confidence import compute_confidence
from flows.events.evaluation import GoldItem, held_out_files, labelled_files, measure_coder, read_gold
from tests.benchmarks.published import SETS
from tests.events.calibration import Reliability, measure_reliability, read_rows
from tests.events.quality import MEASURES, measure_file

PAGE = Path(__file__).parents[2] / "docs" / "evaluation.md"
README = PAGE.parents[1] / "README.md"
MARKS = ("<!-- figures of the coder -->", "<!-- end of figures -->")
IN_README = ("relevance", "dyad", "event", "type", "status", "date")
WORDS = Path(__file__).with_name("evaluation_words.md")


def table_of(paths: Sequence[Path]) -> str:
    """Figures on labelled items, one row a file, which is a language."""
    rows = ["| language | items | " + " | ".join(MEASURES) + " |", "|---|---|" + "---|" * len(MEASURES)]
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            count = sum(1 for line in lines if line.strip())
        rows.append(_row(path.stem, count, measure_file(path)))
    return "\n".join(rows)


def held_out_table() -> str:
    """Figures on the items held out, one row a language and one for all of them."""
    items = [one for path in held_out_files() for one in _read(path)]
    found = [one for one in measure_coder(items) if one.group_kind == "all"]
    whole = {
        one.measure: value for one in found if (value := one.f1 if one.accuracy is None else one.accuracy) is not None
    }
    return "\n".join([table_of(held_out_files()), _row("all", len(items), whole)])


def readme_table() -> str:
    """The figures on the items held out, for the README: one row a language, all of them last."""
    rows = ["| | " + " | ".join(IN_README) + " |", "|---|" + "---|" * len(IN_README)]
    items: list[GoldItem] = []
    for path in held_out_files():
        own = list(_read(path))
        items += own
        rows.append(_short_row(path.stem, own))
    when = f"{datetime.now(UTC):%d %B %Y}"
    told = f"Measured on {when}, coder `{CODER_VERSION}`, on labelled stories it was not tuned on, in per cent:"
    return "\n".join([told, "", *rows, _short_row("**all**", items)])


def _short_row(name: str, items: Sequence[GoldItem]) -> str:
    figures = {one.measure: one for one in measure_coder(items) if one.group_kind == "all"}
    shares = (one.f1 if one.accuracy is None else one.accuracy for one in map(figures.__getitem__, IN_README))
    return f"| {name} | " + " | ".join(f"{100 * (share or 0):.1f}" for share in shares) + " |"


def write_readme() -> None:
    """Puts the table between its marks.

    Raises:
        ValueError: the README lacks a mark.
    """
    text = README.read_text(encoding="utf-8")
    start, end = text.index(MARKS[0]) + len(MARKS[0]), text.index(MARKS[1])
    README.write_text(f"{text[:start]}\n{readme_table()}\n{text[end:]}", encoding="utf-8")


def _row(name: str, count: int, figures: Mapping[str, float]) -> str:
    cells = (f"{100 * figures[measure]:.1f}" if measure in figures else "" for measure in MEASURES)
    return f"| {name} | {count} | " + " | ".join(cells) + " |"


def _read(path: Path) -> Iterator[GoldItem]:
    yield from read_gold(path.read_text(encoding="utf-8").splitlines(), path.name)


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
    items = [one for path in labelled_files() for one in _read(path)]
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
        "{held_out}": held_out_table(),
        "{own}": table_of(labelled_files()),
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
