"""How the coder does on data sets that others have published, where they lie beside the project.

    python -m tests.benchmarks.published [--misses NAME N]

Nothing of these sets enters the project, and nothing is fitted to them. Types of a pair are macro F1 over the fifteen
types in which CONCEDE and RETREAT are one; negatives are sentences in which nobody acts on anybody.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from flows.events.code import Coding, Item, Pair, code_item, load_everything
from flows.events.evaluation import measure_coder, read_gold

GOLD = Path(__file__).parents[2] / "../shared/gold"
YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
# Sentences of a large set are sampled, the same ones every time.
SAMPLE = 3000
Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    """The rows of a published set, none where it is not there."""
    path = GOLD / name
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def code_row(row: Row, language: str = "en") -> Coding:
    """The coding of a row's sentence."""
    return code_item(Item(id=row["id"], text=row["sentence"], lang=row.get("lang") or language))


def macro_f1(gold: list[str], found: list[str], names: list[str]) -> float:
    """The mean F1 over these names, 0-1."""
    scores = []
    for name in names:
        hit = sum(a == name == b for a, b in zip(gold, found, strict=True))
        count = gold.count(name) + found.count(name)
        scores.append(2 * hit / count if count else 0.0)
    return sum(scores) / len(scores)


def pair_types(name: str, misses: int) -> Iterator[str]:
    """Types asked of named pairs: macro F1 over all rows, and over those outside the manual's own examples."""
    rows = rows_of(name)
    if not rows:
        return
    found = [_pair_type(row) for row in rows]
    gold = [row["root"] for row in rows]
    names = sorted(set(gold))
    yield f"all rows: macro F1 {100 * macro_f1(gold, found, names):.1f} of {len(rows)}, accuracy {_share(gold, found)}"
    outside = [i for i, row in enumerate(rows) if row.get("in_cameo_manual") == "0"]
    if outside:
        some = [gold[i] for i in outside], [found[i] for i in outside]
        macro = 100 * macro_f1(*some, names)
        yield f"outside the manual: macro F1 {macro:.1f} of {len(outside)}, accuracy {_share(*some)}"
    yield "by type: " + "  ".join(f"{one} {100 * macro_f1(gold, found, [one]):.0f}" for one in names)
    for row, type_name in [(r, f) for r, f in zip(rows, found, strict=True) if r["root"] != f][:misses]:
        yield f"  {row['root']} coded {type_name}: [{row['source']}] [{row['target']}] {row['sentence'][:300]}"


def _pair_type(row: Row) -> str:
    pair = Pair(actor=row["source"], target=row["target"])
    coding = code_item(Item(id=row["id"], text=row["sentence"], lang="en", pair=pair))
    return YIELD.get(coding.pair_type or "", coding.pair_type or "")


def _share(gold: list[str], found: list[str]) -> str:
    return f"{100 * sum(a == b for a, b in zip(gold, found, strict=True)) / max(1, len(gold)):.1f} %"


def negatives(name: str, keep: Callable[[Row], bool], misses: int) -> Iterator[str]:
    """The share of sentences without any act in which one side is coded as having acted on another."""
    rows = [row for row in rows_of(name) if keep(row)]
    rows = random.Random(1).sample(rows, min(SAMPLE, len(rows)))
    if not rows:
        return
    wrong = [(row, acts) for row in rows if (acts := _acts(code_row(row)))]
    yield f"{len(wrong)} of {len(rows)} coded, {100 * len(wrong) / len(rows):.1f} %"
    done = [row for row, acts in wrong if any(not act.startswith("REQUEST") for act in acts)]
    yield f"without appeals, which PLOVER counts as REQUEST: {len(done)}, {100 * len(done) / len(rows):.1f} %"
    for row, acts in wrong[:misses]:
        yield f"  {acts}: {row['sentence'][:300]}"


def _acts(coding: Coding) -> list[str]:
    return [
        f"{event.type} {event.actor.code}>{event.target.code}"
        for event in coding.mentions
        if event.actor
        and event.target
        and event.actor.code != event.target.code
        and event.status in ("occurred", "alleged")
    ]


