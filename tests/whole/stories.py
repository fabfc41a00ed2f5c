"""The sample stories, each with what must be found in it: one of the project's own, and one that may lie beside it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.whole.newsstand import Piece

SEED = Path(__file__).parents[3] / "shared" / "seed"
OWN = Path(__file__).parent / "data"
# More than this many mentions beyond the asked-for ones is reading things into a text.
EXTRA_LIMIT = 6


def load_story(folder: Path, slug: str) -> tuple[Piece, dict[str, Any]]:
    """A story with what must be found in it: article.txt (title first) and gold.json."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    lines = [line.strip() for line in (folder / "article.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    body = [line for line in lines[1:] if line != lines[0] and not line.startswith(("Leave a Reply", "Your email"))]
    published = datetime.fromisoformat(gold["published"]).replace(hour=6, tzinfo=UTC)
    return Piece(slug, lines[0], tuple(body), published), gold


STORIES = {"own": OWN, **({"seed": SEED} if SEED.is_dir() else {})}
