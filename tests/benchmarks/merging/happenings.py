"""Articles in twelve languages with their mentions, as coding leaves them: what some hundred pairs of sides do.

Each happening is told by some outlets, at times as wire copies or undated, and mentioned by the way in other articles.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from warehouse.connect import Warehouse
from warehouse.records import Article, Mention, stable_id
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
COPY_SHARE, UNDATED_SHARE, LATE_SHARE = 0.2, 0.4, 0.3
# Of undated mentions of these types, those told by a noun alone ("the attack"), without place or toll.
NOUN_TYPES, NOUN_SHARE = ("ASSAULT", "AGREE"), 0.5
PAIR_COUNT = 400
# Articles of the small round after the day.
FEW = 50
FIRST_DAY = date(2024, 1, 1)
Telling = tuple[Article, list[Mention]]
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


@dataclass(frozen=True, slots=True)
class World:
    """A day that a history is made of, and the day after it, which is measured, with some articles more."""

    before: list[Telling]
    day: list[Telling]
    later: list[Telling]


def make_world(articles_a_day: int, seed: int = 7) -> World:
    """Two days of that many articles, the same for the same seed; a share of the second tells of the first."""
    chance = random.Random(seed)
    pairs = [tuple(chance.sample(STATES, 2)) for _ in range(PAIR_COUNT)]
    count = -(-articles_a_day // ARTICLES_A_HAPPENING)
    first, second = (make_happenings(chance, number, count, pairs) for number in (0, 1))
    before = _tell(chance, "a", [(one, 0) for one in first for _ in range(ARTICLES_A_HAPPENING)], first)
    late = round(LATE_SHARE * articles_a_day)
    told = [(one, 0) for one in second for _ in range(ARTICLES_A_HAPPENING)]
    chance.shuffle(told)
    retold = [(chance.choice(first), 1) for _ in range(late)]
    day = _tell(chance, "b", [*told[: articles_a_day - late], *retold], [*first, *second])
    later = _tell(chance, "c", told[articles_a_day - late :][:FEW], second)
    return World(before[:articles_a_day], day, later)


def _tell(
    chance: random.Random, series: str, told: Sequence[tuple[Happening, int]], around: Sequence[Happening]
) -> list[Telling]:
    """An article on each happening, so many days late; those of one happening share a wire text now and then."""
    wires = {one.number: _text_of(chance, one) for one, _ in told}
    made = []
    for number, (happening, late) in enumerate(told):
        text = wires[happening.number] if chance.random() < COPY_SHARE else _text_of(chance, happening)
        others = chance.sample(list(around), MENTIONS_AN_ARTICLE - 1)
        made.append(make_telling(chance, happening, others, f"{series}{number}", late, text))
    return sorted(made, key=lambda one: (one[0].published_at_utc, one[0].article_id))


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
                words=tuple(f"Place{letters_of(chance.randint(0, 20_000))}" for _ in range(4)),
            )
        )
    return made


def letters_of(number: int) -> str:
    """A number in letters, such as "bdf": digits would be taken for numbers of the story."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _text_of(chance: random.Random, happening: Happening) -> str:
    words = [f"word{letters_of(chance.randint(0, 5_000))}" for _ in range(60)]
    for name in happening.words:
        words.insert(chance.randint(1, len(words)), f"in {name}")
    return " ".join(words) + "."


def make_telling(
    chance: random.Random, happening: Happening, others: Sequence[Happening], name: str, late: int, text: str
) -> Telling:
    """One article on a happening, which mentions others by the way."""
    outlet = chance.randrange(OUTLET_COUNT)
    instant = datetime.combine(happening.on + timedelta(days=late), datetime.min.time(), UTC)
    published = instant + timedelta(seconds=chance.randrange(86_400))
    article = Article(
        # As in service: a hash, so that what is stored together has nothing in common that a lookup could go by.
        article_id=stable_id("article", name),
        url=f"https://o{outlet}.example/{name}",
        outlet_id=f"o{outlet}",
        outlet_name=f"Outlet {outlet}",
        family_id=f"f{outlet % FAMILY_COUNT}",
        title=f"{happening.actor} and {happening.target} {happening.words[0]}",
        text=text,
        text_source="import",
        language=chance.choice(LANGUAGES),
        published_at_utc=published,
        first_seen_at_utc=published,
        content_hash=name,
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
    is_dated = chance.random() >= UNDATED_SHARE
    is_noun = not is_dated and kind in NOUN_TYPES and chance.random() < NOUN_SHARE
    has_place = not is_noun and chance.random() < 0.5
    killed = None if is_noun else happening.killed
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
        killed_min=killed,
        killed_max=killed,
        injured_min=None,
        injured_max=None,
        attribution=None,
        confidence=round(chance.uniform(0.5, 0.99), 2),
        evidence_start=0,
        evidence_end=20,
        evidence_text=f"{happening.actor} {kind} {happening.target} {happening.words[0]} {chance.randint(0, 3)} said.",
        trace='{"voice": "noun"}' if is_noun else "{}",
        coder_version="generated",
        coded_at_utc=article.published_at_utc,
    )


def store(wh: Warehouse, key: str, told: Sequence[Telling]) -> None:
    """The articles with their mentions, as coding leaves them."""
    for start in range(0, len(told), ROWS_A_BATCH):
        part = told[start : start + ROWS_A_BATCH]
        articles = [article for article, _ in part]
        write_articles(wh, f"{key} {start} articles", articles, [], {})
        write_codings(wh, f"{key} {start} codings", articles, [mention for _, mentions in part for mention in mentions])
