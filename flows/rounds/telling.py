"""Stories brought up to date with articles that are in none yet: look up what is alike, place, commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from flows.articles.stories import COPY_WINDOW, LONGEST, WINDOW, arrival_of, assign_stories
from flows.events.garbage import paused_collection
from flows.rounds.report import StageCount
from warehouse.backlog import read_articles_without_story
from warehouse.connect import Warehouse
from warehouse.read import read_current_mentions
from warehouse.records import Article, Mention, stable_id
from warehouse.telling import read_alike_signatures, read_stories_alike
from warehouse.write import write_stories

# Articles placed and committed together; they are placed in order of publication, so batches are too.
ARTICLES_A_BATCH = 10_000


def group_stories(wh: Warehouse, now: datetime) -> StageCount:
    """Puts every relevant article that has no story yet into one."""
    total = StageCount("group stories", note="kept: stories new or grown")
    while fresh := read_articles_without_story(wh, ARTICLES_A_BATCH):
        total += _group_batch(wh, fresh, now)
    return total


@paused_collection()
def _group_batch(wh: Warehouse, fresh: Sequence[Article], now: datetime) -> StageCount:
    mentions: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in read_current_mentions(wh, article_ids=[article.article_id for article in fresh]):
        mentions[mention.article_id].append(mention)
    arrivals = [arrival_of(article, mentions[article.article_id], now) for article in fresh]
    told_at = [one.signature.published_at_utc for one in arrivals]
    first, last = min(told_at), max(told_at)
    keys = {key for one in arrivals for key in one.keys}
    bands = {key for one in arrivals for key in one.signature.band_keys}
    signatures = read_alike_signatures(wh, bands, first - COPY_WINDOW, last + COPY_WINDOW)
    # A story that is silent for longer is over; one parted from another must be known for as long as that may run.
    stories = read_stories_alike(
        wh,
        keys,
        {one.story_id for one in signatures if one.story_id},
        first - WINDOW,
        last + WINDOW,
        parted_since=first - WINDOW - LONGEST,
    )
    told = assign_stories(arrivals, stories, now, signatures)
    key = stable_id("stories", now.isoformat(), *sorted(article.article_id for article in fresh))
    write_stories(
        wh, key, told.stories, told.article_story, signatures=told.signatures, copies=told.copies, keys=told.keys
    )
    return StageCount("group stories", read=len(fresh), kept=len(told.stories))
