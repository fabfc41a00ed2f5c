"""The page that a link of a search engine, a network or an AMP cache leads to, read from the link alone.

Nothing goes to the network; `redirects.toml` lists the links that carry their target.
"""

from __future__ import annotations

import binascii
import re
import tomllib
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_LISTS: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "redirects.toml").read_text(encoding="utf-8")
)
_GOOGLE = re.compile(r"(?:^|\.)google\.(?:com?\.)?[a-z]{2,3}$")
_COPY_PATH = re.compile(r"^/(?:[acivwr]/)?(?:s/)?(?P<rest>[^/]+\.[^/]+/.*)$", re.IGNORECASE)
_ADDRESS_IN_BYTES = re.compile(rb"https?://[\x21-\x7e]{4,2000}")


def target_of(host: str, path: str, query: str) -> str | None:
    """The http(s) address that a link carries, or None where it leads nowhere else. Never raises."""
    carried = _in_query(host, path, query) or _in_base64(host, path) or _in_path(host, path, query)
    return carried if carried and _is_address(carried) else None


def _in_query(host: str, path: str, query: str) -> str | None:
    for rule in _LISTS["query"]:
        if path.rstrip("/") == rule["path"].rstrip("/") and _is_of(host, rule["hosts"]):
            values = dict(reversed(parse_qsl(query, errors="replace")))
            return next((values[name] for name in rule["parameters"] if _is_address(values.get(name, ""))), None)
    return None


def _in_base64(host: str, path: str) -> str | None:
    for rule in _LISTS["base64"]:
        prefix = next((prefix for prefix in rule["prefixes"] if path.startswith(prefix)), None)
        if prefix and _is_of(host, rule["hosts"]):
            written = re.sub(r"[^A-Za-z0-9_-]", "", unquote(path.removeprefix(prefix).partition("/")[0]))
            try:
                match = _ADDRESS_IN_BYTES.search(urlsafe_b64decode(written + "=" * (-len(written) % 4)))
            except (binascii.Error, ValueError):
                return None
            return match[0].decode("ascii") if match else None
    return None


def _in_path(host: str, path: str, query: str) -> str | None:
    for rule in _LISTS["copies"]:
        if path.startswith(f"{rule['prefix']}/") and _is_of(host, rule["hosts"]):
            match = _COPY_PATH.match(path.removeprefix(rule["prefix"]))
            return f"https://{match['rest']}" + (f"?{query}" if query else "") if match else None
    return None


def _is_of(host: str, names: list[str]) -> bool:
    return any(
        _GOOGLE.search(host) is not None if name == "google" else host == name or host.endswith(f".{name}")
        for name in names
    )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
