"""One round of assessing: uncoded articles -> mentions, then stories, events and indices of what was touched.

Each stage commits on its own and starts from what is committed, so that it can be stopped and begun again anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.events.code import CODER_VERSION, mentions_of
from flows.rounds.alerting import raise_alerts
from flows.rounds.briefing import write_briefs
from flows.rounds.indexing import compute_indices
from flows.rounds.merging import merge_events
from flows.rounds.report import StageCount
from flows.rounds.telling import group_stories
from flows.settings import Settings
from warehouse.connect import Warehouse
from warehouse.errors import NewsError
from warehouse.read import read_uncoded_articles
from warehouse.records import Article, Mention, Quarantined, stable_id
from warehouse.write import write_codings

# Articles coded and committed together.
ARTICLES_A_BATCH = 250


def code_articles(wh: Warehouse, articles: Sequence[Article], now: datetime) -> StageCount:
    """Reads these articles; one that cannot be coded is quarantined, marked as read, and the rest goes on."""
    coded: list[Article] = []
    mentions: list[Mention] = []
    bad: list[Quarantined] = []
    for article in articles:
        try:
            one, found = mentions_of(article, now)
        except NewsError as error:
            bad.append(_uncodable(article, str(error), now))
            continue
        coded.append(one)
        mentions += found
    key = stable_id("code", CODER_VERSION, *(f"{a.article_id} {a.revision}" for a in articles), now.isoformat())
    write_codings(wh, key, coded, mentions, bad)
    relevant = sum(bool(article.is_relevant) for article in coded)
    return StageCount(
        "code articles",
        read=len(articles),
        kept=relevant,
        refused=len(coded) - relevant,
        failed=len(bad),
        note="refused: not diplomacy or security",
        failures=tuple((one.subject_id or "", one.reason) for one in bad),
    )


def _uncodable(article: Article, reason: str, now: datetime) -> Quarantined:
    return Quarantined(
        quarantine_id=stable_id("code", article.article_id, article.revision, CODER_VERSION),
        stage="code",
        subject_id=article.article_id,
        reason=reason,
        input=f"{article.title}\n{article.text}",
        quarantined_at_utc=now,
    )


def assess_all(wh: Warehouse, settings: Settings, now: datetime) -> list[StageCount]:
    """All stages in their order, here and now, until no article is left uncoded."""
    coding = StageCount("code articles")
    while batch := read_uncoded_articles(wh, CODER_VERSION, ARTICLES_A_BATCH):
        coding += code_articles(wh, batch, now)
    made = [coding, group_stories(wh, now), merge_events(wh, now), compute_indices(wh, settings, now)]
    return [*made, raise_alerts(wh, settings, now), write_briefs(wh, settings, now)]
