"""What is waiting for the next stage: entries without articles are `read`'s, everything after coding is here.

Each question looks at what is committed, not at what some process remembers, so a stage that was killed finds its
work again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from warehouse.connect import Warehouse
from warehouse.questions import EVENTS_LOOKED_UP, ask_of_ids, ask_of_links, read_event_numbers
from warehouse.records import Article, Event, LlmRequest, Mention, RequestOutcome
from warehouse.tables import record_of

# Instant up to which events have moved the indices, ISO 8601, in `meta`.
INDEXED_UNTIL = "indexed_until_utc"
# What they were computed with: versions of the formula and half-life, in `meta`.
INDEXED_WITH = "indexed_with"


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A current mention without a usable second reading, and the text around its sentence."""

    mention: Mention
    language: str | None
    published_at_utc: datetime | None
    headline: str
    before: str
    after: str


def read_batch_keys(wh: Warehouse, prefix: str) -> set[str]:
    """Keys of committed batches that start so."""
    rows = wh.query("SELECT batch_key FROM batches WHERE starts_with(batch_key, $prefix)", prefix=prefix)
    return {row["batch_key"] for row in rows}


def read_batch_count(wh: Warehouse) -> int:
    """How many batches were ever committed: another number after each."""
    return int(wh.query("SELECT count(*) AS batch_count FROM batches")[0]["batch_count"])


def read_articles_without_story(wh: Warehouse, limit: int) -> list[Article]:
    """Relevant coded articles that belong to no story yet, oldest first."""
    return wh.records(
        Article,
        "SELECT * FROM articles WHERE is_relevant AND story_id IS NULL "
        "ORDER BY published_at_utc, article_id LIMIT $limit",
        limit=limit,
    )


def read_events_to_index(wh: Warehouse) -> list[Event]:
    """Events whose reading changed since the indices were last made."""
    return wh.records(
        Event,
        f"""
        SELECT * FROM events WHERE updated_at_utc >= coalesce(
            (SELECT value::TIMESTAMPTZ FROM meta WHERE name = '{INDEXED_UNTIL}'), '1900-01-01'::TIMESTAMPTZ)
        ORDER BY event_id
        """,
    )


def read_dyads_of_events(wh: Warehouse, event_ids: Iterable[str]) -> set[tuple[str, str]]:
    """The dyads that these events moved when the indices were last made."""
    rows = wh.query(
        "SELECT DISTINCT side_a_code, side_b_code FROM event_dyads WHERE event_id IN (SELECT unnest($ids))",
        ids=sorted(set(event_ids)),
    )
    return {(row["side_a_code"], row["side_b_code"]) for row in rows}


def read_events_of_dyads(wh: Warehouse, dyads: Sequence[tuple[str, str]]) -> list[Event]:
    """Every event that moved one of these dyads when the indices were last made."""
    return wh.records(
        Event,
        """
        SELECT * FROM events WHERE event_id IN (
            SELECT event_id FROM event_dyads WHERE (side_a_code || ' ' || side_b_code) IN (SELECT unnest($dyads)))
        ORDER BY event_id
        """,
        dyads=[f"{a} {b}" for a, b in dyads],
    )


