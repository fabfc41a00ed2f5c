"""Whether an article is diplomacy or security news at all: 0 (not) to 1 (surely).

Sport, business, weather, accidents, ordinary crime, shows and health borrow the words of war. Their own words weigh
against the reports found; a report between two states outweighs a little of them, never a page of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from flows.events.codebook import HARMS
from flows.events.reports import Report
from flows.events.scene import Scene
from flows.events.staging import Article
from warehouse.records import Status

IS_RELEVANT_FROM = 0.5
MATCH_SCORE = re.compile(r"(?<![\w:-])(?:\d{1,2}-\d{1,2}|\d:\d|\d比\d)(?![\w:-])")
SCORE_MARKS = ("-", ":", "比")  # one of which a score cannot do without
TOPIC_WEIGHTS = {
    "sport": 0.45,
    "weather": 0.4,
    "accident": 0.35,
    "entertainment": 0.35,
    "business": 0.15,
    "commerce": 0.4,  # firms that fight over customers
    "crime": 0.25,
    "abduction": 0.45,  # for ransom, by a gang: two of its words, since pirates and rebels ask for ransom too
    "science": 0.4,  # stars that explode and bombard
    "health": 0.3,
    "nature": 0.4,
    "history": 0.45,
}
AIDED = frozenset({"health"})  # what help is given for
# What does harm without meaning to, or without a state: a word of these makes a told harm doubtful.
HARM_TOPICS = frozenset({"weather", "accident", "nature"})
SPOKEN = frozenset({"AID", "CONCEDE", "ACCUSE", "SUPPORT", "REQUEST"})
SPOKEN_OF = 1  # how many of those words weigh where two states only speak of such a harm, or help one another after it
# These four were chosen on the labelled items: the gain in traps refused against the loss in news let through.
DOUBT_OF_HARM = 0.6  # what is left of the weight of a harm told beside such a word
ONE_SIDED, ONE_SIDED_LOSS = 0.82, 1.6  # the weight of a report with one side, and how it falls with distraction
OLD_LOSS = 0.15  # what is only looked back on says little of the day
STEEPNESS, STEEPNESS_OF_AID = 4.0, 2.2  # help goes to where nature struck, so that its words count less there


def compute_distraction(article: Article, reports: Sequence[Report] = ()) -> float:
    """How much the article speaks of other things, 0 or more; each word of a topic counts once, in the title twice.

    A gang in a title may be one that states fight, so that its words count there as elsewhere.
    Medicine that one side gives another is no distraction from its giving, nor the disaster that called for help, for
    an apology or for condolences: all words for that are one.
    """
    between = [r for r in reports if _is_between_two(r)]
    is_aid = any(r.type == "AID" for r in between)
    is_harmless = any(r.type in SPOKEN for r in between) and all(r.type not in HARMS for r in reports)
    seen: dict[str, set[str]] = {}
    title: defaultdict[str, int] = defaultdict(int)
    for scene in article.scenes:
        for topic in scene.topics:
            if is_aid and topic.pattern.label in AIDED:
                continue
            seen.setdefault(topic.pattern.label, set()).add(topic.pattern.text)
            is_doubled = scene.sentence.is_title and topic.pattern.label != "abduction"
            title[topic.pattern.label] += is_doubled
    opening = article.scenes[:3] if any(mark in article.text for mark in SCORE_MARKS) else ()
    if any(_tells_score(scene) for scene in opening):
        seen.setdefault("sport", set()).update(("a score", "of a match") if "sport" in seen else ("a score",))
    counts = {name: len(words) + min(title[name], 2) for name, words in seen.items()}
    if is_harmless:
        counts = {name: min(count, SPOKEN_OF) if name in HARM_TOPICS else count for name, count in counts.items()}
    return max((TOPIC_WEIGHTS.get(name, 0.2) * count for name, count in counts.items()), default=0.0)


def _is_between_two(report: Report) -> bool:
    actor, target = report.roles.actor, report.roles.target
    return actor is not None and target is not None and actor.code != target.code


def _tells_score(scene: Scene) -> bool:
    """Whether the score of a match stands in a sentence; "on 16-17 May" is none."""
    found = MATCH_SCORE.finditer(scene.text, scene.sentence.start, scene.sentence.end)
    return any(not any(time.start <= score.start() < time.end for time in scene.times) for score in found)


def is_harm_doubtful(article: Article) -> bool:
    """Whether the article speaks of what does harm without a state: weather, accidents, animals."""
    return any(topic.pattern.label in HARM_TOPICS for topic in article.topics)


def compute_relevance(reports: Sequence[Report], distraction: float, *, is_doubtful: bool = False) -> float:
    """The relevance of an article from its reports; 0.05 where it has none.

    `is_doubtful` where harm told in it may be nobody's policy (`is_harm_doubtful`).
    """
    if not reports:
        return 0.05
    doubt = 1.0
    alone = max(0.0, ONE_SIDED - ONE_SIDED_LOSS * min(1.0, distraction))
    for report in reports:
        is_between = report.roles.actor is not None and report.roles.target is not None
        meant = DOUBT_OF_HARM if is_doubtful and report.type in HARMS else 1.0
        doubt *= 1 - _weigh(report, distraction) * meant * (1.0 if is_between else alone)
    share = 1 - doubt
    steepness = STEEPNESS_OF_AID if any(report.type == "AID" for report in reports) else STEEPNESS
    return round(max(0.02, min(0.99, share / (1 + max(0.0, distraction - 0.3) ** 2 * steepness))), 3)


def _weigh(report: Report, distraction: float) -> float:
    """How much a report speaks for the article, 0.05-0.98, from what is told outright and what had to be carried."""
    value = 0.62
    value += 0.1 * (report.roles.actor is not None) + 0.1 * (report.roles.target is not None)
    value -= 0.1 * min(report.roles.carried, 2)
    value += 0.06 * min(report.count - 1, 2) + 0.04 * report.when.is_told + 0.04 * (report.place is not None)
    value -= OLD_LOSS * (report.status is Status.HISTORICAL and distraction > 0.3)
    value -= 0.12 * max(0.0, distraction - 0.3)
    return max(0.05, min(0.98, value))