def types_found(name: str, misses: int, merged: dict[str, str] | None = None) -> Iterator[str]:
    """How often one of a sentence's gold types is among those coded, by gold type."""
    asked: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    missed = []
    for row in rows_of(name):
        roots = {_merge(root, merged) for root in row["root"].rstrip("?").split("|")} - {"", "NONE", "CRIME"}
        if not roots:
            continue
        coded = {_merge(event.type, merged) for event in code_row(row).mentions}
        first = sorted(roots)[0]
        asked[first] += 1
        hit[first] += bool(roots & coded)
        if not roots & coded:
            missed.append((roots, coded, row["sentence"]))
    if not asked:
        return
    total = sum(asked.values())
    yield f"a gold type is found in {sum(hit.values())} of {total} sentences, {100 * sum(hit.values()) / total:.1f} %"
    yield "by type: " + "  ".join(f"{one} {hit[one]}/{asked[one]}" for one in sorted(asked))
    for roots, coded, sentence in missed[:misses]:
        yield f"  {sorted(roots)} coded {sorted(coded)}: {sentence[:300]}"


def _merge(name: str, merged: dict[str, str] | None) -> str:
    return (merged or {}).get(name, YIELD.get(name, name))


def attacks_found(name: str, misses: int) -> Iterator[str]:
    """How often an ASSAULT is coded where the report tells of an attack, a bombing or an abduction (l1 to l3)."""
    rows = [row for row in rows_of(name) if "1" in (row["l1"], row["l2"], row["l3"])]
    if not rows:
        return
    missed = [row for row in rows if "ASSAULT" not in {event.type for event in code_row(row).mentions}]
    yield f"ASSAULT coded in {len(rows) - len(missed)} of {len(rows)}, {100 - 100 * len(missed) / len(rows):.1f} %"
    for row in missed[:misses]:
        yield f"  missed: {row['sentence'][:300]}"


def parallel(name: str) -> Iterator[str]:
    """Whole events on parallel texts in twelve languages."""
    path = GOLD / name
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as lines:
        figures = measure_coder(read_gold(lines, name))
    for one in figures:
        if one.group_kind == "all" or (one.group_kind == "language" and one.measure in ("event", "dyad")):
            told = one.f1 if one.accuracy is None else one.accuracy
            yield f"{one.group_name} {one.measure}: {100 * (told or 0):.1f} on {one.item_count}"


ES_MERGED = {"MOBILIZE": "PROTEST"}
SETS: dict[str, Callable[[int], Iterator[str]]] = {
    "parallel_dev": lambda misses: parallel("parallel_dev.jsonl"),
    "plv_train": lambda misses: pair_types("plv_train.tsv", misses),
    "aw_wikievents_train": lambda misses: pair_types("aw_wikievents_train.tsv", misses),
    "IndiaPoliceEvents_sents_train, unlabelled": lambda misses: negatives(
        "IndiaPoliceEvents_sents_train.tsv",
        lambda row: all(row[label] == "0" for label in ("KILL", "ARREST", "ANY_ACTION", "FAIL", "FORCE")),
        misses,
    ),
    "cameo_class_train, statements": lambda misses: negatives(
        "cameo_class_train.tsv", lambda row: row["penta"] == "0", misses
    ),
    "petrarch2_validation_en": lambda misses: types_found("petrarch2_validation_en.tsv", misses),
    "plover_gsr_cameo": lambda misses: types_found("plover_gsr_cameo.tsv", misses),
    "satp_relevant_dev": lambda misses: attacks_found("satp_relevant_dev.tsv", misses),
    "es_protest_plover_half": lambda misses: types_found("es_protest_plover_half.tsv", misses, ES_MERGED),
    "ar_protest_assault_half": lambda misses: types_found("ar_protest_assault_half.tsv", misses),
}


def main(arguments: list[str]) -> int:
    """Prints the figures of every set that is there; with a name, of that one, and a few of its misses."""
    load_everything()
    misses = int(arguments[2]) if arguments[:1] == ["--misses"] else 0
    for name, measure in SETS.items():
        if misses and not name.startswith(arguments[1]):
            continue
        lines = list(measure(misses))
        sys.stdout.write(f"{name}\n" + "".join(f"  {line}\n" for line in lines or ["not measured: it is not here"]))
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
