"""What an article or a story is compared by: sides, acts and days, numbers, names; kept as JSON with the story."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from warehouse.records import Article, Mention

# A story keeps this many of each kind, the most frequent first: a signature stays small however long it runs.
KEPT_COUNT = 40
# Acts and places by which an article or a story is looked up.
KEY_COUNT = 12
# Acts of one article by whose days its story may be split.
DATED_COUNT = 6
# Only what has happened, or is said to have, has a day that tells two stories apart.
DATED_STATUSES = frozenset({"occurred", "alleged", "denied"})
# Before the day of publication, where the text states none.
ABOUT = "~"
# Names and numbers of the lead tell the story; those of the last paragraphs tell its background.
LEAD_LENGTH = 1500
NAME = re.compile(r"[^\W\d_][^\W\d_'’-]{3,}")
# Not the number of a character reference that a feed escaped twice (&#8217;).
NUMBER = re.compile(r"(?<![&#\d])\d+(?:[.,]\d{3})*")
YEARS = range(1900, 2101)
# Small numbers are days, counts of sides and clock times more often than facts of the story.
SMALLEST_NUMBER = 10


class Told(NamedTuple):
    """One article of a story: when, who, in which language, and what it tells of.

    `acts` are those that happened, with their days, as "IRN>PAK ASSAULT 2024-01-16", the first told first; before a day
    that is only guessed from publication stands ~.
    """

    at: str  # ISO instant; empty: not known
    outlet_id: str
    family_id: str
    language: str  # empty: not known
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared, and the articles that are counted."""

    sides: Counter[str] = field(default_factory=Counter)  # country or side code -> mentions
    acts: Counter[str] = field(default_factory=Counter)  # "IRN>PAK ASSAULT" -> mentions
    names: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    told: dict[str, Told] = field(default_factory=dict)  # by article id

    @property
    def article_ids(self) -> tuple[str, ...]:
        """Its articles."""
        return tuple(sorted(self.told))

    @property
    def outlets(self) -> frozenset[str]:
        """Who tells it."""
        return frozenset(one.outlet_id for one in self.told.values())

    @property
    def families(self) -> frozenset[str]:
        """Who owns those."""
        return frozenset(one.family_id for one in self.told.values())

    @property
    def languages(self) -> frozenset[str]:
        """In which languages it is told, as far as known."""
        return frozenset(one.language for one in self.told.values() if one.language)


def profile_of(article: Article, mentions: Sequence[Mention]) -> Profile:
    """The profile of one article with its current mentions."""
    lead = f"{article.title}\n{article.text[:LEAD_LENGTH]}"
    return Profile(
        sides=Counter(side for mention in mentions for side in _sides_of(mention)),
        acts=Counter(_act_of(mention) for mention in mentions if _sides_of(mention)),
        names=Counter(set(chain(_names_in(lead), _places_of(mentions)))),
        numbers=Counter(set(chain(_numbers_in(lead), _casualties_of(mentions)))),
        told={article.article_id: _told_of(article, mentions)},
    )


def merge_profiles(a: Profile, b: Profile) -> Profile:
    """Both together; of each kind the most frequent are kept, of ids all."""
    return Profile(
        sides=_keep(a.sides, b.sides),
        acts=_keep(a.acts, b.acts),
        names=_keep(a.names, b.names),
        numbers=_keep(a.numbers, b.numbers),
        told=a.told | b.told,
    )


def write_profile(profile: Profile) -> str:
    """The profile as JSON, the same bytes for equal profiles."""
    value = {name: getattr(profile, name) for name in Profile.__dataclass_fields__}
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_profile(signature: str) -> Profile:
    """The profile that `write_profile` wrote; an empty or foreign signature gives an empty profile."""
    try:
        value = json.loads(signature) if signature else {}
    except ValueError:
        value = {}
    if not isinstance(value, dict):
        return Profile()
    return Profile(
        sides=Counter(value.get("sides", {})),
        acts=Counter(value.get("acts", {})),
        names=Counter(value.get("names", {})),
        numbers=Counter(value.get("numbers", {})),
        told={name: Told._make((*told[:4], tuple(told[4]))) for name, told in value.get("told", {}).items()},
    )


