from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flows.articles.duplicates import NearDuplicates, compute_resemblance, is_near_duplicate, signature_of
from flows.articles.profiles import profile_of, read_profile, write_profile
from flows.articles.stories import assign_stories
from tests.articles import pages
from tests.records import make_article, make_mention
from warehouse.records import Article, Mention, Story

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
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


def test_one_story_across_four_languages() -> None:
    assigned = assign_stories(make_talks(), [], NOW)
    (story,) = assigned.stories
    counts = (story.article_count, story.outlet_count, story.family_count, story.language_count)
    assert counts == (4, 4, 4, 4)
    assert story.title == pages.INDONESIAN_TITLE
    assert set(assigned.article_story) == {"kabar", "herald", "akhbar", "ruz"}
    assert "same sides ARU, BEL; acts ARU-BEL AGREE" in assigned.assignments[1].reason


def test_the_same_sides_alone_make_no_story() -> None:
    assigned = assign_stories([*make_talks(), make_quarrel()], [], NOW)
    assert len(assigned.stories) == 2
    assert next(a for a in assigned.assignments if a.article_id == "ledger").reason.startswith("no story fits")


def test_the_order_of_the_input_does_not_matter() -> None:
    pairs = [*make_talks(), make_quarrel()]
    expected = assign_stories(pairs, [], NOW)
    for seed in range(5):
        random.Random(seed).shuffle(pairs)
        assert assign_stories(pairs, [], NOW) == expected


def test_batches_one_by_one_give_the_same_stories() -> None:
    pairs = sorted([*make_talks(), make_quarrel()], key=lambda pair: str(pair[0].published_at_utc))
    at_once = assign_stories(pairs, [], NOW)
    known: dict[str, Story] = {}
    placed: dict[str, str] = {}
    for pair in pairs:
        assigned = assign_stories([pair], known.values(), NOW)
        known |= {story.story_id: story for story in assigned.stories}
        placed |= assigned.article_story
    assert placed == at_once.article_story
    assert sorted(known.values(), key=lambda s: s.story_id) == sorted(at_once.stories, key=lambda s: s.story_id)


def test_a_second_run_changes_nothing() -> None:
    first = assign_stories(make_talks(), [], NOW)
    again = assign_stories(make_talks(), first.stories, NOW + timedelta(hours=1))
    assert again.stories == []
    assert again.article_story == first.article_story


def test_a_copy_joins_by_its_wording_without_any_mention() -> None:
    (article, mentions), *_ = make_talks()
    copy = replace(article, article_id="copy", text=article.text + "\nLaporan kantor berita.", outlet_id="tiruan")
    assigned = assign_stories([(article, mentions), (copy, [])], [], NOW)
    assert len(assigned.stories) == 1
    assert "of its wording" in assigned.assignments[0].reason + assigned.assignments[1].reason


def test_a_story_ends_after_days_of_silence() -> None:
    (article, mentions), *_ = make_talks()
    later = replace(article, article_id="later", published_at_utc=NOW + timedelta(days=9))
    assert len(assign_stories([(article, mentions), (later, mentions)], [], NOW).stories) == 2


def test_irrelevant_articles_stay_out() -> None:
    (article, mentions), *_ = make_talks()
    assert assign_stories([(replace(article, is_relevant=False), mentions)], [], NOW).assignments == []


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


def test_the_closest_of_several_is_found() -> None:
    known = NearDuplicates()
    known.add("a", signature_of("\n".join(pages.ENGLISH)))
    known.add("b", signature_of("\n".join(pages.ENGLISH[:3])))
    found = known.closest(signature_of("\n".join(pages.ENGLISH)))
    assert found == ("a", 1.0)
    assert known.closest(signature_of("something else entirely in other words")) is None
