"""What changes about articles: their text, what the coder read in them, and their stories.

Contract and errors as in `warehouse.write`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from warehouse.changes import Change, Rows, Statement
from warehouse.connect import Warehouse
from warehouse.records import (
    Article,
    ArticleCopy,
    ArticleRevision,
    ArticleSignature,
    Batch,
    Entry,
    EntryRevision,
    FamilyDay,
    Mention,
    Poll,
    Quarantined,
    Story,
    StoryKey,
)
from warehouse.tables import table_of
from warehouse.write.statements import assign, unless_changed

_CODER_COLUMNS = ("coder_version", "coded_at_utc", "is_relevant", "relevance")


def write_articles(
    wh: Warehouse,
    batch_key: str,
    articles: Sequence[Article],
    revisions: Sequence[ArticleRevision],
    entry_article_links: Mapping[str, str],
) -> bool:
    """Put articles, the states of their text, and which entry (id) each article (id) stands behind.

    An article whose content hash changed loses its coding, and so is coded anew; otherwise it keeps it. It keeps its
    story and its first_seen_at_utc in any case.
    """
    links = assign("entries", "entry_id", "article_id", entry_article_links)
    return wh.apply(batch_key, [_article_rows(articles), Rows(revisions), *links])


def write_captures(
    wh: Warehouse,
    batch_key: str,
    batches: Sequence[Batch],
    polls: Sequence[Poll],
    entries: Sequence[Entry],
    entry_revisions: Sequence[EntryRevision],
    articles: Sequence[Article],
    article_revisions: Sequence[ArticleRevision],
    quarantined: Sequence[Quarantined] = (),
    family_days: Sequence[FamilyDay] = (),
) -> bool:
    """Put what archived captures brought, all in one transaction: a kill leaves each capture whole or not there.

    Args:
        batches: one for each capture, by whose key it is known to be done.
        entries: in their last state, each naming its article.
        family_days: days whose news the captures held.
    """
    entry_rows = Rows(entries, kept=frozenset({"first_seen_at_utc"}))
    text_rows = [_article_rows(articles), Rows(article_revisions)]
    changes: list[Change] = [Rows(polls), entry_rows, Rows(entry_revisions), *text_rows, Rows(family_days)]
    return wh.apply(batch_key, [*changes, Rows(quarantined, is_insert_only=True), Rows(batches, is_insert_only=True)])


def write_codings(
    wh: Warehouse,
    batch_key: str,
    articles: Sequence[Article],
    mentions: Sequence[Mention],
    quarantined: Sequence[Quarantined] = (),
) -> bool:
    """Put what the coder read in these articles: its four columns on each, and the mentions.

    Current mentions of these articles that are not among the new ones get superseded_at_utc; none is deleted. An
    article that is not yet there is added whole; of one that is, only the coder's columns change.
    """
    kept = frozenset(table_of(Article).columns) - set(_CODER_COLUMNS)
    of_articles = {
        "articles": sorted({article.article_id for article in articles}),
        "mentions": sorted({mention.mention_id for mention in mentions}),
    }
    old = (
        "superseded_at_utc IS NULL AND article_id IN (SELECT unnest($articles)) "
        "AND mention_id NOT IN (SELECT unnest($mentions))"
    )
    # Events reflect neither what is superseded now nor what is new.
    queued = Statement(
        f"INSERT INTO merge_queue SELECT mention_id FROM mentions WHERE {old} "
        "UNION SELECT unnest($mentions) ON CONFLICT DO NOTHING",
        "merge_queue",
        of_articles,
    )
    superseded = Statement(f"UPDATE mentions SET superseded_at_utc = now() WHERE {old}", "mentions", of_articles)
    changes: list[Change] = [
        Rows(articles, kept=kept),
        queued,
        superseded,
        # The article of a mention never changes, and what has an index cannot be written again.
        Rows(mentions, kept=frozenset({"article_id"})),
        Rows(quarantined, is_insert_only=True),
    ]
    return wh.apply(batch_key, changes)


def write_stories(
    wh: Warehouse,
    batch_key: str,
    stories: Sequence[Story],
    article_story: Mapping[str, str],
    *,
    signatures: Sequence[ArticleSignature] = (),
    copies: Sequence[ArticleCopy] = (),
    keys: Sequence[StoryKey] = (),
) -> bool:
    """Put stories, which story (id) each article (id) belongs to, and what both are found by.

    Mentions of an article that turns out to be a copy wait to be merged anew: another family speaks through it.
    """
    changes: list[Change] = [Rows(stories), Rows(signatures), Rows(copies), Rows(keys)]
    if copies:
        text = (
            "INSERT INTO merge_queue SELECT mention_id FROM merge_keys WHERE article_id IN (SELECT unnest($articles)) "
            "ON CONFLICT DO NOTHING"
        )
        changes.append(Statement(text, "merge_queue", {"articles": sorted({copy.article_id for copy in copies})}))
    return wh.apply(batch_key, [*changes, *assign("articles", "article_id", "story_id", article_story)])


def _article_rows(articles: Sequence[Article]) -> Rows:
    overrides = {name: unless_changed("articles", name) for name in _CODER_COLUMNS}
    overrides["story_id"] = "coalesce(excluded.story_id, articles.story_id)"
    return Rows(articles, kept=frozenset({"first_seen_at_utc"}), overrides=overrides)
