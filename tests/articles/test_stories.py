from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from flows.articles.duplicates import (
    NearDuplicates,
    band_keys_of,
    compute_resemblance,
    is_near_duplicate,
    read_signature,
    signature_of,
    write_signature,
)
from flows.articles.profiles import merge_profiles, profile_of, read_profile, write_profile
from flows.articles.stories import AssignedStories, arrival_of, assign_stories
from tests.articles import pages
from tests.records import make_article, make_mention
from warehouse.records import Article, ArticleSignature, Mention, Story

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
FIRST_BAND, SECOND_BAND = 1109720618965938510, 8275665780537523522
Pair = tuple[Article, Sequence[Mention]]


def make_telling(name: str, title: str, text: str, language: str, *, hours: float = 0, outlet: str = "") -> Article:
    return make_article(
        name,
        outlet_id=outlet or name,
        outlet_name=name,
        family_id=outlet or name,
        title=title,
        text=text,
        language=language,
        published_at_utc=NOW + timedelta(hours=hours),
        is_relevant=True,
    )


def make_act(article_id: str, type_: str, actor: str, target: str, *, killed: int | None = None) -> Mention:
    return make_mention(
        f"{article_id}-{type_}-{actor}", article_id, type=type_, direction="neutral", score=0, confidence=0.9,
        actor_code=actor, actor_country_code=actor, target_code=target, target_country_code=target,
        date_precision=None, place_name="Teluk Kembar", place_country_code=target, latitude=-8.31, longitude=118.2,
        place_precision="city", killed_min=killed,
    )  # fmt: skip


def make_talks() -> list[Pair]:
    """One agreement told in four languages by four outlets, hours apart."""
    tellings = [
        ("kabar", pages.INDONESIAN_TITLE, pages.INDONESIAN, "id"),
        ("herald", pages.ENGLISH_TITLE, pages.ENGLISH, "en"),
        ("akhbar", pages.ARABIC_TITLE, pages.ARABIC, "ar"),
        ("ruz", pages.PERSIAN_TITLE, pages.PERSIAN, "fa"),
    ]
    return [
        (
            make_telling(name, title, "\n".join(text), language, hours=4 * position),
            [make_act(name, "AGREE", "ARU", "BEL"), make_act(name, "ASSAULT", "BEL", "ARU", killed=12)],
        )
        for position, (name, title, text, language) in enumerate(tellings)
    ]


def make_quarrel() -> Pair:
    """Another story of the same two sides on the same day."""
    text = "Belmora imposed a duty of 35 percent on Arunian timber. Traders in Port Halim warned of losses."
    return make_telling("ledger", "Belmora taxes timber", text, "en", hours=2), [
        replace(make_act("ledger", "SANCTION", "BEL", "ARU"), latitude=None, longitude=None)
    ]


def assign(
    pairs: Iterable[Pair], stories: Iterable[Story], now: datetime, signatures: Iterable[ArticleSignature] = ()
) -> AssignedStories:
    return assign_stories([arrival_of(*pair, now) for pair in pairs], stories, now, signatures)


def test_one_story_across_four_languages() -> None:
    assigned = assign(make_talks(), [], NOW)
    (story,) = assigned.stories
    counts = (story.article_count, story.outlet_count, story.family_count, story.language_count)
    assert counts == (4, 4, 4, 4)
    assert story.title == pages.INDONESIAN_TITLE
    assert set(assigned.article_story) == {"kabar", "herald", "akhbar", "ruz"}
    assert "same sides ARU, BEL; acts ARU>BEL AGREE" in assigned.assignments[1].reason


def test_the_same_sides_alone_make_no_story() -> None:
    assigned = assign([*make_talks(), make_quarrel()], [], NOW)
    assert len(assigned.stories) == 2
    assert next(a for a in assigned.assignments if a.article_id == "ledger").reason.startswith("no story")


