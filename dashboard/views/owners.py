"""Who owns an outlet, and whether a state directs it: said beside its name; what is not known is not said."""

from __future__ import annotations

from typing import Any, Final

from dashboard.views import wording
from warehouse.side_names import english_name

KINDS: Final = {
    "state": "state-controlled",
    "public": "public, independent by law",
    "intergovernmental": "intergovernmental",
    "party": "of a party",
    "trust": "foundation or cooperative",
}
"""Kind of owner -> as readers see it; that an owner is private is the usual, and not said."""


def written_owner(row: dict[Any, Any]) -> str:
    """Gives the owner of an outlet in words: its name, what it is, and of which country; empty where nothing is known.

    Args:
        row: `family_id`, and `owner_name`, `owner_kind`, `owner_country_code` where the family is known.
    """
    name = wording.text_of(row.get("owner_name")) or wording.text_of(row.get("family_id"))
    kind = KINDS.get(wording.text_of(row.get("owner_kind")), "")
    if not name or not kind:
        return name
    country = wording.text_of(row.get("owner_country_code"))
    where = f", {english_name(country) or country}" if country else ""
    return f"{name} ({kind}{where})"
