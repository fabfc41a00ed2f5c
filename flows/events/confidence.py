"""How sure a reading is: the probability that type, sides and status of a report are right.

A logistic regression over what the rules themselves say of a report: which rule named actor and target, in which voice,
how much had to be carried from elsewhere, what else the sentence tells. Its weights lie in `confidence.toml` and are
made from labelled items by `make weights`; nothing is learned at run time. What no weight names counts 0, so a new rule
is as sure as its fellows until the weights are made again.

A refused option (November 2026): sums of hand-set bonuses. On labelled items they told right from wrong readings with
an area under the curve of .69, the regression, cross-validated, with .81.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from flows.events.reports import Report

WEIGHTS = Path(__file__).with_name("confidence.toml")
# Of the readings below it one in twenty is right: most are twins of a surer one, with guessed sides.
IS_REPORTED_FROM = 0.13
LEAST, MOST = 0.02, 0.98  # no reading of a text is certain
SENTENCE_CHARS = 200  # a sentence of the usual length
Features = dict[str, float]


def compute_confidences(reports: Sequence[Report], distraction: float, lang: str) -> list[float]:
    """The probability, 0.02-0.98, that each report of an article is right, in their order."""
    return [compute_confidence(features) for features in describe_reports(reports, distraction, lang)]


def choose_sure(confidences: Sequence[float]) -> list[bool]:
    """Which readings of an article are reported: those from 0.13 on, and the surest whatever it is."""
    needed = min(IS_REPORTED_FROM, max(confidences, default=0.0))
    return [confidence >= needed for confidence in confidences]


def compute_confidence(features: Mapping[str, float]) -> float:
    """The probability, 0.02-0.98, that a report with these features is right."""
    return round(max(LEAST, min(MOST, weigh(load_weights(), features))), 3)


def weigh(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The probability, 0-1, that these weights give to these features."""
    total = weights["always"] + sum([weights.get(name, 0.0) * value for name, value in features.items()])
    return 1 / (1 + math.exp(-total))


def describe_reports(reports: Sequence[Report], distraction: float, lang: str) -> list[Features]:
    """What is known of each report of an article, by name; choices are 1, measures run from 0 to about 2."""
    beside = Counter(report.start for report in reports)
    return [_describe(report, beside[report.start] - 1, distraction, lang) for report in reports]


def _describe(report: Report, beside: int, distraction: float, lang: str) -> Features:
    roles = report.roles
    choices = {
        "language": lang,
        "type": report.type,
        "status": report.status,
        "voice": report.rules["voice"],
        "actor": roles.actor_rule if roles.actor else "nobody",
        "target": roles.target_rule if roles.target else "nobody",
    }
    kinds = {"actor_kind": roles.actor, "target_kind": roles.target}
    choices |= {name: side.kind for name, side in kinds.items() if side}
    return {
        **{f"{name} {value}": 1.0 for name, value in choices.items()},
        "carried": float(min(roles.carried, 2)),
        "repeated": float(min(report.count - 1, 2)),
        "title": float(report.is_title),
        "date": float(report.when.is_told),
        "place": float(report.place is not None),
        "toll": float(report.toll.is_known),
        "mode": float(report.mode is not None),
        "symmetric": float(roles.is_symmetric),
        "beside": float(min(beside, 3)),
        "length": min((report.end - report.start) / SENTENCE_CHARS, 2.0),
        "distraction": min(distraction, 1.5),
    }


@cache
def load_weights() -> dict[str, float]:
    """The weight of each feature in log odds; `always` is what every report begins with."""
    return {name: float(value) for name, value in tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"].items()}
