"""What the layout of every chart begins with: the page's ground seen through it, and the legend above."""

from __future__ import annotations

from typing import Any, Final

SEE_THROUGH: Final = "rgba(0,0,0,0)"
LEGEND_ABOVE: Final = {"orientation": "h", "x": 0, "yanchor": "bottom"}


def layout_of(height_px: int, revision: str, **own: Any) -> dict[str, Any]:
    """Gives a figure's layout.

    Args:
        height_px: of the whole figure.
        revision: what must change for a reader's zoom to be forgotten.
        own: what is the chart's own, by Plotly's names.
    """
    ground = {"paper_bgcolor": SEE_THROUGH, "plot_bgcolor": SEE_THROUGH}
    return {"height": height_px, "uirevision": revision, **ground, **own}
