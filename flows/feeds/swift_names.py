"""Which elements the swift reading of XML understands: our lists, over feedparser's own tables of what it acts upon."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from feedparser.api import StrictFeedParser
from feedparser.util import FeedParserDict

_LISTS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "swift_names.toml").read_text(encoding="utf-8")
)
ITEM_FIELDS = {name: field for field, names in _LISTS["item"].items() for name in names}
CHANNEL_FIELDS = {name: field for field, names in _LISTS["channel"].items() for name in names}
HARMLESS = {place: frozenset(names) for place, names in _LISTS["harmless"].items()}
# feedparser's own, so that a release of it that acts on more makes more documents unusual, and none wrong.
_NAMESPACES: dict[str, str] = StrictFeedParser.namespaces  # type: ignore[attr-defined]  # it publishes no types
NAMESPACES = {uri.lower(): prefix.lower() for uri, prefix in _NAMESPACES.items()}
PREFIXES = frozenset(NAMESPACES.values()) - {""}
_METHOD = re.compile(r"_(?:start|end)_(.+)")
ACTED_UPON = frozenset(match[1].lower() for name in dir(StrictFeedParser) if (match := _METHOD.fullmatch(name)))
_OTHER_KEYS = (key for keys in FeedParserDict.keymap.values() for key in ([keys] if isinstance(keys, str) else keys))
RESERVED = frozenset([*_LISTS["reserved"]["keys"], *FeedParserDict.keymap, *_OTHER_KEYS])
_DECLARATION = re.compile(r"xmlns(?::([^\s=<>]{1,80}))?\s{0,80}=\s{0,80}(?:\"([^\"<]{0,500})\"|'([^'<]{0,500})')")


class UnusualError(Exception):
    """Something in a document that feedparser has to read; never leaves the swift reading."""


def prefixes_of(document: str) -> dict[str, set[str]]:
    """Namespace -> prefixes bound to it anywhere in the document; "" stands for the default.

    Raises:
        UnusualError: a prefix has two meanings, or another one than its usual, which feedparser mixes up.
    """
    found: dict[str, set[str]] = {}
    bound: dict[str, str] = {}
    for match in _DECLARATION.finditer(document):
        prefix, uri = (match[1] or "").lower(), match[2] or match[3] or ""
        usual = NAMESPACES.get(uri.lower())
        is_misused = prefix in PREFIXES and usual not in (prefix, None)
        is_ambiguous = prefix and bound.setdefault(prefix, uri) != uri
        if is_misused or is_ambiguous or "backend.userland.com/rss" in uri.lower():
            raise UnusualError
        found.setdefault(uri, set()).add(prefix)
    return found


class Names:
    """feedparser's names of the elements of one document."""

    def __init__(self, document: str) -> None:
        self.prefixes = prefixes_of(document)
        self._known: dict[tuple[object, str | None], str] = {}

    def of(self, tag: object, prefix: str | None) -> str:
        """The name that feedparser looks an element up by.

        Raises:
            UnusualError: it is no element, or feedparser could take its namespace for another.
        """
        name = self._known.get((tag, prefix))
        if name is None:
            name = self._known[tag, prefix] = self._find(tag, prefix)
        return name

    def _find(self, tag: object, prefix: str | None) -> str:
        if not isinstance(tag, str):
            raise UnusualError
        uri, _, local = tag.removeprefix("{").rpartition("}")
        usual = NAMESPACES.get(uri.lower())
        if usual is not None:
            return f"{usual}_{local}".lower() if usual else local.lower()
        # Of several prefixes of one unknown namespace feedparser takes any, so none of the names may mean anything.
        names = {f"{each}_{local}".lower() if each else "" for each in self.prefixes.get(uri, {""})}
        if "" in names or (len(names) > 1 and not all(map(is_unknown, names))):
            raise UnusualError
        return min(names)


def is_unknown(name: str) -> bool:
    """True where feedparser keeps the element under its own name, which nobody reads."""
    return name not in ACTED_UPON and name not in RESERVED and name not in ITEM_FIELDS
