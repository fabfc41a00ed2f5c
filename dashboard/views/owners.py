"""Who owns an outlet, and whether a state directs it: said beside its name; what is not known is not said."""

from __future__ import annotations

from typing import Any, Final

from dashboard.translation import later, t
from dashboard.views import wording

KINDS: Final = {
    "state": later("state-controlled"),
    "public": later("public, independent by law"),
    "intergovernmental": later("intergovernmental"),
    "party": later("of a party"),
    "trust": later("foundation or cooperative"),
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
    where = f", {wording.country_name(country)}" if country else ""
    return f"{name} ({t(kind)}{where})"