def _keep(a: Mapping[str, int], b: Mapping[str, int]) -> Counter[str]:
    """Both together, in the order of the most frequent."""
    # Not by `+` of counters, which goes through both in Python: a story is counted anew with each of its articles.
    counts = dict(a)
    for key, count in b.items():
        counts[key] = counts.get(key, 0) + count
    return Counter({key: counts[key] for key in _most_frequent(counts, KEPT_COUNT)})


def _most_frequent(counter: Mapping[str, int], count: int) -> list[str]:
    if len(counter) <= count:
        return sorted(counter)
    return sorted(counter, key=lambda key: (-counter[key], key))[:count]


def _sides_of(mention: Mention) -> tuple[str, ...]:
    return tuple(sorted({side for side in _actor_and_target(mention) if side}))


def _actor_and_target(mention: Mention) -> tuple[str, str]:
    """Who did it to whom, empty where not named."""
    # The country before the group: reports differ in whom they name, less in whose soil or state it was.
    actor = mention.actor_country_code or mention.actor_code or ""
    return actor, mention.target_country_code or mention.target_code or ""


def keys_of(profile: Profile) -> tuple[str, ...]:
    """What a profile is looked up by: its most frequent acts, whoever did them to whom, then its places."""
    acts: dict[str, int] = {}
    for act, count in profile.acts.items():
        turned = undirected(act)
        acts[turned] = acts.get(turned, 0) + count
    places = {name: count for name, count in profile.names.items() if name[:1] == "@"}
    return tuple(key for kind in (acts, places) for key in _most_frequent(kind, KEY_COUNT))


@lru_cache(maxsize=100_000)
def undirected(act: str) -> str:
    """The act without its direction, and without its other side where reports may leave it out: "IRN-PAK ASSAULT"."""
    sides, _, kind = act.partition(" ")
    first, second = sorted(sides.split(">"))
    return f"{first}-{second} {kind}" if first else f"{second} {kind}"


def _act_of(mention: Mention) -> str:
    pair = _actor_and_target(mention)
    first, second = sorted(pair) if mention.is_symmetric else pair
    return f"{first}>{second} {mention.type}"


def _told_of(article: Article, mentions: Sequence[Mention]) -> Told:
    published = article.published_at_utc or article.first_seen_at_utc
    return Told(
        at=published.isoformat() if published else "",
        outlet_id=article.outlet_id,
        family_id=article.family_id,
        language=article.language or "",
        acts=tuple(dict.fromkeys(_dated_acts(published, mentions)))[:DATED_COUNT],
    )


def _dated_acts(published: datetime | None, mentions: Sequence[Mention]) -> Iterable[str]:
    for mention in sorted(mentions, key=lambda m: (m.evidence_start, m.mention_id)):
        if mention.status not in DATED_STATUSES or len(_sides_of(mention)) < 2:
            continue
        if mention.starts_on is not None and mention.date_precision == "day":
            yield f"{_act_of(mention)} {mention.starts_on}"
        elif published is not None:
            yield f"{_act_of(mention)} {ABOUT}{published.date()}"


def _names_in(text: str) -> Iterable[str]:
    """Capitalised words that do not begin a sentence, without accents; none in scripts without capitals."""
    for match in NAME.finditer(text):
        if not match[0][0].isupper():
            continue
        before = text[: match.start()].rstrip(" \"'“‘(")[-1:]
        if before not in ("", ".", "!", "?", "\n", ":", "…"):
            yield _fold(match[0])


def _places_of(mentions: Sequence[Mention]) -> Iterable[str]:
    """Places as coordinates of a tenth of a degree (11 km), the same in every language."""
    for mention in mentions:
        if mention.latitude is not None and mention.longitude is not None and mention.place_precision != "country":
            yield f"@{mention.latitude:.1f},{mention.longitude:.1f}"


def _numbers_in(text: str) -> Iterable[str]:
    for match in NUMBER.finditer(text):
        number = int(re.sub(r"\D", "", match[0]))  # int() reads Arabic and Persian digits too
        if number >= SMALLEST_NUMBER and number not in YEARS:
            yield str(number)


def _casualties_of(mentions: Sequence[Mention]) -> Iterable[str]:
    for mention in mentions:
        yield from (f"killed {n}" for n in (mention.killed_min,) if n)
        yield from (f"injured {n}" for n in (mention.injured_min,) if n)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))
