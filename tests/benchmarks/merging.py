"""What a day of news costs to be grouped, merged and indexed, on histories of very different length.

    python -m tests.benchmarks.merging [--history 10000,100000,1000000] [--day 20000]

A generator makes articles in twelve languages with their mentions (so clustering is measured, not coding): happenings
of some hundred pairs of sides, each told by some outlets over two days, some as wire copies, some undated, some days
later. The history is grouped and merged by the same rounds, a day at a time; then one more day is measured, and then a
round of fifty articles. Seconds are of the processor, all threads of this process together, and on the wall.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.rounds.indexing import compute_indices
from flows.rounds.merging import merge_events
from flows.rounds.telling import group_stories
from flows.settings import Settings
from warehouse.connect import Warehouse, open_warehouse
from warehouse.records import Article, Mention
from warehouse.write import write_articles, write_codings

LANGUAGES = ("en", "id", "ms", "ar", "fa", "ur", "tr", "es", "fr", "ru", "zh", "hi")
STATES = (
    "USA", "CHN", "RUS", "UKR", "IRN", "ISR", "PSE", "IND", "PAK", "AFG", "SAU", "YEM", "TUR", "SYR", "IRQ", "LBN",
    "EGY", "SDN", "ETH", "ERI", "SOM", "KEN", "NGA", "COD", "RWA", "ZAF", "DEU", "FRA", "GBR", "POL", "LTU", "LVA",
    "JPN", "KOR", "PRK", "TWN", "PHL", "VNM", "IDN", "MYS", "THA", "KHM", "MMR", "AUS", "BRA", "VEN", "COL", "MEX",
    "CUB", "ARM", "AZE", "GEO", "SRB", "XKX",
)  # fmt: skip
TYPES = (
    ("ASSAULT", "aerial", "escalation", -9.0), ("ACCUSE", "disapprove", "escalation", -3.0),
    ("CONSULT", "visit", "de-escalation", 2.5), ("AGREE", None, "de-escalation", 2.5),
    ("SANCTION", "withdraw", "escalation", -6.0), ("REQUEST", None, "neutral", 0.0),
    ("THREATEN", "violence", "escalation", -3.5), ("AID", None, "de-escalation", 10.0),
    ("PROTEST", None, "escalation", -5.0), ("SUPPORT", None, "de-escalation", 5.0),
)  # fmt: skip
OUTLET_COUNT, FAMILY_COUNT = 270, 180
ARTICLES_A_HAPPENING = 8
MENTIONS_AN_ARTICLE = 3
COPY_SHARE, UNDATED_SHARE, LATE_SHARE = 0.2, 0.4, 0.1
FIRST_DAY = date(2024, 1, 1)
# What is written down together; only how the world is made, not what is measured.
ROWS_A_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Happening:
    """What took place, as the generator knows it."""

    number: int
    on: date
    actor: str
    target: str
    type: tuple[str, str | None, str, float]
    latitude: float
    longitude: float
    killed: int | None
    words: tuple[str, ...]


def make_days(day_count: int, articles_a_day: int, seed: int = 7) -> list[list[tuple[Article, list[Mention]]]]:
    """That many days of articles, each with its mentions, the same for the same seed."""
    chance = random.Random(seed)
    days: list[list[tuple[Article, list[Mention]]]] = [[] for _ in range(day_count)]
    pairs = [tuple(chance.sample(STATES, 2)) for _ in range(400)]
    for number in range(day_count):
        before = make_happenings(chance, number, articles_a_day // ARTICLES_A_HAPPENING, pairs)
        for happening in before:
            wire = _text_of(chance, happening)
            for teller in range(ARTICLES_A_HAPPENING):
                late = chance.choice((2, 3)) if chance.random() < LATE_SHARE else chance.choice((0, 0, 1))
                if number + late < day_count:
                    text = wire if chance.random() < COPY_SHARE else _text_of(chance, happening)
                    others = chance.sample(before, MENTIONS_AN_ARTICLE - 1)
                    days[number + late].append(make_telling(chance, happening, others, teller, late, text))
    return days


def make_happenings(
    chance: random.Random, number: int, count: int, pairs: Sequence[tuple[str, ...]]
) -> list[Happening]:
    """The happenings of a day; a few pairs have most of them."""
    made = []
    for index in range(count):
        actor, target = pairs[min(len(pairs) - 1, int(chance.expovariate(1 / 60)))]
        if chance.random() < 0.5:
            actor, target = target, actor
        made.append(
            Happening(
                number=number * 100_000 + index,
                on=FIRST_DAY + timedelta(days=number),
                actor=actor,
                target=target,
                type=chance.choice(TYPES),
                latitude=round(chance.uniform(-40, 60), 1),
                longitude=round(chance.uniform(-100, 140), 1),
                killed=chance.randint(1, 60) if chance.random() < 0.3 else None,
                words=tuple(f"Place{chance.randint(0, 20_000)}" for _ in range(4)),
            )
        )
    return made


def _text_of(chance: random.Random, happening: Happening) -> str:
    words = [f"word{chance.randint(0, 5_000)}" for _ in range(60)]
    for name in happening.words:
        words.insert(chance.randint(1, len(words)), f"in {name}")
    return " ".join(words) + "."


def make_telling(
    chance: random.Random, happening: Happening, others: Sequence[Happening], teller: int, late: int, text: str
) -> tuple[Article, list[Mention]]:
    """One article on a happening, which mentions others by the way."""
    outlet = chance.randrange(OUTLET_COUNT)
    instant = datetime.combine(happening.on + timedelta(days=late), datetime.min.time(), UTC)
    published = instant + timedelta(seconds=chance.randrange(86_400))
    article = Article(
        article_id=f"a{happening.number}-{teller}",
        url=f"https://o{outlet}.example/{happening.number}-{teller}",
        outlet_id=f"o{outlet}",
        outlet_name=f"Outlet {outlet}",
        family_id=f"f{outlet % FAMILY_COUNT}",
        title=f"{happening.actor} and {happening.target} {happening.words[0]}",
        text=text,
        text_source="import",
        language=chance.choice(LANGUAGES),
        published_at_utc=published,
        first_seen_at_utc=published,
        content_hash=f"{happening.number}-{teller}",
        coder_version="generated",
        coded_at_utc=published,
        is_relevant=True,
        relevance=0.9,
    )
    told = [happening, *others]
    return article, [make_mention(chance, article, one, position) for position, one in enumerate(told)]


def make_mention(chance: random.Random, article: Article, happening: Happening, position: int) -> Mention:
    """What an article says of a happening, undated or without a place now and then."""
    kind, mode, direction, score = happening.type
    is_dated, has_place = chance.random() >= UNDATED_SHARE, chance.random() < 0.5
    assert article.published_at_utc is not None  # every generated article has one
    starts_on = happening.on if is_dated else article.published_at_utc.date()
    return Mention(
        mention_id=f"{article.article_id}-{position}",
        article_id=article.article_id,
        article_revision=1,
        type=kind,
        mode=mode,
        direction=direction,
        score=score,
        actor_code=happening.actor,
        actor_name=happening.actor,
        actor_country_code=happening.actor,
        actor_sector="GOV",
        target_code=happening.target,
        target_name=happening.target,
        target_country_code=happening.target,
        target_sector="GOV",
        is_symmetric=kind in ("CONSULT", "AGREE"),
        status="occurred",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=1),
        date_precision="day" if is_dated else "publication",
        place_name=happening.words[0] if has_place else None,
        place_country_code=happening.target if has_place else None,
        latitude=happening.latitude if has_place else None,
        longitude=happening.longitude if has_place else None,
        place_precision="city" if has_place else None,
        killed_min=happening.killed,
        killed_max=happening.killed,
        injured_min=None,
        injured_max=None,
        attribution=None,
        confidence=round(chance.uniform(0.5, 0.99), 2),
        evidence_start=0,
        evidence_end=20,
        evidence_text=f"{happening.actor} {kind} {happening.target} {happening.words[0]} {chance.randint(0, 3)} said.",
        trace="{}",
        coder_version="generated",
        coded_at_utc=article.published_at_utc,
    )


def store(wh: Warehouse, key: str, told: Sequence[tuple[Article, list[Mention]]]) -> None:
    """The articles with their mentions, as coding leaves them."""
    for start in range(0, len(told), ROWS_A_BATCH):
        part = told[start : start + ROWS_A_BATCH]
        articles = [article for article, _ in part]
        write_articles(wh, f"{key} {start} articles", articles, [], {})
        write_codings(wh, f"{key} {start} codings", articles, [mention for _, mentions in part for mention in mentions])


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one stage, of the processor and on the wall."""

    cpu_s: float
    wall_s: float


