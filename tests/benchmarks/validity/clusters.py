"""How well stories and events are put together, on the labelled scenes."""

from __future__ import annotations

from collections.abc import Iterator

from tests.merging.measure import cluster_part, measure_part
from tests.merging.scenes import PARTS

NAMES = {"found events": "events, of the reports the coder found"}
OF = {"stories": "articles"}


def cluster_lines() -> Iterator[str]:
    """A table of B-cubed precision, recall and F1 by part, in per cent."""
    yield "| | part | precision | recall | F1 | of |"
    yield "|---|---|---|---|---|---|"
    figures = {part: measure_part(cluster_part(part)) for part in PARTS}
    for name in figures[PARTS[0]]:
        for part in PARTS:
            one = figures[part][name]
            shares = " | ".join(f"{100 * share:.1f}" for share in (one.precision, one.recall, one.f1))
            yield f"| {NAMES.get(name, name)} | {part} | {shares} | {one.element_count} {OF.get(name, 'reports')} |"
