"""Which articles tell the same story, within one language and across languages.

Articles come with their mentions and are placed one by one, in order of publication, into the story that fits best or
into a new one. Near-duplicates always meet. Others meet when, within some days, the same sides do the same kind of
acts, and numbers, names or places confirm it: these survive translation, while wording does not (a sentence model was
tried and refused: it takes "agree to ease tension" for "fire missiles at each other").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.articles.duplicates import NearDuplicates
from flows.articles.profiles import Profile, merge_profiles, profile_of, read_profile, write_profile
from warehouse.records import Article, Mention, Story, stable_id

# After three days without a report a story is over; what follows is the next one.
WINDOW = timedelta(hours=72)
# A running crisis must not become one endless story: a week from its first report, the next begins.
LONGEST = timedelta(days=7)
# Weights and threshold chosen by hand on the crisis of January 2024: sides alone never suffice, sides and acts with
# a name or a number do.
SIDES_WEIGHT, ACTS_WEIGHT, NAMES_WEIGHT, NUMBERS_WEIGHT = 0.30, 0.35, 0.20, 0.15
THRESHOLD = 0.55
# Each hour of silence makes it less likely that the same sides still do the same thing.
SILENCE_COST = 0.15
# Two reports in one language that share neither a rare name nor a number tell of two things.
CONFIRMATION = 0.08
UNCONFIRMED_FACTOR = 0.7


@dataclass(frozen=True, slots=True)
class Assignment:
    """That an article belongs to a story, how well it fits (0-1) and why."""

    article_id: str
    story_id: str
    fit: float
    reason: str


@dataclass(frozen=True, slots=True)
class AssignedStories:
    """What came of a batch: every story that is new or changed, and one assignment per relevant article."""

    stories: list[Story]
    assignments: list[Assignment]

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


def assign_stories(
    articles_with_mentions: Iterable[tuple[Article, Sequence[Mention]]], stories: Iterable[Story], now: datetime
) -> AssignedStories:
    """Place articles into stories.

    Args:
        articles_with_mentions: articles with their current mentions; those with `is_relevant` False are left out.
        stories: the stories of at least the last ten days.
        now: becomes `updated_at_utc` of changed stories, and the time of articles that have none.

    The order of the input does not matter. An article that a story already counts stays there and changes nothing. A
    new story is named after its first article, so the same batch makes the same stories again.
    """
    drafts = {story.story_id: _draft_of(story) for story in sorted(stories, key=lambda s: s.story_id)}
    placed = {article_id: draft.story_id for draft in drafts.values() for article_id in draft.profile.article_ids}
    duplicates = NearDuplicates()
    for draft in drafts.values():
        for signature in draft.profile.signatures:
            duplicates.add(draft.story_id, signature)
    relevant = [(article, mentions) for article, mentions in articles_with_mentions if article.is_relevant is not False]
    profiles = {article.article_id: profile_of(article, mentions) for article, mentions in relevant}
    commonness = _count_names([*profiles.values(), *(draft.profile for draft in drafts.values())])
    assignments: list[Assignment] = []
    for article, _ in sorted(relevant, key=lambda pair: (_time_of(pair[0], now), pair[0].article_id)):
        profile = profiles[article.article_id]
        if article.article_id in placed:
            assignments.append(Assignment(article.article_id, placed[article.article_id], 1.0, "already in this story"))
            continue
        assignment = _place(article, profile, drafts, duplicates, commonness, now)
        assignments.append(assignment)
        placed[article.article_id] = assignment.story_id
        for signature in profile.signatures:
            duplicates.add(assignment.story_id, signature)
    changed = [_story_of(draft, now) for draft in drafts.values() if draft.is_changed]
    return AssignedStories(changed, assignments)


def _place(
    article: Article,
    profile: Profile,
    drafts: dict[str, _Draft],
    duplicates: NearDuplicates,
    commonness: Counter[str],
    now: datetime,
) -> Assignment:
    at = _time_of(article, now)
    fit, story_id, reason = _best_fit(profile, at, drafts, duplicates, commonness)
    if story_id is None:
        story_id = stable_id("story", article.article_id)
        drafts[story_id] = _Draft(story_id, article.title, at, at, profile, is_changed=True)
        return Assignment(article.article_id, story_id, 1.0, reason)
    draft = drafts[story_id]
    draft.profile = merge_profiles(draft.profile, profile)
    draft.first, draft.last, draft.is_changed = min(draft.first, at), max(draft.last, at), True
    return Assignment(article.article_id, story_id, round(fit, 3), reason)


def _best_fit(
    profile: Profile, at: datetime, drafts: dict[str, _Draft], duplicates: NearDuplicates, commonness: Counter[str]
) -> tuple[float, str | None, str]:
    for signature in profile.signatures:
        near = duplicates.closest(signature)
        if near is not None and _is_within(drafts[near[0]], at):
            return near[1], near[0], f"{near[1]:.0%} of its wording is in this story"
    fits = [
        (*_compute_fit(profile, draft, at, commonness), draft.story_id)
        for draft in drafts.values()
        if _is_within(draft, at)
    ]
    if not fits:
        return 1.0, None, "first of its time"
    fit, reason, story_id = min(fits, key=lambda item: (-item[0], item[2]))
    if fit < THRESHOLD:
        return 1.0, None, f"no story fits well enough (best {fit:.2f})"
    return fit, story_id, reason


def _is_within(draft: _Draft, at: datetime) -> bool:
    return draft.first - WINDOW <= at <= draft.last + WINDOW and abs(at - draft.first) <= LONGEST


def _compute_fit(a: Profile, draft: _Draft, at: datetime, commonness: Counter[str]) -> tuple[float, str]:
    """How well an article fits a story (0-1), and what they share."""
    b = draft.profile
    sides, acts = _cosine(a.sides, b.sides), _overlap(a.acts, b.acts)
    if not sides:
        return 0.0, "no side in common"
    shared_names = sorted(set(a.names) & set(b.names), key=lambda name: (commonness[name], name))
    rarity = sum(1 / commonness[name] ** 0.5 for name in shared_names)
    # Two rare names, or five that half the articles have, confirm as much as names can.
    names = min(1.0, rarity / 1.2)
    shared_numbers = sorted(set(a.numbers) & set(b.numbers))
    numbers = min(1.0, len(shared_numbers) / 2)
    confirmation = NAMES_WEIGHT * names + NUMBERS_WEIGHT * numbers
    silence = max(timedelta(0), at - draft.last, draft.first - at) / WINDOW
    fit = max(0.0, SIDES_WEIGHT * sides + ACTS_WEIGHT * acts + confirmation - SILENCE_COST * silence)
    if confirmation < CONFIRMATION and set(a.languages) & set(b.languages):
        fit *= UNCONFIRMED_FACTOR
    shared = [
        ("sides", sorted(set(a.sides) & set(b.sides))),
        ("acts", sorted(set(a.acts) & set(b.acts))),
        ("names", shared_names),
        ("numbers", shared_numbers),
    ]
    return fit, "same " + "; ".join(f"{label} {', '.join(values[:3])}" for label, values in shared if values)


def _cosine(a: Counter[str], b: Counter[str]) -> float:
    dot = sum(count * b[key] for key, count in a.items())
    size = (sum(v * v for v in a.values()) * sum(v * v for v in b.values())) ** 0.5
    return float(dot / size) if size else 0.0


def _overlap(a: Counter[str], b: Counter[str]) -> float:
    """The share of the smaller set that the other has too."""
    return len(set(a) & set(b)) / min(len(a), len(b)) if a and b else 0.0


def _count_names(profiles: Sequence[Profile]) -> Counter[str]:
    return Counter(name for profile in profiles for name in profile.names)


def _time_of(article: Article, now: datetime) -> datetime:
    return article.published_at_utc or article.first_seen_at_utc or now


def _draft_of(story: Story) -> _Draft:
    return _Draft(
        story.story_id,
        story.title,
        story.first_published_at_utc,
        story.last_published_at_utc,
        read_profile(story.signature),
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
    )
