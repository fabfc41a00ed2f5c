"""Runs the checks for which the corpus has what they need and prints them.

With `--write` as `docs/validity.md`, and as `flows/indices/validity.toml`, which Mereda shows beside its formula.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from flows.events.code import CODER_VERSION
from tests.benchmarks.validity.agreement import Agreement, agreement_of
from tests.benchmarks.validity.checks import Check, write_checks
from tests.benchmarks.validity.clusters import measure_clusters
from tests.benchmarks.validity.crisis import find_happenings, happening_lines
from tests.benchmarks.validity.replaying import COMPARED, by_week, read_days, replay, write_headlines, write_story
from warehouse.connect import Warehouse, open_warehouse

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "validity.md"
WORDS = Path(__file__).with_name("words.md")
CORPUS = ROOT / "../shared/corpus"
DYADS = ("USA-CHN", "IND-CHN", "ISR-PSE", "ARM-AZE", "IRN-USA", "PRK-KOR")
GOAL_SPEARMAN, GOAL_HITS = 0.6, 0.6
MONDAY = date(2018, 1, 1)
# Below this a week's or a dyad's silence is ours, not the world's.
DAYS_READ, EVENT_WEEKS = 3, 6
TRUCE, ATTACK, EXCHANGE = date(2023, 11, 24), date(2023, 10, 7), date(2024, 4, 15)


STORY = "Iran and Pakistan, January 2024"
HEADLINES = "Israel, Palestine and Iran, October 2023 to June 2024"
SERIES = "Weekly net beside GDELT, 2018 to 2020"


@dataclass(frozen=True, slots=True)
class Course:
    """How the crisis of January 2024 went by one formula."""

    january: pd.DataFrame
    leap: date
    peak: date
    first_lead: date | None
    stays: bool


def _course(wh: Warehouse, version: str) -> Course:
    days = read_days(wh, "IRN", "PAK", version)
    january = days[(days["on"] >= date(2024, 1, 13)) & (days["on"] <= date(2024, 1, 31))].set_index("on")
    tension, ease = january["tension"], january["deescalation"]
    peak = max(tension.index, key=lambda on: (tension[on], on))
    leads = [on for on in january.index if on > peak and ease[on] > tension[on]]
    first = leads[0] if leads else None
    stays = first is not None and all(ease[on] > tension[on] for on in january.index if on >= first)
    # The first day known rises from nothing.
    rises: dict[Any, float] = tension.sort_index().diff().fillna(tension).to_dict()
    leap: date = max(rises, key=lambda on: rises[on])
    return Course(january, leap, peak, first, stays)


def story_checks(wh: Warehouse) -> Iterator[Check]:
    """What the curve of the crisis should do, by each formula."""
    for version in COMPARED:
        course = _course(wh, version)
        lead = course.first_lead
        yield Check(version, STORY, "greatest rise of tension", "17 January", f"{course.leap:%d %B}",
                    course.leap == date(2024, 1, 17))  # fmt: skip
        yield Check(version, STORY, "peak of tension", "18 January", f"{course.peak:%d %B}",
                    course.peak == date(2024, 1, 18))  # fmt: skip
        yield Check(
            version,
            STORY,
            "de-escalation overtakes and stays ahead",
            "19 to 22 January",
            f"{lead:%d %B}" + ("" if course.stays else ", and falls behind again") if lead else "never",
            course.stays and lead is not None and date(2024, 1, 19) <= lead <= date(2024, 1, 22),
        )


def story_lines(wh: Warehouse) -> Iterator[str]:
    """The crisis of January 2024 between Iran and Pakistan, day by day, by each formula."""
    for version in COMPARED:
        course = _course(wh, version)
        first, january = course.first_lead, course.january
        yield ""
        yield (
            f"Formula {version}: the greatest rise of a day is on {course.leap:%d %B}, the peak of tension on "
            f"{course.peak:%d %B} ({january['tension'][course.peak]:.0f} points); de-escalation overtakes "
            + (f"on {first:%d %B} and {'stays' if course.stays else 'does not stay'} ahead." if first else "never.")
        )
        yield ""
        yield "| day | conflict | cooperation | tension | de-escalation |"
        yield "|---|---|---|---|---|"
        for on, row in january[january["events"] > 0].iterrows():
            numbers = (f"{row[name]:.1f}" for name in ("conflict", "cooperation", "tension", "deescalation"))
            yield f"| {on:%d} | {' | '.join(numbers)} |"


def headline_checks(wh: Warehouse) -> Iterator[Check]:
    """The turns of nine months of Indonesian headlines on Israel, Palestine and Iran, by each formula."""
    for version in COMPARED:
        gaza = read_days(wh, "ISR", "PSE", version)
        weeks = by_week(gaza, TRUCE)
        until = weeks[weeks.index <= TRUCE]
        for name, told in (("deescalation", "mean de-escalation"), ("cooperation", "cooperation of the week")):
            found = _greatest(until, name)
            yield _turn(version, f"ISR-PSE, highest {told} until then", TRUCE, found, found == TRUCE)
        for name, told in (("conflict", "conflict of the week"), ("tension", "mean tension")):
            found = _greatest(by_week(gaza, ATTACK), name)
            is_soon = (found - ATTACK).days <= 28
            yield _turn(version, f"ISR-PSE, highest {told}", ATTACK, found, is_soon, " to four weeks later")
        iran = by_week(read_days(wh, "IRN", "ISR", version), EXCHANGE)
        for name, told in (("conflict", "conflict of the week"), ("tension", "mean tension")):
            found = _greatest(iran, name)
            yield _turn(version, f"IRN-ISR, highest {told}", EXCHANGE, found, found == EXCHANGE)


def headline_lines(checks: Iterable[Check]) -> Iterator[str]:
    """A table of the turns."""
    yield "| formula | turn | expected | found | |"
    yield "|---|---|---|---|---|"
    for one in checks:
        yield f"| {one.formula} | {one.measure} | {one.expected} | {one.found} | {one.mark} |"


def _greatest(weeks: pd.DataFrame, name: str) -> date:
    """The first week in which a value is greatest."""
    values: dict[Any, float] = weeks[name].to_dict()
    greatest: date = max(sorted(values), key=lambda week: values[week])
    return greatest


def _turn(version: str, what: str, expected: date, found: date, is_met: bool, reach: str = "") -> Check:
    return Check(version, HEADLINES, what, f"week of {expected:%d %b %Y}{reach}", f"week of {found:%d %b %Y}", is_met)


@dataclass(frozen=True, slots=True)
class Beside:
    """One dyad's weeks beside GDELT's by one formula."""

    formula: str
    dyad: str
    event_weeks: int
    agreement: Agreement

    @property
    def is_enough(self) -> bool:
        """Whether there are weeks enough to say anything."""
        return self.agreement.is_enough and self.event_weeks >= EVENT_WEEKS

    def check(self) -> Check:
        """The goal for the dyad, and what was reached."""
        found, expected = self.agreement, f"Spearman {GOAL_SPEARMAN:.1f}, worst tenth found {100 * GOAL_HITS:.0f} %"
        if not self.is_enough:
            return Check(self.formula, SERIES, self.dyad, expected, f"{self.event_weeks} weeks with events", None)
        is_met = found.spearman >= GOAL_SPEARMAN and found.hit_rate >= GOAL_HITS
        told = f"Spearman {found.spearman:.2f}, worst tenth found {100 * found.hit_rate:.0f} %"
        return Check(self.formula, SERIES, self.dyad, expected, told, is_met)

    def line(self) -> str:
        """Its line of the page's table."""
        found = self.agreement
        told = f"{found.spearman:.2f} | {100 * found.hit_rate:.0f} %" if self.is_enough else "- | -"
        return f"| {self.formula} | {self.dyad} | {self.event_weeks} | {told} | {self.check().mark} |"


