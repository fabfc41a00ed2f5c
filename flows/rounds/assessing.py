"""One round of assessing: uncoded articles -> mentions, then stories, events and indices of what was touched.

Each stage commits on its own and starts from what is committed, so that it can be stopped and begun again anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from flows.articles.stories import assign_stories
from flows.events.code import CODER_VERSION, mentions_of
from flows.events.merging import ReportedMention, block_of, merge_mentions
from flows.rounds.alerting import raise_alerts
from flows.rounds.briefing import write_briefs
from flows.rounds.indexing import compute_indices
from flows.rounds.report import StageCount
from flows.settings import Settings
from warehouse import backlog
from warehouse.connect import Warehouse
from warehouse.errors import NewsError
from warehouse.read import read_current_mentions, read_stories, read_uncoded_articles
from warehouse.records import Article, Mention, Quarantined, stable_id
from warehouse.write import write_codings, write_events, write_stories

# Articles coded and committed together.
ARTICLES_A_BATCH = 250
# Stories older than this are closed: a later article on the same matter is a new one.
STORY_REACH = timedelta(days=14)


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


def group_stories(wh: Warehouse, now: datetime) -> StageCount:
    """Puts every relevant article that has no story yet into one."""
    fresh = backlog.read_articles_without_story(wh)
    if not fresh:
        return StageCount("group stories")
    first = min((article.published_at_utc or now) for article in fresh)
    by_article = defaultdict(list)
    for mention in read_current_mentions(wh, article_ids=[article.article_id for article in fresh]):
        by_article[mention.article_id].append(mention)
    known = read_stories(wh, since=first - STORY_REACH)
    told = assign_stories([(article, by_article[article.article_id]) for article in fresh], known, now)
    key = stable_id("stories", now.isoformat(), *sorted(article.article_id for article in fresh))
    write_stories(wh, key, told.stories, told.article_story)
    return StageCount("group stories", read=len(fresh), kept=len(told.stories), note="kept: stories new or grown")


def merge_events(wh: Warehouse, now: datetime) -> StageCount:
    """Brings events up to date with mentions that are new, superseded or labelled wrong.

    What merges is decided over every current mention of the touched blocks, so that step by step gives what one run
    over everything would have given.
    """
    loose = backlog.read_loose_mentions(wh)
    if not loose:
        return StageCount("merge events")
    touched = {block_of(mention) for mention in loose}
    codes = {code for block in touched for code in (block.first_side, block.second_side) if code}
    told = [row for row in backlog.read_reported_mentions(wh, codes) if block_of(row.mention) in touched]
    mention_ids = {row.mention.mention_id for row in told} | {mention.mention_id for mention in loose}
    links = backlog.read_links_of_mentions(wh, mention_ids)
    events = backlog.read_events_by_id(wh, {link.event_id for link in links})
    wrong_mention_ids, wrong_event_ids = backlog.read_wrong_ids(wh)
    merged = merge_mentions(
        [
            ReportedMention(
                mention=row.mention,
                outlet_id=row.outlet_id,
                family_id=row.family_id,
                published_at_utc=row.published_at_utc,
                story_id=row.story_id,
            )
            for row in told
        ],
        events,
        now=now,
        existing_mentions=links,
        wrong_mention_ids=wrong_mention_ids,
        wrong_event_ids=wrong_event_ids,
    )
    key = stable_id("events", now.isoformat(), *sorted(mention_ids))
    write_events(wh, key, merged.events, merged.event_mentions, merged.event_revisions)
    return StageCount(
        "merge events",
        read=len(loose),
        kept=len(merged.event_revisions),
        note="read: mentions not merged yet; kept: changes in our reading of events",
    )


def assess_all(wh: Warehouse, settings: Settings, now: datetime) -> list[StageCount]:
    """All stages in their order, here and now, until no article is left uncoded."""
    coding = StageCount("code articles")
    while batch := read_uncoded_articles(wh, CODER_VERSION, ARTICLES_A_BATCH):
        coding += code_articles(wh, batch, now)
    made = [coding, group_stories(wh, now), merge_events(wh, now), compute_indices(wh, settings, now)]
    return [*made, raise_alerts(wh, settings, now), write_briefs(wh, settings, now)]