def test_the_order_of_the_input_does_not_matter() -> None:
    pairs = [*make_talks(), make_quarrel()]
    expected = assign(pairs, [], NOW)
    for seed in range(5):
        random.Random(seed).shuffle(pairs)
        assert assign(pairs, [], NOW) == expected


def test_batches_one_by_one_give_the_same_stories() -> None:
    pairs = sorted([*make_talks(), make_quarrel()], key=lambda pair: str(pair[0].published_at_utc))
    at_once = assign(pairs, [], NOW)
    known: dict[str, Story] = {}
    placed: dict[str, str] = {}
    signatures: list[ArticleSignature] = []
    for pair in pairs:
        assigned = assign([pair], known.values(), NOW, signatures)
        known |= {story.story_id: story for story in assigned.stories}
        placed |= assigned.article_story
        signatures += assigned.signatures
    assert placed == at_once.article_story
    assert sorted(known.values(), key=lambda s: s.story_id) == sorted(at_once.stories, key=lambda s: s.story_id)
    assert signatures == at_once.signatures


def test_a_copy_points_to_the_earliest_text_whichever_came_first() -> None:
    (article, mentions), *_ = make_talks()
    copy = replace(
        article, article_id="copy", outlet_id="tiruan", family_id="tiruan", published_at_utc=NOW + timedelta(hours=5)
    )
    for first, second in (((article, copy)), ((copy, article))):
        placed = assign([(first, mentions)], [], NOW)
        later = assign([(second, mentions)], placed.stories, NOW, placed.signatures)
        assert [(one.article_id, one.copy_of_id) for one in later.copies] == [("copy", "kabar")]
        assert placed.copies == []
        assert len({*placed.article_story.values(), *later.article_story.values()}) == 1


def make_strike(name: str, day: int, language: str, *, hours: float, town: str, outlet: str = "") -> Pair:
    """A strike of Belmora on a town of Arunia on a stated day of March 2026."""
    telling = make_telling(
        name, f"Strike on {town}", f"Belmora hit the town of {town} in Arunia, {name} reports in own words.", language,
        hours=hours, outlet=outlet,
    )  # fmt: skip
    act = replace(make_act(name, "ASSAULT", "BEL", "ARU"), starts_on=date(2026, 3, day), date_precision="day")
    return telling, [replace(act, latitude=None, longitude=None)]


def test_a_story_that_holds_two_happenings_is_parted_and_the_later_part_says_from_where() -> None:
    tellings = [
        make_strike("early0", 3, "en", hours=0, town="Teluk"),
        make_strike("early1", 3, "id", hours=1, town="Teluk"),
        make_strike("late0", 6, "id", hours=50, town="Teluk"),
    ]
    early0, early1, late0 = (profile_of(*pair) for pair in tellings)
    mixed = Story(
        story_id="mixed", title="Strike on Teluk", first_published_at_utc=NOW,
        last_published_at_utc=NOW + timedelta(hours=50), article_count=3, outlet_count=3, family_count=3,
        language_count=2, signature=write_profile(merge_profiles(merge_profiles(early0, early1), late0)),
        updated_at_utc=NOW,
    )  # fmt: skip
    late1 = make_strike("late1", 6, "ms", hours=51, town="Teluk")
    assigned = assign([late1], [mixed], NOW)
    parted = next(story for story in assigned.stories if story.split_from_id)
    left = next(story for story in assigned.stories if story.story_id == "mixed")
    assert (parted.split_from_id, parted.article_count, parted.title) == ("mixed", 2, "Strike on Teluk")
    assert parted.first_published_at_utc == NOW + timedelta(hours=50)
    assert assigned.article_story == {"late0": parted.story_id, "late1": parted.story_id}
    assert (left.article_count, left.language_count) == (2, 2)
    assert left.last_published_at_utc == NOW + timedelta(hours=1)


