"""What changes about events: what mentions tell together, and people's word on it.

Contract and errors as in `warehouse.write`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from warehouse.changes import Change, Rows, Statement, all_columns_of, numbered
from warehouse.connect import Warehouse
from warehouse.literals import rows_literal
from warehouse.merging import LABELLED_SQL
from warehouse.place_days import after_events, before_events
from warehouse.records import Event, EventMention, EventRevision, Label, MergeKey, stable_id
from warehouse.tables import table_of
from warehouse.write.statements import delete


def write_events(
    wh: Warehouse,
    batch_key: str,
    events: Sequence[Event],
    event_mentions: Sequence[EventMention],
    event_revisions: Sequence[EventRevision],
    *,
    merge_keys: Sequence[MergeKey] = (),
    merged_mention_ids: Sequence[str] = (),
    gone_mention_ids: Collection[str] = (),
) -> bool:
    """Put events, the mentions that report them, and what changed in our reading.

    A mention belongs to one event: a link given here takes the place of any other link of the same mention. Links of
    mentions not named here stay.

    Args:
        merge_keys: what later mentions look these up by.
        merged_mention_ids: no longer wait to be merged.
        gone_mention_ids: support nothing any more: their links and keys go.
    """
    moved = Statement(
        "DELETE FROM event_mentions WHERE mention_id IN (SELECT unnest($mentions)) "
        "AND (event_id || ' ' || mention_id) NOT IN (SELECT unnest($links))",
        "event_mentions",
        {
            "mentions": sorted({link.mention_id for link in event_mentions}),
            "links": sorted({f"{link.event_id} {link.mention_id}" for link in event_mentions}),
        },
    )
    changes: list[Change] = [Rows(events), Rows(event_mentions), Rows(event_revisions), Rows(merge_keys)]
    if events:
        changes = [before_events(events), changes[0], *after_events(events), *changes[1:]]
    if event_mentions:
        changes.insert(0, moved)
    changes += delete("event_mentions", "mention_id", gone_mention_ids)
    changes += delete("merge_keys", "mention_id", gone_mention_ids)
    changes += delete("merge_queue", "mention_id", merged_mention_ids)
    return wh.apply(batch_key, changes)


def queue_labelled(wh: Warehouse) -> bool:
    """Put what labels not yet reflected speak of where it waits to be merged, and those labels as reflected."""
    fresh = wh.query("SELECT label_id FROM labels WHERE label_id NOT IN (SELECT label_id FROM merged_labels)")
    if not fresh:
        return False
    ids = sorted(row["label_id"] for row in fresh)
    put = Statement(
        "INSERT INTO merged_labels SELECT unnest($labels) ON CONFLICT DO NOTHING", "merged_labels", {"labels": ids}
    )
    queued = Statement(LABELLED_SQL, "merge_queue", {"labels": ids})
    return wh.apply(stable_id("labels", *ids), [queued, put])


def write_labels(wh: Warehouse, batch_key: str, labels: Sequence[Label]) -> bool:
    """Put people's words on events. A reader may do this too; True when at least one label is new.

    The label's own id is what keeps it from being added twice, so the reader needs no right to write batches.
    """
    if not labels:
        return False
    if wh.role == "write":
        return wh.apply(batch_key, [Rows(labels, is_insert_only=True)])
    table = table_of(Label)
    rows = rows_literal(table.columns, [{name: getattr(label, name) for name in table.columns} for label in labels])
    new = f"SELECT * FROM ({numbered(table, rows, labels)}) AS new WHERE label_id NOT IN (SELECT label_id FROM labels)"
    return wh.execute(f"INSERT INTO labels ({all_columns_of(table)}) {new}") > 0
