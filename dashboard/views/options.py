"""What can be chosen on more than one page, as readers see it: code -> name."""

from __future__ import annotations

from dashboard import cached
from dashboard.translation import t
from dashboard.translation.names import side_name
from dashboard.views import wording


def side_names() -> dict[str, str]:
    """Every side with an event, code -> name, by name."""
    return dict(cached.made("side names", (), _side_names))


def _side_names() -> dict[str, str]:
    sides = cached.sides()
    pairs = (
        (str(row["code"]), side_name(row["code"]) or wording.text_of(row.get("name")) or str(row["code"]))
        for row in sides.to_dict("records")
    )
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


def type_names() -> dict[str, str]:
    """Every event type, code -> code with what it means."""
    return {code: f"{code}: {t(verb)}" for code, (verb, _, _) in wording.TYPES.items()}


def language_names() -> dict[str, str]:
    """Every language of a kept article, the most frequent first."""
    return {str(code): wording.language_name(code) for code in cached.languages()["language"]}


def family_names() -> dict[str, str]:
    """Every outlet family with an article, the busiest first, known by two of its outlets."""
    return {str(row["family_id"]): ", ".join(row["outlets"][:2]) for row in cached.families().to_dict("records")}
