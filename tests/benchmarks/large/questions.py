"""Every read model as the dashboard asks it, on the busiest pair, the newest story and words that are often written."""

from __future__ import annotations

from collections.abc import Callable, Sized
from datetime import UTC, date, datetime, timedelta

from warehouse import beside, briefs, browse, pair_events, quality, read, search, standings
from warehouse import today as first_page
from warehouse.connect import Warehouse

Ask = Callable[[Warehouse], Sized]


def questions_of(wh: Warehouse, today: date) -> dict[str, Ask]:
    """What to ask, by name; each gives something that has a length."""
    pairs = wh.query(
        "SELECT side_a_code AS a, side_b_code AS b FROM event_dyads GROUP BY ALL ORDER BY count(*) DESC LIMIT 4"
    )
    busiest = [(pair["a"], pair["b"]) for pair in pairs]
    a, b = busiest[0]
    early, now = date(1990, 1, 1), datetime.combine(today, datetime.max.time(), UTC)
    pair_event = str(pair_events.read_newest_pair_events(wh, a, b, early, today, 1)["event_id"].iloc[0])
    event = str(read.read_newest_events(wh, 1)["event_id"].iloc[0])
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    end = datetime.combine(today + timedelta(days=2), datetime.min.time(), UTC)
    stories = browse.StoryFilter(since=begin, until=end)
    story = str(browse.read_recent_stories(wh, stories, 1)["story_id"].iloc[0])
    month, quarter, year = (today - timedelta(days=days) for days in (30, 90, 365))

    def searched(words: str, **narrowed: str) -> search.SearchQuestion:
        return search.SearchQuestion(words=words, since=begin, until=end, **narrowed)

    return {
        "data version": lambda w: [read.read_data_version(w)],
        "overview": lambda w: read.read_overview(w, datetime.now(UTC)),
        "coverage": lambda w: first_page.read_coverage(w, now),
        "alerts told": lambda w: first_page.read_told_alerts(w, only_open=False, limit=50),
        "changes of 3 days": lambda w: first_page.read_changes_since(w, now - timedelta(days=3), 9),
        "changes of 3 days, counted": lambda w: first_page.read_changes_count(w, now - timedelta(days=3)),
        "sides": lambda w: read.read_sides(w),
        "newest events": lambda w: read.read_newest_events(w, 8),
        "moved dyads, 7 days": lambda w: read.read_moved_dyads(w, today, 7),
        "tension by dyad": lambda w: read.read_tension_by_dyad(w, today, 10_000),
        "pair series, 90 days": lambda w: read.read_pair_series(w, a, b, quarter, today),
        "pair series, all": lambda w: read.read_pair_series(w, a, b, early, today),
        "pair event count, all": lambda w: pair_events.read_pair_event_count(w, a, b, early, today),
        "pair events, weightiest of 90 days": lambda w: pair_events.read_weightiest_pair_events(
            w, a, b, quarter, today, 1000
        ),
        "pair events, weightiest of all": lambda w: pair_events.read_weightiest_pair_events(
            w, a, b, early, today, 1000
        ),
        "pair events, newest of all": lambda w: pair_events.read_newest_pair_events(w, a, b, early, today, 250),
        "pair event": lambda w: pair_events.read_pair_event(w, a, b, pair_event),
        "known dyads": lambda w: beside.read_known_dyads(w, 500),
        "series of three dyads, 90 days": lambda w: beside.read_dyads_series(w, busiest[1:4], quarter, today),
        "third sides, 90 days": lambda w: beside.read_third_sides(w, a, b, quarter, today),
        "event evidence": lambda w: read.read_event_evidence(w, event),
        "event labels": lambda w: quality.read_event_labels(w, event),
        "event revisions": lambda w: quality.read_event_revisions(w, event),
        "events nearby": lambda w: quality.read_events_nearby(w, event, days=7, limit=20),
        "states": lambda w: standings.read_state_values(w, today, 7),
        "state series, 90 days": lambda w: standings.read_state_series(w, a, quarter, today),
        "brief": lambda w: [briefs.gather_brief(w, a, b, today)],
        "feed health": lambda w: read.read_feed_health(w),
        "stories": lambda w: browse.read_recent_stories(w, stories, 31),
        "stories of a side and type": lambda w: browse.read_recent_stories(
            w, browse.StoryFilter(since=begin, until=end, side="SYR", type="AID"), 31
        ),
        "story": lambda w: browse.read_story(w, story),
        "story articles": lambda w: browse.read_story_articles(w, story),
        "story mentions": lambda w: browse.read_story_mentions(w, story),
        "story changes": lambda w: browse.read_story_changes(w, story),
        "outlet families": lambda w: browse.read_families(w),
        "languages": lambda w: browse.read_languages(w),
        "events by country, 30 days": lambda w: browse.read_events_by_country(w, month, today),
        "events by country, 1 year": lambda w: browse.read_events_by_country(w, year, today),
        "event places, 30 days": lambda w: browse.read_event_places(w, month, today, 300),
        "event places, 1 year": lambda w: browse.read_event_places(w, year, today, 300),
        "place countries": lambda w: search.read_place_countries(w),
        "indexed share": lambda w: [search.read_indexed_share(w)],
        "search articles, no words": lambda w: search.read_found_articles(w, searched(""), 30),
        "search articles, one word": lambda w: search.read_found_articles(w, searched("border"), 30),
        "search articles, two words": lambda w: search.read_found_articles(w, searched("border treaty"), 30),
        "search articles, rare word": lambda w: search.read_found_articles(w, searched("reporter77"), 30),
        "search articles, phrase": lambda w: search.read_found_articles(w, searched('"border talks"'), 30),
        "search events, no words": lambda w: search.read_found_events(w, searched(""), 30),
        "search events, one word": lambda w: search.read_found_events(w, searched("bombed"), 30),
        "search events, two words": lambda w: search.read_found_events(w, searched("bombed syria"), 30),
        "search events of a side": lambda w: search.read_found_events(w, searched("", side="SYR"), 30),
        "evaluations": lambda w: quality.read_evaluations(w),
        "weeks read": lambda w: quality.read_weeks_read(w, 90),
        "recent labels": lambda w: quality.read_recent_labels(w, 30),
        "labelled sentences": lambda w: quality.read_labelled_sentences(w),
    }
