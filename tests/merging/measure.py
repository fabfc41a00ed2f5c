"""Copies, stories and events of the labelled scenes, as the real coder, stories and merging make them, beside labels.

    python -m tests.merging.measure            # figures beside floors
    python -m tests.merging.measure --faults   # and every wrong pair of the open part
    python -m tests.merging.measure --raise    # writes higher floors where the figures allow, never lower ones

B-cubed (Bagga and Baldwin 1998, "Entity-based cross-document coreferencing using the vector space model"): of each
element, the share of its cluster that belongs with it (precision), and the share of what belongs with it that is in
its cluster (recall); their means, and F1 of the two. Elements of stories are articles; elements of events are marked
sentences. What the coder did not find is a cluster of its own, so a figure says how good the whole is; `found` counts
only what the coder found, and so says how good merging is.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.articles.compose import revision_of
from flows.rounds.assessing import assess_all
from flows.settings import Settings
from tests.merging.scenes import FOLDER, PARTS, Happening, Report, Telling, load_tellings, pairs_of
from warehouse.connect import Warehouse, open_warehouse
from warehouse.records import Article, Mention
from warehouse.tables import record_of
from warehouse.write import write_articles

FLOORS = Path(__file__).with_name("floors.toml")
# Figures move a little with every rule of the coder; a floor lies this far below what was reached.
SLACK = 0.02
NOW = datetime(2026, 1, 1, tzinfo=UTC)
# Told of in the same words: who withdraws has yielded.
NEAR = {"RETREAT": "CONCEDE"}


@dataclass(frozen=True, slots=True)
class Figures:
    """B-cubed of one clustering, shares 0-1."""

    precision: float
    recall: float
    element_count: int

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


@dataclass(frozen=True, slots=True)
class Clustered:
    """What was made of a part: story by article, event by marked sentence, each beside its label."""

    tellings: list[Telling]
    stories: dict[str, str]
    events: dict[tuple[str, int, str], str | None]  # (article, start, happening) -> event, None where not found
    spare_event_count: int


def compute_b_cubed(made: Mapping[Any, str], labelled: Mapping[Any, str]) -> Figures:
    """The figures of a clustering (element -> cluster) against labels (element -> cluster) of the same elements."""
    ours: defaultdict[str, set[Any]] = defaultdict(set)
    true: defaultdict[str, set[Any]] = defaultdict(set)
    for element in labelled:
        ours[made[element]].add(element)
        true[labelled[element]].add(element)
    shares = []
    for element, label in labelled.items():
        mine, theirs = ours[made[element]], true[label]
        shares.append((len(mine & theirs) / len(mine), len(mine & theirs) / len(theirs)))
    count = max(1, len(shares))
    return Figures(sum(p for p, _ in shares) / count, sum(r for _, r in shares) / count, len(shares))


def cluster_part(part: str) -> Clustered:
    """The part as a fresh warehouse has it after one round of assessing."""
    tellings = load_tellings(part)
    with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder)) as wh:
        articles = [article_of(telling) for telling in tellings]
        write_articles(wh, "scenes", articles, [revision_of(article, NOW) for article in articles], {})
        assess_all(wh, Settings(home=Path(folder)), NOW)
        return read_clusters(wh, tellings)


def article_of(telling: Telling) -> Article:
    """The article as an import brings it."""
    return Article(
        article_id=telling.article_id,
        url=f"https://{telling.outlet_id}.example/{telling.article_id}",
        outlet_id=telling.outlet_id,
        outlet_name=telling.outlet_id,
        family_id=telling.outlet_id,
        title=telling.title,
        text=telling.text,
        text_source="import",
        language=telling.language,
        published_at_utc=telling.published_at_utc,
        published_source="import",
        first_seen_at_utc=telling.published_at_utc,
        content_hash=hashlib.sha256(f"{telling.title}\n{telling.text}".encode()).hexdigest(),
    )


def read_clusters(wh: Warehouse, tellings: list[Telling]) -> Clustered:
    """What a warehouse that holds these articles made of them."""
    placed = {r["article_id"]: r["story_id"] for r in wh.query("SELECT article_id, story_id FROM articles")}
    event_of = {r["mention_id"]: r["event_id"] for r in wh.query("SELECT event_id, mention_id FROM event_mentions")}
    mentions: defaultdict[str, list[Mention]] = defaultdict(list)
    for row in wh.query("SELECT * FROM mentions WHERE superseded_at_utc IS NULL ORDER BY mention_id"):
        mentions[row["article_id"]].append(record_of(Mention, row))
    events: dict[tuple[str, int, str], str | None] = {}
    taken: set[str] = set()
    for telling in tellings:
        for report in telling.reports:
            mention = _find_mention(report, mentions[telling.article_id], taken)
            if mention:
                taken.add(mention.mention_id)
            key = (telling.article_id, report.start, report.happening.happening_id)
            events[key] = event_of.get(mention.mention_id) if mention else None
    spare = set(event_of.values()) - {event_of.get(mention_id) for mention_id in taken}
    stories = {t.article_id: placed.get(t.article_id) or f"none {t.article_id}" for t in tellings}
    return Clustered(tellings, stories, events, len(spare))


def _find_mention(report: Report, mentions: list[Mention], taken: set[str]) -> Mention | None:
    """The mention of the sentence that reports the happening: of its type, its sides before others."""
    happening = report.happening
    fit = [
        mention
        for mention in mentions
        if mention.mention_id not in taken
        and mention.evidence_start < report.end
        and report.start < mention.evidence_end
        and NEAR.get(mention.type, mention.type) == NEAR.get(happening.type, happening.type)
    ]
    return min(fit, key=lambda m: (-_count_sides(m, happening), -m.confidence, m.mention_id), default=None)


def _count_sides(mention: Mention, happening: Happening) -> int:
    actor = {mention.actor_code, mention.actor_country_code}
    target = {mention.target_code, mention.target_country_code}
    return (happening.actor_code in actor) + (happening.target_code in target)


def measure_part(clustered: Clustered) -> dict[str, Figures]:
    """Figures of `stories`, `events` (what was not found stands alone) and `found events` (what was found)."""
    told = {t.article_id: t.story for t in clustered.tellings}
    labels = {key: key[2] for key in clustered.events}
    made = {key: event or f"not found {key}" for key, event in clustered.events.items()}
    found = {key: label for key, label in labels.items() if clustered.events[key]}
    return {
        "stories": compute_b_cubed(clustered.stories, told),
        "events": compute_b_cubed(made, labels),
        "found events": compute_b_cubed(made, found),
    }


def count_pairs(clustered: Clustered) -> dict[str, tuple[int, int, int]]:
    """By relation of labelled pairs: (pairs, in one story, whose main happening is in one event)."""
    main = {
        t.article_id: clustered.events[(t.article_id, t.reports[0].start, t.reports[0].happening.happening_id)]
        for t in clustered.tellings
        if t.reports
    }
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs_of(clustered.tellings):
        a, b = pair.first.article_id, pair.second.article_id
        is_one_story = clustered.stories[a] == clustered.stories[b]
        is_one_event = main.get(a) is not None and main.get(a) == main.get(b)
        counts[pair.relation].update(pairs=1, story=is_one_story, event=is_one_event)
    return {relation: (c["pairs"], c["story"], c["event"]) for relation, c in sorted(counts.items())}


def hash_of(part: str) -> str:
    """What names this state of a part's labels."""
    return hashlib.sha256(b"".join(p.read_bytes() for p in sorted((FOLDER / part).glob("*.txt")))).hexdigest()[:16]


