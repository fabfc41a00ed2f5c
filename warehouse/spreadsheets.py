"""What a spreadsheet does with a cell of a CSV file: text from the web must never be run there."""

from __future__ import annotations

# A cell that begins so is a formula to a spreadsheet, with full-width signs to one set up for East Asia; what begins
# with a tab or a line end may be put into the next cell without it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"


def guarded(text: str) -> str:
    """The text as a cell that is shown and not run: behind `GUARD` where a spreadsheet may take it for a formula.

    Spaces before a formula do not make it harmless.
    """
    return GUARD + text if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