def compare_series(wh: Warehouse, series: pd.DataFrame, covered: set[date]) -> Iterator[Beside]:
    """Weekly net of archived feeds beside GDELT's daily sums of Goldstein scores, in weeks that both have."""
    for version in COMPARED:
        for dyad in DYADS:
            a, b = dyad.split("-")
            days = read_days(wh, a, b, version)
            ours = pd.Series(dict.fromkeys(sorted(covered), 0.0), dtype=float)
            if len(days):
                sums = by_week(days, MONDAY)
                told = sums["net_sum"][sums["events"] > 0]
                ours.update(told[[week in covered for week in told.index]])
            theirs = series[_column_of(series, dyad)].groupby([_week_of(on) for on in series.index]).sum()
            yield Beside(version, dyad, int((ours != 0).sum()), agreement_of(ours, theirs))


def capture_lines(compared: Iterable[Beside], covered: set[date]) -> Iterator[str]:
    """A table of the dyads."""
    yield f"Weeks in which feeds were read on three days or more, and GDELT's series has: {len(covered)}."
    yield ""
    yield "| formula | dyad | weeks with events | Spearman | worst tenth found | |"
    yield "|---|---|---|---|---|---|"
    yield from (one.line() for one in compared)


def _covered_weeks(wh: Warehouse) -> set[date]:
    """Weeks in which feeds were read on enough days that silence means something."""
    rows = wh.query("SELECT DISTINCT polled_at_utc::DATE AS on_date FROM polls")
    counted = Counter(_week_of(row["on_date"]) for row in rows)
    return {week for week, days in counted.items() if days >= DAYS_READ}