def load_floors() -> dict[str, dict[str, float | str]]:
    """Floors of F1 and hash of labels by part."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def write_floors(floors: Mapping[str, Mapping[str, float | str]]) -> None:
    """Puts the floors in their file."""
    lines = ["# Written by `python -m tests.merging.measure --raise`; a floor is lowered by hand only, with a reason."]
    for part, values in floors.items():
        lines += ["", f"[{part}]"]
        lines += [f'"{k}" = "{v}"' if isinstance(v, str) else f'"{k}" = {v:.3f}' for k, v in values.items()]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def print_faults(clustered: Clustered) -> None:
    """Says what was not found, what was torn apart, and what was thrown together."""
    for (article, _, happening), event in clustered.events.items():
        if event is None:
            sys.stdout.write(f"  not found: {happening} in {article}\n")
    found = {key: event for key, event in clustered.events.items() if event}
    print_torn("events", {key: key[2] for key in found}, found)
    print_torn("stories", {t.article_id: t.story for t in clustered.tellings}, clustered.stories)


def print_torn(name: str, labels: Mapping[Any, str], made: Mapping[Any, str]) -> None:
    """Says which labels lie in several clusters, and which clusters hold several labels."""
    parts: defaultdict[str, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    held: defaultdict[str, set[str]] = defaultdict(set)
    for element, label in labels.items():
        parts[label][made[element]].append(element[0] if isinstance(element, tuple) else element)
        held[made[element]].add(label)
    for label, clusters in parts.items():
        if len(clusters) > 1:
            sys.stdout.write(f"  {name}: {label} is in {len(clusters)}: {list(clusters.values())}\n")
    for inside in held.values():
        if len(inside) > 1:
            sys.stdout.write(f"  {name}: one holds {sorted(inside)}\n")


def main(arguments: list[str]) -> int:
    """Prints the figures of both parts, and raises floors where asked."""
    floors = load_floors()
    for part in PARTS:
        clustered = cluster_part(part)
        figures, known = measure_part(clustered), floors.get(part, {})
        found_count = sum(event is not None for event in clustered.events.values())
        sys.stdout.write(
            f"{part}: {len(clustered.tellings)} articles, {len(pairs_of(clustered.tellings))} pairs, "
            f"{found_count} of {len(clustered.events)} reports found, {clustered.spare_event_count} events beside\n"
        )
        for name, one in figures.items():
            sys.stdout.write(
                f"  {name:13} P {100 * one.precision:5.1f}  R {100 * one.recall:5.1f}  F1 {100 * one.f1:5.1f}  "
                f"(floor {100 * float(known.get(name, 0)):.1f}, {one.element_count} elements)\n"
            )
        for relation, (pairs, story, event) in count_pairs(clustered).items():
            sys.stdout.write(f"  {relation:20} {pairs:4} pairs, {story:4} in one story, {event:4} in one event\n")
        if "--faults" in arguments and part == "open":
            print_faults(clustered)
        raised = {name: max(float(known.get(name, 0)), one.f1 - SLACK) for name, one in figures.items()}
        floors[part] = {"labels_hash": hash_of(part), **raised}
    if "--raise" in arguments:
        write_floors(floors)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