def read_tellers(wh: Warehouse, event_ids: Iterable[str]) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Event id to (outlet families that speak, outlets) whose articles report it; who copies does not speak."""
    asked = sorted(set(event_ids))
    told = ask_of_ids(wh.query, "SELECT event_id, first_reported_at_utc FROM events WHERE event_id IN ({ids})", asked)
    # Nothing that reports them is older; what seems to be has no time of its own, and is looked for everywhere.
    since = min((row["first_reported_at_utc"] for row in told), default=None)
    near = _TELLERS.format(mentions=_SINCE_CODED, articles=_SINCE)
    of_events = partial(ask_of_links, numbers_of=partial(read_event_numbers, wh), column="event_number")
    rows = of_events(partial(wh.query, since=since), near, asked, looked_up=EVENTS_LOOKED_UP)
    if missing := [row["event_id"] for row in rows if row["missing_count"]]:
        rows = [row for row in rows if not row["missing_count"]]
        rows += of_events(wh.query, _TELLERS.format(mentions="true", articles="true"), missing)
    return {row["event_id"]: (frozenset(row["families"]), frozenset(row["outlets"])) for row in rows if row["outlets"]}


_SINCE_CODED = "coded_at_utc >= $since - INTERVAL 3 DAY"
_SINCE = "published_at_utc >= $since"
_TELLERS = """
    WITH links AS MATERIALIZED (SELECT event_id, mention_id, family_id FROM event_mentions WHERE {{which}}),
    coded AS (SELECT mention_id, article_id, superseded_at_utc FROM mentions WHERE {mentions}),
    told AS (SELECT article_id, family_id, outlet_id FROM articles WHERE {articles}),
    found AS (
        SELECT l.event_id, coalesce(l.family_id, a.family_id) AS family_id, a.outlet_id,
            a.article_id IS NULL AS is_missing, a.article_id IS NOT NULL AND m.superseded_at_utc IS NULL AS is_current
        FROM links AS l LEFT JOIN coded AS m USING (mention_id) LEFT JOIN told AS a USING (article_id)
    )
    SELECT event_id, list(DISTINCT family_id) FILTER (is_current) AS families,
        list(DISTINCT outlet_id) FILTER (is_current) AS outlets, count(*) FILTER (is_missing) AS missing_count
    FROM found GROUP BY event_id
    """


def read_doubtful_mentions(
    wh: Warehouse,
    model: str,
    prompt_version: str,
    *,
    confidence_below: float,
    impact_from: float,
    status_weights: Mapping[str, float],
    passing: Iterable[str],
    try_limit: int,
    before_chars: int,
    after_chars: int,
    limit: int,
) -> list[DoubtfulRow]:
    """Current mentions that are doubtful and weighty, and that this model has not read with this prompt.

    Untried ones first, then the newest. What moves no curve is left out: neutral ones, and those without two sides.

    Args:
        confidence_below: greatest confidence, not included.
        impact_from: least |score| x weight of the status, included, above 0.
        status_weights: by status; one that is not named weighs nothing.
        passing: outcomes after which a mention may be asked about again, up to `try_limit` times.
        before_chars: how much text before the sentence comes along; `after_chars` likewise.
    """
    rows = wh.query(
        """
        -- Which ones is decided without any text: all texts at once would be gigabytes.
        WITH chosen AS (
            SELECT m.mention_id, coalesce(s.try_count, 0) AS try_count, a.published_at_utc
            FROM mentions AS m
            JOIN articles AS a USING (article_id)
            LEFT JOIN second_readings AS s
                ON s.mention_id = m.mention_id AND s.model = $model AND s.prompt_version = $prompt_version
            WHERE m.superseded_at_utc IS NULL AND m.confidence < $confidence_below AND m.direction <> 'neutral'
                AND m.actor_code <> m.target_code
                AND abs(m.score) * ($weights)[list_position($statuses, m.status)] >= $impact_from
                AND (s.reading_id IS NULL OR (list_contains($passing, s.outcome) AND s.try_count < $try_limit))
            ORDER BY try_count, a.published_at_utc DESC NULLS LAST, m.mention_id
            LIMIT $limit
        )
        SELECT m.*, a.language, a.published_at_utc, r.title AS headline,
            substring(r.title || chr(10) || r.text, greatest(m.evidence_start - $before_chars, 0) + 1,
                      least($before_chars, m.evidence_start)) AS before_text,
            substring(r.title || chr(10) || r.text, m.evidence_end + 1, $after_chars) AS after_text
        FROM chosen AS c
        JOIN mentions AS m USING (mention_id)
        JOIN articles AS a USING (article_id)
        JOIN article_revisions AS r ON r.article_id = m.article_id AND r.revision = m.article_revision
        ORDER BY c.try_count, a.published_at_utc DESC NULLS LAST, m.mention_id
        """,
        model=model,
        prompt_version=prompt_version,
        confidence_below=confidence_below,
        # Zero would let in what moves nothing.
        impact_from=max(impact_from, 1e-9),
        statuses=list(status_weights),
        weights=list(status_weights.values()),
        passing=sorted(passing),
        try_limit=try_limit,
        before_chars=before_chars,
        after_chars=after_chars,
        limit=limit,
    )
    return [
        DoubtfulRow(
            record_of(Mention, row),
            row["language"],
            row["published_at_utc"],
            row["headline"],
            row["before_text"],
            row["after_text"],
        )
        for row in rows
    ]


def read_llm_requests(wh: Warehouse, question_ids: Iterable[str]) -> dict[str, list[LlmRequest]]:
    """Question id to every request made for it, the earliest first; a question never asked is absent."""
    rows = wh.query(
        "SELECT * FROM llm_requests WHERE question_id IN (SELECT unnest($ids)) ORDER BY asked_at_utc, request_id",
        ids=sorted(set(question_ids)),
    )
    found: dict[str, list[LlmRequest]] = {}
    for row in rows:
        found.setdefault(row["question_id"], []).append(record_of(LlmRequest, row))
    return found


def read_llm_spending(wh: Warehouse, since: datetime) -> tuple[int, int]:
    """(requests, tokens) from this instant on, whatever the model; what is under way counts as a request."""
    row = wh.query(
        "SELECT count(*) AS requests, sum(coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0)) AS tokens "
        "FROM llm_requests WHERE asked_at_utc >= $since",
        since=since,
    )[0]
    return int(row["requests"]), int(row["tokens"] or 0)


def read_last_llm_requests(wh: Warehouse, model: str, limit: int) -> list[LlmRequest]:
    """The last requests to this model that ended, newest first."""
    rows = wh.query(
        "SELECT * FROM llm_requests WHERE model = $model AND outcome <> $pending "
        "ORDER BY asked_at_utc DESC, request_id LIMIT $limit",
        model=model,
        pending=str(RequestOutcome.PENDING),
        limit=limit,
    )
    return [record_of(LlmRequest, row) for row in rows]


def forget_coding(wh: Warehouse, since: datetime | None) -> int:
    """Marks articles published since then (all, where None) as not coded, so that they are read anew; their number."""
    return wh.execute(
        "UPDATE articles SET coder_version = NULL "
        "WHERE coder_version IS NOT NULL AND ($since IS NULL OR published_at_utc >= $since)",
        since=since,
    )


def drop_polls(wh: Warehouse, before: datetime) -> int:
    """Drops outcomes of polls older than this; their number. Feeds, entries and articles stay."""
    return wh.execute("DELETE FROM polls WHERE polled_at_utc < $before", before=before)
