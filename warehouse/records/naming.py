"""How a thing is named: the same parts give the same id everywhere."""

from __future__ import annotations

import hashlib


def stable_id(*parts: object) -> str:
    """The 20 hex digits that name these parts, the same in every process and on every machine."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
