"""Makes the weights of confidence from labelled items, and measures what they are worth on items they have not seen.

    python -m tests.events.calibration           # prints how well confidence holds, cross-validated
    python -m tests.events.calibration --write   # and writes flows/events/confidence.toml (`make weights`)

One row a report: its features, and whether its type, sides and status are those of a labelled event. A weight is the
regression's. Where misses were read more is right than in news never seen, so the common start
(`always`) is then moved until the mean confidence on the items held out is the share that is right there; once their
own misses were read it stays where it was before (`BLIND_START`), until others take their place.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold

from flows.events.code import CODER_VERSION, event_of, read_item, whole_text
from flows.events.confidence import WEIGHTS, Features, describe_reports, weigh
from flows.events.evaluation import GoldItem, held_out_files, labelled_files, match_events
from tests.events.quality import hash_of, read_items

STRENGTH = 0.2  # inverse of the penalty on large weights; .1 to 1 do equally well
FOLDS = 10
FARTHEST, NEAREST = 5.0, 0.001  # log odds the start may move, and how exactly
BLIND_START: float | None = None  # of the last coder that had not read the items held out; None while unread
LEAST_COUNT = 5  # what fewer reports show is no ground for a weight


@dataclass(frozen=True, slots=True)
class Row:
    """One report of a labelled item: is it right?"""

    item_id: str
    features: Features
    is_right: bool
    is_held_out: bool


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well probabilities hold: order (AUC), squared error (Brier), mean gap of told and true by tenths."""

    count: int
    right_share: float
    auc: float
    brier: float
    gap: float
    tenths: list[tuple[int, int, float, float]]  # tenth, reports, mean told, share right


def read_rows() -> list[Row]:
    """A row for each report of each of the project's labelled items."""
    tuned = [row for path in labelled_files() for row in _rows_of(read_items(path), is_held_out=False)]
    return tuned + [row for path in held_out_files() for row in _rows_of(read_items(path), is_held_out=True)]


def _rows_of(items: Iterable[GoldItem], *, is_held_out: bool) -> Iterable[Row]:
    for gold in items:
        reports, distraction = read_item(gold.item)
        whole = whole_text(gold.item.title, gold.item.text)
        events = [event_of(report, 0.5, whole) for report in reports]
        right = {id(have) for have, want in match_events(events, gold.events) if have.status == want.status}
        described = describe_reports(reports, distraction, gold.item.lang or "")
        for event, features in zip(events, described, strict=True):
            yield Row(gold.item.id, features, id(event) in right, is_held_out)


def learn_weights(rows: Sequence[Row]) -> dict[str, float]:
    """The weight of each feature in log odds, and of `always`; the same rows give the same weights."""
    common = _common_features(rows)
    vectors = DictVectorizer()
    table = vectors.fit_transform([{k: v for k, v in row.features.items() if k in common} for row in rows])
    right = np.array([row.is_right for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(table, right)
    weights = dict(zip(vectors.get_feature_names_out(), model.coef_[0].round(2).tolist(), strict=True))
    return {"always": round(float(model.intercept_[0]), 2), **{k: w for k, w in weights.items() if w}}


def move_start(weights: dict[str, float], rows: Sequence[Row]) -> dict[str, float]:
    """The weights with the start moved until the mean probability on these rows is the share that is right."""
    if BLIND_START is not None:
        return {**weights, "always": BLIND_START}
    if not rows:
        return weights
    right = float(np.mean([row.is_right for row in rows]))
    low, high = weights["always"] - FARTHEST, weights["always"] + FARTHEST
    while high - low > NEAREST:
        middle = (low + high) / 2
        moved = {**weights, "always": middle}
        told = float(np.mean([weigh(moved, row.features) for row in rows]))
        low, high = (low, middle) if told > right else (middle, high)
    return {**weights, "always": round(low, 2)}


def _common_features(rows: Sequence[Row]) -> set[str]:
    counts: dict[str, int] = {}
    for row in rows:
        for name, value in row.features.items():
            counts[name] = counts.get(name, 0) + bool(value)
    return {name for name, count in counts.items() if count >= LEAST_COUNT}


def cross_validate(rows: Sequence[Row]) -> list[float]:
    """The probability of each row by weights learned from the rows of other items."""
    found = np.zeros(len(rows))
    for known, asked in GroupKFold(FOLDS).split(np.zeros(len(rows)), groups=[row.item_id for row in rows]):
        weights = learn_weights([rows[i] for i in known])
        for i in asked:
            found[i] = weigh(weights, rows[i].features)
    return [float(value) for value in found]


def measure_reliability(told: Sequence[float], is_right: Sequence[bool]) -> Reliability:
    """How well these probabilities hold."""
    p, right = np.array(told), np.array(is_right, dtype=float)
    tenth = np.minimum((p * 10).astype(int), 9)
    tenths = [
        (k, int((tenth == k).sum()), float(p[tenth == k].mean()), float(right[tenth == k].mean()))
        for k in range(10)
        if (tenth == k).any()
    ]
    return Reliability(
        count=len(p),
        right_share=float(right.mean()),
        auc=float(roc_auc_score(right, p)),
        brier=float(brier_score_loss(right, p)),
        gap=sum(count * abs(mean - share) for _, count, mean, share in tenths) / len(p),
        tenths=tenths,
    )


def write_weights(weights: dict[str, float], reliability: Reliability) -> None:
    """Puts the weights in their file, with where they come from."""
    lines = [
        "# The weights of confidence, in log odds. Written by `make weights` from the labelled items of",
        "# flows/events/evaluation; not to be edited by hand. Names are those of `flows.events.confidence`.",
        "",
        f'coder_version = "{CODER_VERSION}"',
        f'items_hash = "{hash_of(*labelled_files(), *held_out_files())}"',
        f"report_count = {reliability.count}",
        "# Cross-validated on items not learned from: area under the curve, Brier score, mean gap of told and true.",
        f"auc = {reliability.auc:.3f}",
        f"brier = {reliability.brier:.3f}",
        f"gap = {reliability.gap:.3f}",
        "",
        "[weights]",
        f"always = {weights['always']}",
        *(f'"{name}" = {value}' for name, value in sorted(weights.items()) if name != "always"),
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _say(name: str, one: Reliability) -> None:
    sys.stdout.write(
        f"{name}: {one.count} reports, {100 * one.right_share:.1f} % right, AUC {one.auc:.3f}, "
        f"Brier {one.brier:.3f}, gap {one.gap:.3f}\n"
    )
    for tenth, count, mean, share in one.tenths:
        sys.stdout.write(f"  {tenth / 10:.1f}-{(tenth + 1) / 10:.1f}  {count:5}  told {mean:.2f}  right {share:.2f}\n")


def main(arguments: list[str]) -> int:
    """Prints how well confidence holds, and writes the weights where asked."""
    rows = read_rows()
    told = cross_validate(rows)
    whole = measure_reliability(told, [row.is_right for row in rows])
    _say("all, cross-validated", whole)
    held_out = [row for row in rows if row.is_held_out]
    weights = move_start(learn_weights(rows), held_out)
    if held_out:
        told = [weigh(weights, row.features) for row in held_out]
        _say("held out, start moved", measure_reliability(told, [row.is_right for row in held_out]))
    if arguments == ["--write"]:
        write_weights(weights, whole)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
