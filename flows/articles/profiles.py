"""What an article or a story is compared by: sides, acts, numbers, names and wording; kept as JSON with the story."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from flows.articles.duplicates import Signature, signature_of
from warehouse.records import Article, Mention

# A story keeps this many of each kind, the most frequent first: a signature stays near 6 kB however long it runs.
KEPT_COUNT = 40
KEPT_SIGNATURES = 6
# Names and numbers of the lead tell the story; those of the last paragraphs tell its background.
LEAD_LENGTH = 1500
NAME = re.compile(r"[^\W\d_][^\W\d_'’-]{3,}")
# Not the number of a character reference that a feed escaped twice (&#8217;).
NUMBER = re.compile(r"(?<![&#\d])\d+(?:[.,]\d{3})*")
YEARS = range(1900, 2101)
# Small numbers are days, counts of sides and clock times more often than facts of the story.
SMALLEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared, and the ids that are counted."""

    sides: Counter[str] = field(default_factory=Counter)  # country or side code -> mentions
    acts: Counter[str] = field(default_factory=Counter)  # "IRN-PAK ASSAULT" -> mentions
    names: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    signatures: tuple[Signature, ...] = ()
    article_ids: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def profile_of(article: Article, mentions: Sequence[Mention]) -> Profile:
    """The profile of one article with its current mentions."""
    lead = f"{article.title}\n{article.text[:LEAD_LENGTH]}"
    signature = signature_of(f"{article.title}\n{article.text}")
    return Profile(
        sides=Counter(side for mention in mentions for side in _sides_of(mention)),
        acts=Counter(_act_of(mention) for mention in mentions if _sides_of(mention)),
        names=Counter(set(chain(_names_in(lead), _places_of(mentions)))),
        numbers=Counter(set(chain(_numbers_in(lead), _casualties_of(mentions)))),
        signatures=(signature,) if signature else (),
        article_ids=(article.article_id,),
        outlets=(article.outlet_id,),
        families=(article.family_id,),
        languages=(article.language,) if article.language else (),
    )


def merge_profiles(a: Profile, b: Profile) -> Profile:
    """Both together; of each kind the most frequent are kept, of ids all."""
    return Profile(
        sides=_keep(a.sides + b.sides),
        acts=_keep(a.acts + b.acts),
        names=_keep(a.names + b.names),
        numbers=_keep(a.numbers + b.numbers),
        signatures=tuple(dict.fromkeys(a.signatures + b.signatures))[:KEPT_SIGNATURES],
        article_ids=_union(a.article_ids, b.article_ids),
        outlets=_union(a.outlets, b.outlets),
        families=_union(a.families, b.families),
        languages=_union(a.languages, b.languages),
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
        signatures=tuple(tuple(signature) for signature in value.get("signatures", ())),
        article_ids=tuple(value.get("article_ids", ())),
        outlets=tuple(value.get("outlets", ())),
        families=tuple(value.get("families", ())),
        languages=tuple(value.get("languages", ())),
    )


def _keep(counter: Counter[str]) -> Counter[str]:
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return Counter(dict(ranked[:KEPT_COUNT]))


def _union(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*a, *b}))


def _sides_of(mention: Mention) -> tuple[str, ...]:
    # The country before the group: reports differ in whom they name, less in whose soil or state it was.
    actor = mention.actor_country_code or mention.actor_code
    target = mention.target_country_code or mention.target_code
    return tuple(sorted({side for side in (actor, target) if side}))


def _act_of(mention: Mention) -> str:
    return f"{'-'.join(_sides_of(mention))} {mention.type}"


def _names_in(text: str) -> Iterable[str]:
    """Capitalised words that do not begin a sentence, without accents; none in scripts without capitals."""
    for match in NAME.finditer(text):
        before = text[: match.start()].rstrip(" \"'“‘(")[-1:]
        if match[0][0].isupper() and before not in ("", ".", "!", "?", "\n", ":", "…"):
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
