"""History read from archives: feed captures, article lists, GDELT's event exports and web archives.

Each kind is read in batches that are one transaction each, and every batch leaves a key. A run that was killed is
simply started again: what is done is passed over, and what it brings again is known by its id, so nothing doubles.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flows.rounds.history.articles import read_article_lists
from flows.rounds.history.captures import read_capture_folder
from flows.rounds.history.gdelt import read_gdelt_exports
from flows.rounds.history.opened import Progress
from flows.rounds.history.warc import read_web_archives
from flows.rounds.report import StageCount
from warehouse.connect import Warehouse

__all__ = ["read_archive"]


def read_archive(
    wh: Warehouse, source: str, paths: Sequence[Path], now: datetime, progress: Progress = lambda *_: None
) -> StageCount:
    """Reads archives whole, in the order given; what an interrupted run committed is passed over.

    Args:
        source: captures (folders), articles (JSONL), gdelt (event exports) or warc (web archives).
        progress: called with how much is done of how much, in files or bytes.

    Returns:
        `kept` is new, `refused` was known already or is not for us, `failed` lies in quarantine, and `unread` names
        what could be neither read nor set aside.

    Raises:
        FeedError, ArticleError: a folder or file is not there, or not what it should be; nothing of it was read.
    """
    readers = {
        "captures": read_capture_folder,
        "articles": read_article_lists,
        "gdelt": read_gdelt_exports,
        "warc": read_web_archives,
    }
    return readers[source](wh, paths, now, progress)
