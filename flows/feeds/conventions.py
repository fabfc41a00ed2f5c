"""Where feeds lie by convention: addresses made of a page's address alone. Nothing here goes to the network."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from flows.feeds.hosts import registrable_domain
from flows.feeds.identity import identity_address


@cache
def _load() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "conventions.toml").read_text(encoding="utf-8"))


def conventional_address(url: str) -> str | None:
    """The feed that the maker of this kind of page documents for it, or None where we know no convention."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    plain = f"{host}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    for one in _load()["convention"]:
        if match := re.fullmatch(one["page"], plain):
            return match.expand(one["feed"])
    return None


def known_addresses(url: str) -> list[str]:
    """Where a site may have its feed without saying so, likeliest first."""
    return [urljoin(url, path) for path in _load()["known_paths"]]


def publisher_domain(url: str) -> str:
    """What tells one publisher from another: the registrable domain, or on a shared host the address itself.

    Of a shared host whose publishers have names of their own below it, such as a blog's, that name.
    """
    domain = registrable_domain(url)
    host = (urlsplit(url).hostname or "").lower() if domain else ""
    shared = set(_load()["shared_hosts"])
    if domain not in shared and host not in shared and not domain.startswith("blogspot."):
        return domain
    is_named = host.removeprefix("www.").removeprefix("feeds.") not in shared
    return host if is_named else identity_address(url).removeprefix("//")
