"""A whole story: repeated facts, relative days, links to other stories, talks beside strikes."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.events.code import CODER_VERSION, CodedEvent, mentions_of
from tests.events.coding import PUBLISHED, SHARED, code, summary
from tests.records import make_article

STORY = (Path(__file__).parent / "data" / "perbatasan.txt").read_text(encoding="utf-8")
TITLE, _, BODY = STORY.partition("\n")


@pytest.fixture(scope="module")
def events() -> list[CodedEvent]:
    return code(BODY, "id", TITLE).mentions


def of_type(events: list[CodedEvent], name: str) -> list[CodedEvent]:
    return [event for event in events if event.type == name and event.status == "occurred"]


def test_each_strike_has_its_own_day_place_and_toll(events: list[CodedEvent]) -> None:
    by_actor = {event.actor.code: event for event in of_type(events, "ASSAULT") if event.actor}
    assert set(by_actor) == {"THA", "KHM"}
    thai, khmer = by_actor["THA"], by_actor["KHM"]
    assert (thai.starts_on, thai.place_country_code, thai.killed_min) == (date(2025, 3, 14), "KHM", 6)
    assert (khmer.starts_on, khmer.place_country_code, khmer.killed_min) == (date(2025, 3, 13), "THA", None)


def test_headline_and_lead_tell_one_agreement(events: list[CodedEvent]) -> None:
    (agreement,) = of_type(events, "AGREE")
    assert agreement.is_symmetric
    assert agreement.evidence_start > len(TITLE)


def test_an_agreement_is_dated_by_the_talks_beside_it(events: list[CodedEvent]) -> None:
    (agreement,) = of_type(events, "AGREE")
    assert agreement.starts_on == date(2025, 3, 15)


def test_the_return_of_envoys_is_talked_about_and_not_done(events: list[CodedEvent]) -> None:
    envoys = [event for event in events if "duta besar" in event.evidence_text]
    assert [event.type for event in envoys] == ["CONSULT"]


def test_a_denied_strike_stays_denied(events: list[CodedEvent]) -> None:
    assert ("ASSAULT", "KHM", "THA", "denied") in {summary(event) for event in events}


def test_links_to_other_stories_are_not_events(events: list[CodedEvent]) -> None:
    assert not [event for event in events if "Baca Juga" in event.evidence_text or "Reply" in event.evidence_text]


def test_every_field_names_its_rule(events: list[CodedEvent]) -> None:
    wanted = {"type", "voice", "actor", "target", "status", "date", "place", "casualties"}
    assert all(set(event.trace) == wanted and all(event.trace.values()) for event in events)


def test_evidence_stands_where_its_offsets_say(events: list[CodedEvent]) -> None:
    whole = f"{TITLE}\n{BODY}"
    assert all(whole[event.evidence_start : event.evidence_end] == event.evidence_text for event in events)


def test_mentions_of_an_article_carry_the_coder_and_stable_ids() -> None:
    article = make_article(title=TITLE, text=BODY, language="id", published_at_utc=PUBLISHED)
    now = datetime(2025, 3, 16, 7, tzinfo=UTC)
    coded, mentions = mentions_of(article, now)
    assert (coded.coder_version, coded.coded_at_utc, coded.is_relevant) == (CODER_VERSION, now, True)
    assert len({mention.mention_id for mention in mentions}) == len(mentions) > 0
    assert mentions_of(article, now)[1] == mentions
    assert all(json.loads(mention.trace) for mention in mentions)


@pytest.mark.skipif(not (SHARED / "seed").exists(), reason="the sample story is not on this machine")
def test_the_sample_story_is_told_in_full() -> None:
    gold = json.loads((SHARED / "seed/gold.json").read_text(encoding="utf-8"))
    title, _, text = (SHARED / "seed/article.txt").read_text(encoding="utf-8").partition("\n")
    found = code(text, "id", title, datetime(2024, 1, 20, tzinfo=UTC)).mentions
    wanted = [event for event in gold["events"] if not event.get("optional")]
    missing = [want["id"] for want in wanted if not any(_is_told(event, want) for event in found)]
    assert missing == []
    assert len(found) <= len(wanted) + 6
    assert not [e for e in found for bad in gold["must_not"] if bad["evidence"] in e.evidence_text]


def _is_told(event: CodedEvent, want: dict[str, object]) -> bool:
    asked = {
        "date": event.starts_on.isoformat() if event.starts_on else None,
        "country": event.place_country_code,
        "killed": event.killed_min,
        "status": event.status,
        "direction": event.direction,
    }
    types = want["type"]
    return isinstance(types, list) and event.type in types and all(want[k] in (None, v) for k, v in asked.items())