def test_two_stories_that_turn_out_one_are_joined_and_the_later_points_to_the_earlier() -> None:
    first, second = make_talks()[0], make_talks()[1]
    apart = [assign([pair], [], NOW) for pair in (first, second)]
    known = [story for one in apart for story in one.stories]
    assert len(known) == 2
    third = make_talks()[2]
    assigned = assign([third], known, NOW)
    gone = [story for story in assigned.stories if story.merged_into_id]
    assert [(story.story_id, story.merged_into_id) for story in gone] == [(known[1].story_id, known[0].story_id)]
    assert assigned.article_story["herald"] == known[0].story_id
    kept = next(story for story in assigned.stories if story.story_id == known[0].story_id)
    assert (kept.article_count, kept.language_count) == (3, 3)


def test_a_second_run_changes_nothing() -> None:
    first = assign(make_talks(), [], NOW)
    again = assign(make_talks(), first.stories, NOW + timedelta(hours=1))
    assert again.stories == []
    assert again.article_story == first.article_story


def test_a_copy_joins_by_its_wording_without_any_mention() -> None:
    (article, mentions), *_ = make_talks()
    copy = replace(article, article_id="copy", text=article.text + "\nLaporan kantor berita.", outlet_id="tiruan")
    assigned = assign([(article, mentions), (copy, [])], [], NOW)
    assert len(assigned.stories) == 1
    assert "of its wording" in assigned.assignments[0].reason + assigned.assignments[1].reason


def test_a_story_ends_after_days_of_silence() -> None:
    (article, mentions), *_ = make_talks()
    later = replace(article, article_id="later", published_at_utc=NOW + timedelta(days=9))
    assert len(assign([(article, mentions), (later, mentions)], [], NOW).stories) == 2


def test_irrelevant_articles_stay_out() -> None:
    (article, mentions), *_ = make_talks()
    assert assign([(replace(article, is_relevant=False), mentions)], [], NOW).assignments == []


def test_a_profile_survives_being_written() -> None:
    profile = profile_of(*make_talks()[1])
    assert read_profile(write_profile(profile)) == profile
    assert read_profile("").article_ids == ()
    assert {"arunia", "belmora", "@-8.3,118.2"} <= set(profile.names)
    assert "killed 12" in profile.numbers


def test_an_edited_copy_is_a_near_duplicate_and_a_translation_is_not() -> None:
    text = "\n".join(pages.ENGLISH)
    edited = text.replace("on Tuesday", "late on Tuesday")
    assert is_near_duplicate(signature_of(text), signature_of(edited))
    assert not is_near_duplicate(signature_of(text), signature_of("\n".join(pages.INDONESIAN)))
    assert compute_resemblance(signature_of(text), signature_of(text)) == 1.0
    assert compute_resemblance((), signature_of(text)) == 0.0


def test_scripts_without_spaces_are_compared_by_character() -> None:
    text = "两国外长星期二同意恢复谈判，此前边境交火持续两个星期，造成十二人死亡。"
    assert is_near_duplicate(signature_of(text), signature_of(text + "消息人士说。"))
    assert signature_of("…") == ()


def test_all_near_duplicates_are_found_the_most_alike_first() -> None:
    known = NearDuplicates()
    whole, part = signature_of("\n".join(pages.ENGLISH)), signature_of("\n".join(pages.ENGLISH[:-1]))
    known.add("a", whole)
    known.add("b", part)
    found = known.find(whole)
    assert found[0] == ("a", 1.0)
    assert [key for key, _ in found] == ["a", "b"]
    assert known.find(signature_of("something else entirely in other words")) == []
    assert known.find(()) == []


def test_a_signature_survives_being_written_and_bands_are_the_same_in_every_process() -> None:
    signature = signature_of("\n".join(pages.ENGLISH))
    assert read_signature(write_signature(signature)) == signature
    assert read_signature(write_signature(())) == ()
    assert len(band_keys_of(signature)) == 16
    assert band_keys_of(tuple(range(64)))[:2] == (FIRST_BAND, SECOND_BAND)
