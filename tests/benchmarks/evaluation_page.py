"""`python -m tests.benchmarks.evaluation_page` writes `docs/evaluation.md`: measured figures, and what fails and why.

The figures are measured anew; the words around them lie in `evaluation_words.md` beside this module.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from flows.events.code import CODER_VERSION, load_everything
from flows.events.evaluation import labelled_files, measure_coder, read_gold
from tests.benchmarks.published import SETS
from tests.events.quality import MEASURES, measure_file

PAGE = Path(__file__).parents[2] / "docs" / "evaluation.md"
WORDS = Path(__file__).with_name("evaluation_words.md")


def own_table() -> str:
    """Figures on the project's own labelled items, one row a language."""
    rows = ["| language | items | " + " | ".join(MEASURES) + " |", "|---|---|" + "---|" * len(MEASURES)]
    for path in labelled_files():
        figures = measure_file(path)
        with path.open(encoding="utf-8") as lines:
            count = sum(1 for line in lines if line.strip())
        cells = (f"{100 * figures[name]:.1f}" if name in figures else "" for name in MEASURES)
        rows.append(f"| {path.stem} | {count} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def own_by(kind: str) -> str:
    """Event F1 over all languages, one row a type or kind of sentence."""
    items = [
        one for path in labelled_files() for one in read_gold(path.read_text(encoding="utf-8").splitlines(), path.name)
    ]
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
        "{own}": own_table(),
        "{types}": own_by("type"),
        "{kinds}": own_by("kind"),
        "{published}": published_list(),
    }
    for mark, told in measured.items():
        text = text.replace(mark, told)
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{PAGE} is written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
