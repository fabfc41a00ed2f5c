"""The phases of a pair behind its curves: shaded days, named where there is room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from dashboard.charts import palette
from dashboard.translation import tc

# A calm phase is the ground itself. What is tense is shaded deeper than what goes there or leaves: the names say which.
GROUNDS: Final = {
    "escalating": palette.seen_through(palette.TENSION, 0.10),
    "tense": palette.seen_through(palette.TENSION, 0.20),
    "easing": palette.seen_through(palette.DE_ESCALATION, 0.12),
}
# Of the days that are seen: on a phone a name takes about so much of them.
NAMED_SHARE: Final = 0.2


def phase_shapes(phases: pd.DataFrame, first: date, last: date) -> list[dict[str, Any]]:
    """Gives the shapes of a layout, one a phase that is not calm, over the lane of the curves.

    Args:
        phases: one row a phase: `name`, `starts_on`, `ends_on` (exclusive).
        first: the first day that is seen.
        last: the last.
    """
    seen_days = (last - first).days + 1
    shapes = []
    for row in phases.to_dict("records"):
        ground = GROUNDS.get(str(row["name"]))
        starts_on = max(pd.Timestamp(row["starts_on"]).date(), first)
        ends_on = min(pd.Timestamp(row["ends_on"]).date(), last + timedelta(days=1))
        if ground is None or ends_on <= starts_on:
            continue
        is_named = (ends_on - starts_on).days >= NAMED_SHARE * seen_days
        shapes.append(
            {
                "type": "rect",
                "layer": "below",
                "xref": "x",
                "yref": "y domain",
                "x0": starts_on,
                "x1": ends_on,
                "y0": 0,
                "y1": 1,
                "line": {"width": 0},
                "fillcolor": ground,
                "label": {
                    "text": tc("phase", str(row["name"])) if is_named else "",
                    "textposition": "top left",
                    "font": {"size": 11},
                },
            }
        )
    return shapes
