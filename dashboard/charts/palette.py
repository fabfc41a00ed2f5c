"""Colours and shapes that mean something, the same on every page.

Orange and blue are the pair that stays apart in every common form of colour blindness (Okabe and Ito, 2008); shape and
dash repeat what colour says. Each has a contrast of at least 3:1 on both the light and the dark page.
"""

TENSION = "#d55e00"
DE_ESCALATION = "#2f86c9"
NEUTRAL = "#808894"
SELECTED = "#e8a800"
# Amber: days of which too few outlets speak.
THIN = "#b07d00"

BY_DIRECTION = {"escalation": TENSION, "de-escalation": DE_ESCALATION, "neutral": NEUTRAL}
SYMBOL_BY_DIRECTION = {"escalation": "triangle-up", "de-escalation": "triangle-down", "neutral": "circle"}

# For things that stand beside each other and mean nothing by their colour: apart from each other in every common form
# of colour blindness, and from the two above. The dash says the same.
BESIDE = (("#9a7b00", "solid"), ("#7d63f3", "dash"), ("#cd1daa", "dot"), ("#7f8c7a", "dashdot"))


def neutral_seen_through(opacity: float) -> str:
    """Gives the neutral grey with an opacity from 0 to 1."""
    return f"rgba(128, 136, 148, {opacity})"


def seen_through(colour: str, opacity: float) -> str:
    """Gives a colour (`#rrggbb`) with an opacity from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