def measure(work: Callable[[], object]) -> Cost:
    """What some work costs."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def measure_round(wh: Warehouse, home: Path, now: datetime) -> dict[str, Cost]:
    """What one round costs by stage."""
    return {
        "group": measure(lambda: group_stories(wh, now)),
        "merge": measure(lambda: merge_events(wh, now)),
        "index": measure(lambda: compute_indices(wh, Settings(home=home), now)),
    }


def run(history: int, day: int, *, articles_a_day: int) -> str:
    """The line of figures for a history of so many articles and one more day."""
    day_count = max(1, -(-history // articles_a_day))
    days = make_days(day_count + 5, articles_a_day)
    told = [one for part in days[:day_count] for one in part][-history:]
    with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder)) as wh:
        for start in range(0, len(told), articles_a_day):
            store(wh, f"history {start}", told[start : start + articles_a_day])
            now = max(a.published_at_utc for a, _ in told[start : start + articles_a_day] if a.published_at_utc)
            group_stories(wh, now)
            merge_events(wh, now)
        end = datetime.combine(FIRST_DAY + timedelta(days=day_count), datetime.min.time(), UTC)
        compute_indices(wh, Settings(home=Path(folder)), end)
        fresh = [one for part in days[day_count:] for one in part]
        store(wh, "day", fresh[:day])
        costs = measure_round(wh, Path(folder), end + timedelta(days=1))
        store(wh, "small", fresh[day : day + 50])
        small = measure_round(wh, Path(folder), end + timedelta(days=1, hours=1))
        counts = wh.query(
            "SELECT (SELECT count(*) FROM stories) AS stories, (SELECT count(*) FROM events) AS events, "
            "(SELECT count(*) FROM article_copies) AS copies"
        )[0]
    stages = "  ".join(f"{name} {cost.cpu_s:6.1f}/{cost.wall_s:6.1f}" for name, cost in costs.items())
    total = sum(cost.cpu_s for cost in costs.values())
    few = "  ".join(f"{name} {cost.cpu_s:5.2f}" for name, cost in small.items())
    return (
        f"history {history:9,d}: day of {min(day, len(fresh)):,d} articles, s of processor/wall: {stages}; "
        f"{1000 * total / max(1, min(day, len(fresh))):.2f} ms of processor an article; fifty more: {few} s; "
        f"{counts['stories']:,d} stories, {counts['events']:,d} events, {counts['copies']:,d} copies\n"
    )


def main(arguments: Sequence[str]) -> int:
    """Prints the curve."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--history", default="10000,100000")
    parser.add_argument("--day", type=int, default=20_000)
    parser.add_argument("--articles-a-day", type=int, default=20_000)
    given = parser.parse_args(arguments)
    for history in map(int, given.history.split(",")):
        sys.stdout.write(run(history, given.day, articles_a_day=given.articles_a_day))
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
