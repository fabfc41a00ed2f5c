"""How well stories and events are put together, on the labelled scenes."""

from __future__ import annotations

from tests.benchmarks.validity.checks import Check
from tests.benchmarks.validity.crisis import NEWEST
from tests.merging.measure import cluster_part, measure_part
from tests.merging.scenes import PARTS

NAMES = {"found events": "events, of the reports the coder found"}
OF = {"stories": "articles"}
MERGING = "Stories and events put together"
GOALS = {"stories": 0.9, "events": 0.85}


def measure_clusters() -> tuple[list[str], list[Check]]:
    """A table of B-cubed precision, recall and F1 by part, in per cent; and the goals, for the unseen part."""
    lines = ["| | part | precision | recall | F1 | of |", "|---|---|---|---|---|---|"]
    checks = []
    figures = {part: measure_part(cluster_part(part)) for part in PARTS}
    for name in figures[PARTS[0]]:
        for part in PARTS:
            one = figures[part][name]
            shares = " | ".join(f"{100 * share:.1f}" for share in (one.precision, one.recall, one.f1))
            lines.append(
                f"| {NAMES.get(name, name)} | {part} | {shares} | {one.element_count} {OF.get(name, 'reports')} |"
            )
        if name in GOALS:
            expected, is_met = f"B-cubed F1 {100 * GOALS[name]:.0f} %", one.f1 >= GOALS[name]
            checks.append(Check(NEWEST, MERGING, name, expected, f"{100 * one.f1:.1f} %", is_met))
    return lines, checks
