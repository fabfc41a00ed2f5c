"""How much of a day could be read, from which families were."""

from __future__ import annotations

from datetime import date, timedelta

from flows.indices.coverage import OPEN_DAYS, USUAL_DAYS, compute_coverage

DAY = date(2026, 3, 2)
EVERYONE = {f"f{number}" for number in range(20)}
SOME = {f"f{number}" for number in range(8)}


def read_on(days: int, families: set[str] = EVERYONE) -> dict[date, set[str]]:
    return {DAY + timedelta(days=number): families for number in range(days)}


def shares_of(read: dict[date, set[str]], today: int, failed: dict[date, set[str]] | None = None) -> dict[int, float]:
    rows = compute_coverage(read, failed or {}, since=DAY, today=DAY + timedelta(days=today))
    return {(row.on_date - DAY).days: row.share for row in rows}


def test_a_day_of_the_usual_families_is_whole() -> None:
    assert set(shares_of(read_on(10), 20).values()) == {1.0, 0.0}
    assert [day for day, share in shares_of(read_on(10), 20).items() if share == 1.0] == list(range(10))


def test_an_outage_of_most_families_shows_at_their_share() -> None:
    read = read_on(10) | {DAY + timedelta(days=5): SOME}
    assert shares_of(read, 20)[5] == 0.4


def test_days_after_the_last_answer_are_unread_until_nobody_is_usual() -> None:
    shares = shares_of(read_on(5), 60)
    assert [day for day, share in shares.items() if share == 0.0] == list(range(5, 5 + USUAL_DAYS - 1))


def test_families_given_up_stop_being_usual() -> None:
    read = {DAY + timedelta(days=number): EVERYONE if number < 5 else SOME for number in range(40)}
    shares = shares_of(read, 50)
    assert shares[5] == 0.4
    assert shares[5 + USUAL_DAYS - 2] == 0.4
    assert shares[5 + USUAL_DAYS - 1] == 1.0


def test_the_last_days_lose_only_what_failed() -> None:
    today = 9
    read = read_on(9)
    assert today not in shares_of(read, today)
    partly = read | {DAY + timedelta(days=today): SOME}
    assert shares_of(partly, today)[today] == 1.0
    failing = {DAY + timedelta(days=today): {f"f{number}" for number in range(8, 16)} | {"never read"}}
    assert shares_of(partly, today, failing)[today] == 0.5
    # When the day is over long enough, silence counts too.
    assert shares_of(partly, today + OPEN_DAYS)[today] == 0.4


def test_one_family_of_many_changes_nothing() -> None:
    read = read_on(10, {f"f{number}" for number in range(200)})
    read[DAY + timedelta(days=6)] = {f"f{number}" for number in range(195)}
    assert shares_of(read, 13)[6] == 1.0


def test_it_does_not_matter_from_which_day_on_it_is_asked() -> None:
    read = read_on(10) | {DAY + timedelta(days=12): SOME, DAY + timedelta(days=30): EVERYONE}
    today = DAY + timedelta(days=40)
    whole = compute_coverage(read, {}, since=DAY, today=today)
    late = DAY + timedelta(days=14)
    near = {day: families for day, families in read.items() if day > late - timedelta(days=USUAL_DAYS)}
    assert compute_coverage(near, {}, since=late, today=today) == [row for row in whole if row.on_date >= late]
