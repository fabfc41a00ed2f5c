"""Forms of English verbs and the nouns beside them."""

from __future__ import annotations

from collections.abc import Sequence

from flows.events.inflection.voice import Forms, Voice

VOWELS = "aeiou"
# Pasts that are participles too and do not end in -ed; a phrase that begins with one may be passive.
IRREGULAR = frozenset([
    "bought", "brought", "built", "caught", "cut", "dealt", "dug", "fed", "forbidden", "fought", "found", "given",
    "handed", "held", "hit", "hung", "kept", "laid", "left", "lent", "lost", "made", "met", "overrun",
    "paid", "put", "sent", "set", "shot", "shut", "slain", "sold", "sought", "spent", "struck", "stuck",
    "sunk", "swept", "taken", "taught", "thrown", "told", "torn", "won",
])  # fmt: skip


def voice_of_phrase(phrase: str) -> Voice:
    """The voice of a phrase listed as active: one that begins with a past participle is active or passive."""
    first = phrase.partition(" ")[0]
    return Voice.PARTICIPLE if first.endswith("ed") or first in IRREGULAR else Voice.ACTIVE


def inflect_english(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of an English verb (first word of the root); `suffixes` holds irregular [past, participle, ing]."""
    head, _, rest = root.partition(" ")
    tail = f" {rest}" if rest else ""
    past, participle, ing = _irregular(head, suffixes)
    named = {noun.lower() for noun in nouns}
    forms: Forms = []
    for form in (head, _add_s(head)):
        whole = form + tail
        plain = Voice.PARTICIPLE if form == participle else Voice.ACTIVE
        forms.append((whole, Voice.EITHER if whole in named else plain))
    forms.append((ing + tail, Voice.ACTIVE if (ing + tail) not in named else Voice.EITHER))
    if past != participle:
        forms.append((past + tail, Voice.ACTIVE))
    forms.append((participle + tail, Voice.PARTICIPLE if past == participle else Voice.PASSIVE))
    taken = {form for form, _ in forms}
    forms.extend((noun, Voice.NOUN) for noun in nouns if noun not in taken)
    return forms


def _irregular(head: str, given: Sequence[str]) -> tuple[str, str, str]:
    past = given[0] if given else _add_ed(head)
    participle = given[1] if len(given) > 1 else past
    ing = given[2] if len(given) > 2 else _add_ing(head)
    return past, participle, ing


def _add_s(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def _add_ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + "ed"


def _add_ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"
