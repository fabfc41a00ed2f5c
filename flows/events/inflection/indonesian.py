"""Forms of Indonesian and Malay roots: bare (headlines), me-, di-, ter- and nominals."""

from __future__ import annotations

from collections.abc import Sequence

from flows.events.inflection.voice import Forms, Voice

VOWELS = "aeiou"


def prefix_meng(root: str, stem: str = "me") -> str:
    """The root under the Indonesian nasal prefix (`stem` "me" for verbs, "pe" for nouns)."""
    first = root[:1]
    if first in "lrmnwy":
        return stem + root
    if first == "p":
        return stem + "m" + root[1:]
    if first in "bfv":
        return stem + "m" + root
    if first == "t" and not root.startswith("tr"):
        return stem + "n" + root[1:]
    if first in "tdcjz":
        return stem + "n" + root
    if first == "s" and root[1:2] in VOWELS:
        return stem + "ny" + root[1:]
    if first == "s":
        return stem + "n" + root
    if first == "k" and root[1:2] != "h":
        return stem + "ng" + root[1:]
    return stem + "ng" + root


def inflect_indonesian(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of an Indonesian root: bare (headline), me-, di-, ter-, and the nominals asked for.

    `nouns` holds "an" (serangan), "pean" (penyerangan), or whole words; nouns also take -nya.
    """
    head, _, rest = root.partition(" ")
    tail = f" {rest}" if rest else ""
    forms: Forms = []
    for suffix in suffixes:
        forms.append((head + suffix + tail, Voice.ACTIVE))
        forms.append((prefix_meng(head) + suffix + tail, Voice.ACTIVE))
        forms.append(("di" + head + suffix + tail, Voice.PASSIVE))
        if not suffix:
            forms.append(("ter" + head + tail, Voice.PASSIVE))
    for noun in nouns:
        whole = {"an": head + "an", "pean": prefix_meng(head, "pe") + "an"}.get(noun, noun)
        forms.append((whole + (tail if noun in ("an", "pean") else ""), Voice.NOUN))
        if not tail and " " not in whole:
            forms.append((whole + "nya", Voice.NOUN))
    return forms
