"""Which articles tell the same story, within one language and across languages.

Articles arrive with what they are compared by and are placed one by one, in order of publication, into the story that
fits best or into a new one. Near-duplicates always meet. Others meet when, within some days, the same sides do the
same kind of acts to each other on the same days, and numbers, names or places confirm it: these survive translation,
while wording does not (a sentence model was tried and refused: it takes "agree to ease tension" for "fire missiles at
each other").

A caller hands over the stories that share a key (`keys_of`) or wording with the articles, not the whole history. Two
stories that turn out to be one are joined: the later one points to the earlier. A story that turns out to hold two
happenings is parted: the later one points to where its articles were.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.articles.duplicates import NearDuplicates, band_keys_of, read_signature, signature_of, write_signature
from flows.articles.fits import (
    NEAR_DAYS,
    Compared,
    act_of,
    compute_fit,
    days_between,
    explain_fit,
    is_one_happening,
    may_fit,
)
from flows.articles.profiles import ABOUT, Profile, keys_of, merge_profiles, profile_of, read_profile, write_profile
from warehouse.records import Article, ArticleCopy, ArticleSignature, Mention, Story, StoryKey, stable_id

# After three days without a report a story is over; what follows is the next one.
WINDOW = timedelta(hours=72)
# A running crisis must not become one endless story: a week from its first report, the next begins.
LONGEST = timedelta(days=7)
# A text repeated later than this is a reprint of its own time.
COPY_WINDOW = timedelta(days=7)
# Chosen by hand with the weights of `fits`, on the open labelled scenes.
THRESHOLD = 0.55
# Two stories are joined when an article fits both this well, and each fits the other.
JOIN_THRESHOLD = 0.7
# An article is compared with no more stories than this, so that a busy pair of sides costs no more than others.
CANDIDATE_COUNT = 80
# Fewer articles than this may be a mistake of dating, not a story of their own.
SPLIT_COUNT = 2


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article to be placed, with what it is compared by: what its mentions tell, and its wording."""

    article: Article
    profile: Profile
    signature: ArticleSignature  # of no story yet
    keys: tuple[str, ...]  # what stories are looked up by for it


@dataclass(frozen=True, slots=True)
class Assignment:
    """That an article belongs to a story, how well it fits (0-1) and why."""

    article_id: str
    story_id: str
    fit: float
    reason: str


@dataclass(frozen=True, slots=True)
class AssignedStories:
    """What came of a batch: every story that is new or changed, and one assignment per article placed or moved.

    With them what is kept to find them again: wording of the articles, which of them are copies (also earlier placed
    ones whose original came only now), and the keys of the stories.
    """

    stories: list[Story]
    assignments: list[Assignment]
    signatures: list[ArticleSignature]
    copies: list[ArticleCopy]
    keys: list[StoryKey]

    @property
    def article_story(self) -> dict[str, str]:
        """The story id of each article."""
        return {assignment.article_id: assignment.story_id for assignment in self.assignments}


@dataclass(slots=True)
class _Draft:
    story_id: str
    title: str
    first: datetime
    last: datetime
    profile: Profile
    is_changed: bool = False
    merged_into_id: str | None = None
    split_from_id: str | None = None
    _ready: tuple[Profile, Compared] | None = None

    @property
    def compared(self) -> Compared:
        """Its profile made ready to be compared, once for as long as it stays."""
        if self._ready is None or self._ready[0] is not self.profile:
            self._ready = self.profile, Compared(self.profile)
        return self._ready[1]


@dataclass(frozen=True, slots=True)
class _Fit:
    """Where an article goes (None: into a story of its own), and which other stories it fits nearly as well."""

    fit: float
    story_id: str | None
    reason: str
    rivals: tuple[str, ...] = ()


