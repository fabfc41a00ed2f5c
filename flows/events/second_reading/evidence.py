"""Finds a quote in a text where the two differ only in how they are written, and gives the text's own offsets.

A model copies words and not bytes: it sets other spaces, other quotation marks, composed letters for decomposed ones,
and drops invisible signs. So both are written in one form (compatibility decomposition of Unicode 15, UAX #15, spaces
folded, invisible signs dropped, quotation marks and dashes straightened), each character of which remembers where in
the text it came from. Letters, digits and their case must be the same.
"""

from __future__ import annotations

import unicodedata

# A comma or a short name stands anywhere and proves nothing.
FEWEST_LETTERS = 6
_STRAIGHT = str.maketrans(
    {**dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)


def find_evidence(text: str, quote: str) -> tuple[int, int] | None:
    """Where the quote first stands in the text, end exclusive; None where it does not, or is too short to prove it.

    Only whole characters of the text count: "cafe" is not found in "café".
    """
    wanted = normalised(quote)
    if sum(sign.isalnum() for sign in wanted) < FEWEST_LETTERS:
        return None
    signs, places = _written(text)
    form = "".join(signs)
    at = form.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if _is_whole(form, places, at, end):
            # The marks of a letter may have changed places among themselves.
            return min(places[at:end]), max(places[at:end]) + 1
        at = form.find(wanted, at + 1)
    return None


def normalised(text: str) -> str:
    """The text in the one form in which quotes are compared, without spaces at its ends."""
    return "".join(_written(text)[0]).strip(" ")


def _is_whole(form: str, places: list[int], start: int, end: int) -> bool:
    """Whether no character of the text, and no letter with its marks, is cut at either end."""
    cuts_start = start > 0 and (places[start - 1] == places[start] or unicodedata.combining(form[start]) > 0)
    cuts_end = end < len(form) and (places[end - 1] == places[end] or unicodedata.combining(form[end]) > 0)
    return not cuts_start and not cuts_end


def _written(text: str) -> tuple[list[str], list[int]]:
    """The signs of the one form, and for each the place in the text it came from."""
    pairs: list[tuple[str, int]] = []
    marks = 0  # how many of the last signs are combining marks
    for place, char in enumerate(text):
        if unicodedata.category(char) == "Cf":
            continue
        for sign in unicodedata.normalize("NFKD", char).translate(_STRAIGHT):
            if sign.isspace() or unicodedata.category(sign) == "Cc":
                if not pairs or pairs[-1][0] != " ":
                    pairs.append((" ", place))
                marks = 0
            elif order := unicodedata.combining(sign):
                _insert_mark(pairs, marks, order, (sign, place))
                marks += 1
            else:
                pairs.append((sign, place))
                marks = 0
    return [sign for sign, _ in pairs], [place for _, place in pairs]


def _insert_mark(pairs: list[tuple[str, int]], marks: int, order: int, new: tuple[str, int]) -> None:
    """Puts a mark where the canonical order has it among the marks of its letter."""
    at = len(pairs)
    while at > len(pairs) - marks and unicodedata.combining(pairs[at - 1][0]) > order:
        at -= 1
    pairs.insert(at, new)
