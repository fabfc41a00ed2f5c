"""Keeps names and passwords that stand in a URL out of everything but the request itself.

Some outlets give their subscribers addresses such as `https://name:secret@host/feed`. The address is kept in `feeds`,
since it is needed; nothing else may show it: no error, no poll, no log, no link of an entry.
"""

from __future__ import annotations

import base64
import re

import httpx

_IN_ADDRESS = re.compile(r"(?<=//)[^/?#\s@'\"]{0,400}(?:@[^/?#\s@'\"]{0,200}){0,3}@")
_IN_QUERY = re.compile(
    r"(?<=[?&;])([\w.-]{0,40}(?:key|token|secret|passw|pwd|auth|sig|session|credential)[\w.-]{0,40})=[^&;#\s'\"]+", re.I
)


def part_credentials(url: httpx.URL) -> tuple[httpx.URL, dict[str, str]]:
    """The URL without user information, and the header that says it instead; no header where there is none."""
    if not url.userinfo:
        return url, {}
    secret = base64.b64encode(f"{url.username}:{url.password}".encode()).decode("ascii")
    return url.copy_with(username=None, password=None), {"Authorization": f"Basic {secret}"}


def hide_credentials(text: str) -> str:
    """The text with user information taken out of its URLs, and the values of query fields named as secrets hidden."""
    return _IN_QUERY.sub(r"\1=...", _IN_ADDRESS.sub("", text))