class _Shelf:
    """The stories at hand, by key."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self.drafts: dict[str, _Draft] = {}
        self._by_key: defaultdict[str, set[str]] = defaultdict(set)
        for story in sorted(stories, key=lambda s: s.story_id):
            if story.merged_into_id is None:
                self.put(_draft_of(story))

    def put(self, draft: _Draft) -> None:
        self.drafts[draft.story_id] = draft
        for key in keys_of(draft.profile):
            self._by_key[key].add(draft.story_id)

    def alike(self, keys: Iterable[str], at: datetime) -> list[_Draft]:
        """Stories of that time that share a key; of very many those that share most, then the last told."""
        shared: Counter[str] = Counter()
        for key in keys:
            shared.update(self._by_key.get(key, ()))
        since, until, first, last = at - WINDOW, at + WINDOW, at - LONGEST, at + LONGEST
        # As `_is_within`, which a busy pair of sides would call a few hundred times.
        near = [
            draft
            for story_id in shared
            if since <= (draft := self.drafts[story_id]).last
            and draft.first <= until
            and first <= draft.first <= last
            and draft.merged_into_id is None
        ]
        if len(near) > CANDIDATE_COUNT:
            # Tuples rather than a function of each: a busy day ranks millions.
            ranked = sorted((-shared[d.story_id], -d.last.timestamp(), d.story_id) for d in near)
            near = [self.drafts[story_id] for *_, story_id in ranked[:CANDIDATE_COUNT]]
        return near


def arrival_of(article: Article, mentions: Sequence[Mention], now: datetime) -> Arrival:
    """The article with what it is compared by.

    Args:
        article: any.
        mentions: its current ones.
        now: the time of an article that has none.
    """
    wording = signature_of(f"{article.title}\n{article.text}")
    signature = ArticleSignature(
        article_id=article.article_id,
        published_at_utc=article.published_at_utc or article.first_seen_at_utc or now,
        outlet_id=article.outlet_id,
        family_id=article.family_id,
        story_id=None,
        minhash=write_signature(wording),
        band_keys=band_keys_of(wording),
    )
    profile = profile_of(article, mentions)
    return Arrival(article, profile, signature, keys_of(profile))


def assign_stories(
    arrivals: Iterable[Arrival],
    stories: Iterable[Story],
    now: datetime,
    signatures: Iterable[ArticleSignature] = (),
) -> AssignedStories:
    """Place articles into stories.

    Args:
        arrivals: articles in any order; those with `is_relevant` False are left out.
        stories: at least those that share a key or wording with the articles, told within ten days of them.
        now: becomes `updated_at_utc` of changed stories.
        signatures: wording of the articles placed before that share a band with these, told within a week of them,
            each with the story its article is in.

    An article that a story already counts stays there and changes nothing. A
    new story is named after its first article, so the same batch makes the same stories again.
    """
    shelf = _Shelf(stories)
    known = {signature.article_id: signature for signature in signatures}
    placed = {name: draft.story_id for draft in shelf.drafts.values() for name in draft.profile.article_ids}
    wording = NearDuplicates()
    for one in known.values():
        wording.add(one.article_id, read_signature(one.minhash), one.band_keys)
    assignments: dict[str, Assignment] = {}
    fresh: list[ArticleSignature] = []
    copies: dict[str, ArticleCopy] = {}
    relevant = [arrival for arrival in arrivals if arrival.article.is_relevant is not False]
    for arrival in sorted(relevant, key=lambda one: _order(one.signature)):
        signature, article_id = arrival.signature, arrival.article.article_id
        if article_id in placed:
            assignments[article_id] = Assignment(article_id, placed[article_id], 1.0, "already in this story")
            continue
        alike = _alike(signature, wording, known)
        copies |= {copy.article_id: copy for copy in _copies_of(signature, alike, now)}
        told = _place(arrival, shelf, alike)
        known[article_id] = signature
        for moved in told:
            assignments[moved.article_id] = moved
            if moved.article_id in known:
                known[moved.article_id] = replace(known[moved.article_id], story_id=moved.story_id)
        fresh.append(replace(signature, story_id=told[0].story_id))
        wording.add(article_id, read_signature(signature.minhash), signature.band_keys)
    changed = [draft for draft in shelf.drafts.values() if draft.is_changed]
    return AssignedStories(
        [_story_of(draft, now) for draft in changed],
        list(assignments.values()),
        fresh,
        list(copies.values()),
        [
            StoryKey(story_key=key, story_id=d.story_id, last_published_at_utc=d.last)
            for d in changed
            for key in keys_of(d.profile)
        ],
    )


def _order(signature: ArticleSignature) -> tuple[datetime, str]:
    return signature.published_at_utc, signature.article_id


def _alike(
    signature: ArticleSignature, wording: NearDuplicates, known: dict[str, ArticleSignature]
) -> list[tuple[ArticleSignature, float]]:
    """Near-duplicates told within a week of it, the most alike first."""
    found = wording.find(read_signature(signature.minhash), signature.band_keys)
    alike = [(known[article_id], share) for article_id, share in found]
    return [one for one in alike if abs(one[0].published_at_utc - signature.published_at_utc) <= COPY_WINDOW]


def _copies_of(
    signature: ArticleSignature, alike: Sequence[tuple[ArticleSignature, float]], now: datetime
) -> Iterable[ArticleCopy]:
    """What the article copies, and what copies it: the earliest of those alike is the original of each."""
    earlier = [(_order(other), share) for other, share in alike if _order(other) < _order(signature)]
    if earlier:
        (_, name), share = min(earlier)
        yield ArticleCopy(article_id=signature.article_id, copy_of_id=name, resemblance=share, found_at_utc=now)
    for other, share in alike:
        if _order(signature) < _order(other):
            yield ArticleCopy(
                article_id=other.article_id, copy_of_id=signature.article_id, resemblance=share, found_at_utc=now
            )


def _place(arrival: Arrival, shelf: _Shelf, alike: Sequence[tuple[ArticleSignature, float]]) -> list[Assignment]:
    """Where the article goes, and the articles of other stories that are moved by its coming."""
    article, profile, at = arrival.article, arrival.profile, arrival.signature.published_at_utc
    best = _best_fit(arrival, at, shelf, alike)
    if best.story_id is None:
        story_id = stable_id("story", article.article_id)
        shelf.put(_Draft(story_id, article.title, at, at, profile, is_changed=True))
        return [Assignment(article.article_id, story_id, 1.0, best.reason)]
    draft = shelf.drafts[best.story_id]
    draft.profile = merge_profiles(draft.profile, profile)
    draft.first, draft.last, draft.is_changed = min(draft.first, at), max(draft.last, at), True
    shelf.put(draft)
    placed = Assignment(article.article_id, best.story_id, round(best.fit, 3), best.reason)
    return [placed, *(_join(shelf, draft, best.rivals) or _part(shelf, draft, article.title))]


def _best_fit(arrival: Arrival, at: datetime, shelf: _Shelf, alike: Sequence[tuple[ArticleSignature, float]]) -> _Fit:
    for signature, share in alike:
        draft = shelf.drafts.get(signature.story_id or "")
        if draft is not None and _is_within(draft, at):
            return _Fit(share, draft.story_id, f"{share:.0%} of its wording is in this story")
    drafts = shelf.alike(arrival.keys, at)
    if not drafts:
        return _Fit(1.0, None, "no story of that time shares its acts or places")
    own = Compared(arrival.profile)
    # Names of those alone that have any of the article's count, so that most stories are passed over at once.
    near = [(draft, compared) for draft in drafts if may_fit(own, compared := draft.compared)]
    commonness = Counter(name for _, compared in near for name in own.names & compared.names)
    fits = [
        (compute_fit(own, compared, _silence(draft, at), commonness, at_least=THRESHOLD), draft.story_id)
        for draft, compared in near
    ]
    fit, story_id = min(fits, key=lambda item: (-item[0], item[1]), default=(0.0, ""))
    if fit < THRESHOLD:
        return _Fit(1.0, None, "no story fits well enough")
    rivals = sorted(one for other, one in fits if other >= JOIN_THRESHOLD and one != story_id)
    reason = explain_fit(arrival.profile, shelf.drafts[story_id].profile, commonness)
    return _Fit(fit, story_id, reason, tuple(rivals))


def _is_within(draft: _Draft, at: datetime) -> bool:
    return (
        draft.merged_into_id is None
        and draft.first - WINDOW <= at <= draft.last + WINDOW
        and abs(at - draft.first) <= LONGEST
    )


def _silence(draft: _Draft, at: datetime) -> float:
    """Between a story and an instant, as a share of the longest that a story is silent for."""
    return 0.0 if draft.first <= at <= draft.last else max(at - draft.last, draft.first - at) / WINDOW


def _join(shelf: _Shelf, draft: _Draft, rivals: Sequence[str]) -> list[Assignment]:
    """Joins the story with another that the article fits too, where both are one; the articles moved by that."""
    for other in (shelf.drafts[story_id] for story_id in rivals):
        if other.merged_into_id is not None or abs(other.first - draft.first) > LONGEST:
            continue
        commonness = Counter([*draft.profile.names, *other.profile.names])
        fits = [
            compute_fit(draft.compared, other.compared, _silence(other, draft.last), commonness),
            compute_fit(other.compared, draft.compared, _silence(draft, other.last), commonness),
        ]
        if min(fits) < JOIN_THRESHOLD or not is_one_happening(draft.profile, other.profile):
            continue
        kept, gone = sorted((draft, other), key=lambda d: (d.first, d.story_id))
        moved = gone.profile.article_ids
        kept.profile = merge_profiles(kept.profile, gone.profile)
        kept.first, kept.last = min(kept.first, gone.first), max(kept.last, gone.last)
        kept.is_changed = gone.is_changed = True
        gone.merged_into_id = kept.story_id
        shelf.put(kept)
        reason = f"story {gone.story_id} turned out to be this one"
        return [Assignment(name, kept.story_id, round(min(fits), 3), reason) for name in moved]
    return []


def _part(shelf: _Shelf, draft: _Draft, title: str) -> list[Assignment]:
    """Parts off the articles whose main act is that of others of the story, but clearly on another, later day."""
    stated: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, told in draft.profile.told.items():
        if told.acts and ABOUT not in told.acts[0]:
            act, _, day = told.acts[0].rpartition(" ")
            stated[act][day].append(name)
    for _, days in sorted(stated.items()):
        several = sorted(day for day, names in days.items() if len(names) >= SPLIT_COUNT)
        if len(several) < 2 or days_between(several[0], several[-1]) <= NEAR_DAYS:
            continue
        return _part_off(shelf, draft, sorted(days[several[-1]]), several[-1], title)
    return []


def _part_off(shelf: _Shelf, draft: _Draft, names: list[str], day: str, title: str) -> list[Assignment]:
    story_id = stable_id("story", "parted", draft.story_id, day)
    if story_id in shelf.drafts:
        return []
    own, rest = ({n: t for n, t in draft.profile.told.items() if (n in names) is is_own} for is_own in (True, False))
    acts = Counter(act_of(act) for told in own.values() for act in told.acts)
    parted = replace(draft.profile, acts=acts, told=own)
    draft.profile, draft.is_changed = replace(draft.profile, told=rest), True
    draft.first, draft.last = _span_of(draft.profile, draft)
    first, last = _span_of(parted, draft)
    shelf.put(_Draft(story_id, title, first, last, parted, is_changed=True, split_from_id=draft.story_id))
    return [Assignment(name, story_id, 1.0, f"parted from story {draft.story_id}: of {day}") for name in names]


def _span_of(profile: Profile, draft: _Draft) -> tuple[datetime, datetime]:
    instants = [datetime.fromisoformat(told.at) for told in profile.told.values() if told.at]
    return min(instants, default=draft.first), max(instants, default=draft.last)


def _draft_of(story: Story) -> _Draft:
    return _Draft(
        story.story_id,
        story.title,
        story.first_published_at_utc,
        story.last_published_at_utc,
        read_profile(story.signature),
        merged_into_id=story.merged_into_id,
        split_from_id=story.split_from_id,
    )


def _story_of(draft: _Draft, now: datetime) -> Story:
    profile = draft.profile
    return Story(
        story_id=draft.story_id,
        title=draft.title,
        first_published_at_utc=draft.first,
        last_published_at_utc=draft.last,
        article_count=len(profile.article_ids),
        outlet_count=len(profile.outlets),
        family_count=len(profile.families),
        language_count=len(profile.languages),
        signature=write_profile(profile),
        updated_at_utc=now,
        merged_into_id=draft.merged_into_id,
        split_from_id=draft.split_from_id,
    )
