"""Colours and shapes that mean something, the same on every page.

Orange and blue are the pair that stays apart in every common form of colour blindness (Okabe and Ito, 2008); shape and
dash repeat what colour says. Each has a contrast of at least 3:1 on both the light and the dark page.
"""

TENSION = "#d55e00"
DE_ESCALATION = "#2f86c9"
NEUTRAL = "#808894"
SELECTED = "#e8a800"

TENSION_BAND = "rgba(213, 94, 0, 0.16)"
DE_ESCALATION_BAND = "rgba(47, 134, 201, 0.16)"
NEUTRAL_BAND = "rgba(128, 136, 148, 0.22)"

BY_DIRECTION = {"escalation": TENSION, "de-escalation": DE_ESCALATION, "neutral": NEUTRAL}
SYMBOL_BY_DIRECTION = {"escalation": "triangle-up", "de-escalation": "triangle-down", "neutral": "circle"}
