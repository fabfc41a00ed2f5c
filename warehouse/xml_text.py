"""Cleans text that is to be written as XML."""

from __future__ import annotations

import re
from typing import Final

# Signs that XML 1.0 does not allow at all, not even as references.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the signs that XML cannot hold."""
    return _NOT_XML.sub("", text)
