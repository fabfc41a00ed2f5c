"""One round of keeping words for the search: articles that are new, or whose text was edited."""

from __future__ import annotations

from flows.rounds.report import StageCount
from warehouse.connect import Warehouse
from warehouse.search_index import index_articles

STAGE = "keep words for the search"
# A backlog of history is caught up with over several rounds, so that no round waits long for it.
ARTICLES_A_ROUND = 20_000


def keep_words(wh: Warehouse) -> StageCount:
    """Keeps the words of articles that are not kept yet."""
    count = index_articles(wh, ARTICLES_A_ROUND)
    return StageCount(STAGE, read=count, kept=count)
