"""Forms of Chinese verbs with their passives and aspects, in both scripts."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path

from flows.events.inflection.voice import Forms, Voice

TRADITIONAL_CHINESE = Path(__file__).parents[1] / "lexicon" / "traditional_zh.csv"
CHINESE_PASSIVES = ("被", "遭", "遭到", "遭受", "受到")
CHINESE_ASPECTS = ("了", "过")
CHINESE_ACTS = ("行动", "事件")  # "空袭行动": an act is named, not told


def inflect_chinese(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of Chinese verbs of one frame (`root`, parted by spaces), in both scripts.

    Words don't change, their neighbours tell the voice: 被 or 遭 before the verb is passive, 了 or 过 after it active,
    的 before it makes it a noun. Bare, a verb may be a noun too, unless `suffixes` says "verb" or "passive".
    """
    bare = Voice.ACTIVE if "verb" in suffixes else Voice.PASSIVE if "passive" in suffixes else Voice.EITHER
    forms: Forms = [(noun, Voice.NOUN) for noun in nouns]
    for verb in root.split():
        forms.append((verb, bare))
        if bare is Voice.PASSIVE:
            continue
        forms += [(verb + aspect, Voice.ACTIVE) for aspect in CHINESE_ASPECTS]
        forms += [(mark + verb, Voice.PASSIVE) for mark in CHINESE_PASSIVES]
        forms += [("的" + verb, Voice.NOUN), *((verb + act, Voice.NOUN) for act in CHINESE_ACTS)]
    return [(written, voice) for form, voice in forms for written in (form, *write_traditional(form))]


def write_traditional(text: str) -> list[str]:
    """The ways a text in simplified characters is written in traditional ones, those equal to it left out.

    Only the characters and words of the reviewed table are known; others stay as they are.
    """
    table, pattern = _traditional_table()
    pieces: list[tuple[str, ...]] = []
    at = 0
    for match in pattern.finditer(text):
        pieces += [(text[at : match.start()],), table[match.group()]]
        at = match.end()
    pieces.append((text[at:],))
    return [written for parts in product(*pieces) if (written := "".join(parts)) != text]


@cache
def _traditional_table() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    """Simplified words and characters with their traditional writings, and a pattern that finds the longest."""
    with TRADITIONAL_CHINESE.open(encoding="utf-8", newline="") as lines:
        table = {row["simplified"]: tuple(row["traditional"].split("|")) for row in csv.DictReader(lines)}
    words = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, words)))