def _week_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _column_of(series: pd.DataFrame, dyad: str) -> str:
    a, b = dyad.split("-")
    return next(name for name in (f"{a}-{b}", f"{b}-{a}") if name in series.columns)


def risk_lines(wh: Warehouse, risk: pd.DataFrame) -> Iterator[str]:
    """Weekly conflict of all dyads against the daily Geopolitical Risk index, where both have weeks."""
    rows = wh.query("SELECT on_date, sum(conflict) AS conflict FROM daily_dyads WHERE formula_version = $v GROUP BY 1",
                    v=COMPARED[0])  # fmt: skip
    covered = _covered_weeks(wh) & {_week_of(on) for on in risk.index}
    ours = pd.Series({row["on_date"]: row["conflict"] for row in rows}, dtype=float)
    ours = ours.groupby([_week_of(on) for on in ours.index]).sum().reindex(sorted(covered)).fillna(0.0)
    theirs = risk["GPRD"].groupby([_week_of(on) for on in risk.index]).mean()
    found = agreement_of(ours, theirs)
    if not found.is_enough:
        yield f"Weeks in both: {found.points}. Too few to say anything: the index ends in 2019."
        return
    yield f"Weeks in both: {found.points}; Spearman {found.spearman:.2f}."


def _series(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path)
    frame.index = pd.Index([date.fromisoformat(text[:10]) for text in frame["date"]])
    return frame.drop(columns="date")


def measure(corpus: Path, homes: Path) -> Iterator[tuple[str, list[str], list[Check]]]:
    """(name of a check, its lines, what it expects and finds), one after the other; those with their files alone."""
    captures, series = corpus / "feeds/captures", corpus / "series"
    story, headlines = next(corpus.glob("story/*.jsonl"), None), next(corpus.glob("headlines/*.csv"), None)
    if story is not None:
        write_story(story, homes / "story.jsonl")
        replay(homes / "story", "articles", [homes / "story.jsonl"])
        with open_warehouse(homes / "story") as wh:
            happened = find_happenings(wh)
            checks = [*story_checks(wh), *(one.check(STORY) for one in happened)]
            yield "story", [*story_lines(wh), "", *happening_lines(happened)], checks
    if headlines is not None:
        write_headlines(headlines, homes / "headlines.jsonl")
        replay(homes / "headlines", "articles", [homes / "headlines.jsonl"])
        with open_warehouse(homes / "headlines") as wh:
            turns = list(headline_checks(wh))
            yield "headlines", list(headline_lines(turns)), turns
    if captures.is_dir():
        replay(homes / "captures", "captures", [captures])
        with open_warehouse(homes / "captures") as wh:
            theirs = _series(next(series.glob("gdelt_dyads*.csv")))
            covered = _covered_weeks(wh) & {_week_of(on) for on in theirs.index}
            compared = list(compare_series(wh, theirs, covered))
            yield "captures", list(capture_lines(compared, covered)), [one.check() for one in compared]
            yield "risk", list(risk_lines(wh, _series(next(series.glob("gpr_daily*.csv"))))), []
    yield "clusters", *measure_clusters()


def main(arguments: list[str]) -> int:
    """Prints every check; with `--write`, the page too."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.validity")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder with feeds, headlines, series and story")
    parser.add_argument("--homes", type=Path, help="where to keep the warehouses; a folder that is dropped by default")
    parser.add_argument("--write", action="store_true", help="write docs/validity.md and flows/indices/validity.toml")
    given = parser.parse_args(arguments)
    if not given.corpus.is_dir():
        sys.stdout.write("not measured: the corpus is not beside the project\n")
        return 0
    found: dict[str, list[str]] = {}
    checks: list[Check] = []
    with tempfile.TemporaryDirectory() as dropped:
        homes = given.homes or Path(dropped)
        homes.mkdir(parents=True, exist_ok=True)
        for name, lines, told in measure(given.corpus, homes):
            sys.stdout.write(f"{name}\n" + "\n".join(lines) + "\n\n")
            found[name] = lines
            checks += told
    if given.write:
        page = WORDS.read_text("utf-8").replace("{{when}}", f"{datetime.now(UTC):%d %B %Y}")
        page = page.replace("{{coder}}", CODER_VERSION)
        for name in ("story", "headlines", "captures", "risk", "clusters"):
            page = page.replace(f"{{{{{name}}}}}", "\n".join(found.get(name, ["Not measured."])).strip())
        PAGE.write_text(page, "utf-8")
        write_checks(checks, datetime.now(UTC).date())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
