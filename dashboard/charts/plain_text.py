"""Text from the web for Plotly, which reads a few tags and entities in everything it writes."""

from __future__ import annotations


def plain(text: str) -> str:
    """Gives the text so that Plotly writes it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
