"""What can be chosen on more than one page: sides and event types, as readers see them."""

from __future__ import annotations

from dashboard import cached
from dashboard.views import wording


def side_names() -> dict[str, str]:
    """Every side with an event, code -> name, by name."""
    sides = cached.sides()
    pairs = (
        (str(row["code"]), wording.text_of(row.get("name")) or str(row["code"])) for row in sides.to_dict("records")
    )
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


def type_names() -> dict[str, str]:
    """Every event type, code -> code with what it means."""
    return {code: f"{code}: {verb}" for code, (verb, _, _) in wording.TYPES.items()}
